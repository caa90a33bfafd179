/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which tests of the host are there? Called in this order by main.c.
 */
#ifndef TESTS_HOST_SELFTEST_TESTS_H
#define TESTS_HOST_SELFTEST_TESTS_H

#include <stdint.h>

/* calls.c */
void test_early(void);
void test_control_word(void);
void test_blocks(void);
void test_header(void);
void test_reps(void);
void test_both_conventions(void);

/* attack.c */
void test_attacks(void);

/* vtl.c */
void test_vsm_config(void);
void test_protection_calls(void);
void test_vtl_calls(void);
void test_vtl0_edges(void);
void test_intercepts(void);
void test_forwarding(void);
void test_event(void);
void test_interrupt(void);
void test_second_vp(void);
void test_preemption(void);
void test_private_registers(void);
void test_all_private(void);
void test_message_slot(void);
void test_vtl0_hypercalls(void);

/* bad.c; does not return. */
void test_bad(uint32_t which);

/* vp.c: VTL2's own controller on this VP, and the interrupt that waits there. */
void controller_on(uint32_t cpu);
uint64_t acknowledge(void);

#endif
