/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tells a VTL the time? The timer of its local APIC, four synthetic timers, and the reference
 * TSC page; all deadlines of a processor share the machine's one local timer.
 */
#ifndef TESTS_HOST_X86_64_TIMER_H
#define TESTS_HOST_X86_64_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/x86_64/cpu.h"

#define TIMER_APIC_HZ 200000000ull

/* Fills the reference TSC page. */
void timer_init(void);

/* Fires what is due on this processor; nobody else's timers are touched. */
void timer_run(struct cpu *cpu);
/* Before an entry or a wait: the machine's timer for the next deadline. */
void timer_arm(struct cpu *cpu);
/* The machine's timer has fired. */
void timer_fired(struct cpu *cpu);

/* The local APIC's: initial count, current count, divide configuration, LVT entry. */
void timer_reset(struct cpu *cpu, uint32_t slot);
void timer_set_initial(struct cpu *cpu, uint32_t slot, uint32_t count);
uint32_t timer_current(const struct cpu *cpu, uint32_t slot);

/* Synthetic timers: register 2n is the n-th one's configuration, 2n + 1 its count. */
uint64_t timer_get(const struct cpu *cpu, uint32_t slot, uint32_t number);
bool timer_set(struct cpu *cpu, uint32_t slot, uint32_t number, uint64_t value);

/* The MSR of the reference TSC page. */
uint64_t timer_page(uint32_t slot);
bool timer_set_page(uint32_t slot, uint64_t value);

#endif
