/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the fake architecture do but decode messages? That is here arch/arm64/icept.c's part,
 * so that payloads are bytes as a hypervisor writes them; the fake's own functions for it get
 * other names.
 */
#define vtl_arch_decode_memory fake_decode_memory
#define vtl_arch_take_memory fake_take_memory
#define vtl_arch_behind_store fake_behind_store
#define vtl_arch_decode_hypercall fake_decode_hypercall
#define vtl_arch_operand_get fake_operand_get
#define vtl_arch_operand_set fake_operand_set
#define vtl_arch_inject_abort fake_inject_abort
#define vtl_arch_intercept fake_intercept
#define vtl_arch_refuse_hypercall fake_refuse_hypercall

/* NOLINTNEXTLINE(bugprone-suspicious-include): under other names */
#include "tests/fake/vtl.c"
