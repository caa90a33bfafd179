/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who answers which exit of a guest? Each handler runs under the host's lock, may change the loaded
 * VTL's registers in struct cpu, and may switch VTLs; afterwards cpu_prepare decides what runs.
 */
#ifndef TESTS_HOST_ARM64_TRAP_H
#define TESTS_HOST_ARM64_TRAP_H

#include <stdint.h>

#include "tests/host/arm64/cpu.h"

/* hvc.c */
void hvc_handle(struct cpu *cpu, uint32_t immediate);
/* Sends VTL0's call to VTL2; PC goes back to the HVC, so that a dropped message means a retry. */
void hvc_forward(struct cpu *cpu, uint32_t immediate);

/* psci.c; false: not a function of the host. */
bool psci_handle(struct cpu *cpu, uint32_t function);

/* abort.c */
void abort_handle(struct cpu *cpu, uint64_t esr);

/* sysregs.c */
void sysreg_handle(struct cpu *cpu, uint64_t esr);

/* message.c */
bool message_abort(struct cpu *cpu, uint32_t type, uint64_t gpa, uint64_t gva, uint64_t esr);
/* A block of VTL0's hypercall is not there. False: VTL2 did not ask to be told of such. */
bool message_block(struct cpu *cpu, uint64_t gpa, bool is_write);
bool message_hypercall(struct cpu *cpu, uint32_t immediate);
bool message_reset(struct cpu *cpu, uint32_t type);

#endif
