/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which groups of checks are there? In the order in which main.c runs them: later ones build on
 * what earlier ones set up.
 */
#ifndef TESTS_HOST_X86_64_SELFTEST_TESTS_H
#define TESTS_HOST_X86_64_SELFTEST_TESTS_H

#include <stdint.h>

/* Protections, unimplemented CPUID, triple faults, the assist page, what is not there. */
#define CONFIG_NO_PAGE 0x4C3Full
#define CONFIG_VALUE (CONFIG_NO_PAGE | 1 << 12)

/* vtl0.c */
void test_vtl0(void);
void test_private(void);
void test_hypercalls(void);
uint64_t protect(uint64_t gpa, uint32_t flags);
/* Runs a piece with this in RBX: the entry reason, and 0xFA in the upper half after a fault. */
uint64_t run(const char *piece, uint64_t rbx);
extern uint64_t vtl0_regs[16];
/* Where VTL0 goes on. */
void set_rip(uint64_t rip);
uint64_t rip_of(const char *piece);

/* intercept.c */
void test_intercepts(void);

/* interrupt.c */
void test_interrupts(void);
void test_timers(void);
void test_message_slot(void);

/* second.c */
void test_second_vp(void);

#endif
