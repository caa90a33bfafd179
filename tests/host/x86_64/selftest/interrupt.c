/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does an interrupt reach VTL2 whatever VTL0 does, and does SINT0 bring a message?
 */
#include <stddef.h>

#include "tests/host/common/hv.h"
#include "tests/host/x86_64/selftest/lib.h"
#include "tests/host/x86_64/selftest/tests.h"

#define MSR_TPR 0x808
#define MSR_SVR 0x80F
#define MSR_SELF 0x83F
#define MSR_TIME_REF_COUNT 0x40000020
#define MSR_REFERENCE_TSC 0x40000021
#define MSR_TSC_HZ 0x40000022
#define MSR_STIMER0 0x400000B0
#define MSR_LVT_TIMER 0x832
#define MSR_TIMER_INITIAL 0x838
#define MSR_TIMER_DIVIDE 0x83E
#define SECOND 10000000ull /* in units of 100 ns */
#define VECTOR 0x50
#define SINT_VECTOR 0x60
#define SINT_MASKED 0x10000

static uint8_t time_page[4096] __attribute__((aligned(4096)));

static void let_in(void)
{
	__asm__ volatile("sti\n\tnop\n\tnop\n\tcli" : : : "memory");
}

static uint64_t assert_vector(uint32_t vector, uint32_t control)
{
	new_input();
	put32(12, control);
	put32(24, vector);
	in_page[28] = 2;
	return page_call(HC_ASSERT_VIRTUAL_INTERRUPT);
}

void test_interrupts(void)
{
	uint64_t value;

	expect("x2apic", try_rdmsr(0x803, &value), 0);
	expect("on", try_wrmsr(MSR_SVR, 0x1FF), 0);
	expect("svr reserved", try_wrmsr(MSR_SVR, 0x10000), VECTOR_GP);
	expect("self", try_wrmsr(MSR_SELF, VECTOR), 0);
	expect("masked", interrupts, 0);
	let_in();
	expect("taken", interrupts, 1);
	let_in();
	expect("once", interrupts, 1);
	expect("assert", assert_vector(VECTOR, 0), 0);
	expect("bad vector", assert_vector(8, 0), HV_INVALID_PARAMETER);
	let_in();
	expect("taken", interrupts, 2);
	expect("priority", try_wrmsr(MSR_TPR, 0x60), 0);
	expect("self", try_wrmsr(MSR_SELF, VECTOR), 0);
	let_in();
	expect("held back", interrupts, 2);
	expect("vtl0 runs", run(vtl0_nothing, 0), ENTRY_VTL_CALL);
	expect("priority", try_wrmsr(MSR_TPR, 0), 0);
	/* It waits: VTL0 does not execute one instruction. */
	vtl0_regs[R14] = 0x77;
	expect("preempted", run(vtl0_nothing, 0), ENTRY_INTERRUPT);
	expect("nothing was done", vtl0_regs[R14], 0x77);
	let_in();
	expect("taken", interrupts, 3);
	expect("now", run(NULL, 0), ENTRY_VTL_CALL);
}

/* Reference time as a guest computes it from the page. */
static uint64_t page_time(void)
{
	const volatile uint64_t *page = (const volatile uint64_t *)time_page;
	uint32_t low;
	uint32_t high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)((unsigned __int128)((uint64_t)high << 32 | low) * page[1] >> 64) +
	       page[2];
}

/* Until so many interrupts were taken, but not for ever. */
static bool wait_for(uint64_t number)
{
	uint64_t start = page_time();

	while (interrupts < number && page_time() - start < SECOND) {
		let_in();
	}
	return interrupts == number;
}

void test_timers(void)
{
	uint64_t before = interrupts;
	uint64_t value;
	uint64_t time;

	expect("page reserved", try_wrmsr(MSR_REFERENCE_TSC, (uint64_t)time_page | 3), VECTOR_GP);
	expect("page", try_wrmsr(MSR_REFERENCE_TSC, (uint64_t)time_page | 1), 0);
	expect("sequence", *(volatile uint32_t *)time_page, 1);
	expect("page is read-only", try_store((uint64_t)time_page, 0), VECTOR_GP);
	time = page_time();
	(void)try_rdmsr(MSR_TIME_REF_COUNT, &value);
	expect("counter agrees", value - time < SECOND / 100, 1);
	expect("tsc frequency", try_rdmsr(MSR_TSC_HZ, &value) == 0 && value > 100000000, 1);
	expect("config reserved", try_wrmsr(MSR_STIMER0, 1ull << 20), VECTOR_GP);
	expect("config", try_wrmsr(MSR_STIMER0, 1 | 1 << 12 | VECTOR << 4), 0);
	expect("not started", interrupts, before);
	time = page_time() + SECOND / 100;
	expect("count", try_wrmsr(MSR_STIMER0 + 1, time), 0);
	expect("expires", wait_for(before + 1), 1);
	expect("in time", page_time() - time < SECOND, 1);
	expect("once", try_rdmsr(MSR_STIMER0, &value) == 0 && (value & 1) == 0, 1);
	expect("apic timer", try_wrmsr(MSR_LVT_TIMER, VECTOR | 1 << 17), 0);
	expect("divide", try_wrmsr(MSR_TIMER_DIVIDE, 0xB), 0);
	expect("tsc deadline", try_wrmsr(MSR_LVT_TIMER, VECTOR | 1 << 18), VECTOR_GP);
	expect("initial count", try_wrmsr(MSR_TIMER_INITIAL, 200000), 0);
	expect("thrice", wait_for(before + 4) || interrupts > before + 4, 1);
	expect("stop", try_wrmsr(MSR_TIMER_INITIAL, 0), 0);
	/* One may be under way. */
	let_in();
	interrupts = before + 4;
	expect("past", try_wrmsr(MSR_STIMER0, 1 | 1 << 12 | VECTOR << 4), 0);
	expect("fires at once", try_wrmsr(MSR_STIMER0 + 1, 1), 0);
	expect("before VTL0", run(vtl0_spin, 0), ENTRY_INTERRUPT);
	expect("taken", wait_for(before + 5), 1);
	/* VTL0 waits for nothing: only VTL2's own timer ends that. */
	expect("later", try_wrmsr(MSR_STIMER0, 1 | 1 << 12 | VECTOR << 4), 0);
	expect("count", try_wrmsr(MSR_STIMER0 + 1, page_time() + SECOND / 100), 0);
	expect("ends a halt", run(vtl0_halt, 0), ENTRY_INTERRUPT);
	expect("taken", wait_for(before + 6), 1);
	interrupts = before;
}

void test_message_slot(void)
{
	volatile uint32_t *slot = (volatile uint32_t *)message_page;

	expect("sint vector", set_register(0, REG_SINT0, 8, 0), HV_INVALID_REGISTER_VALUE);
	expect("scontrol", set_register(0, REG_SCONTROL, 1, 0), 0);
	expect("simp", set_register(0, REG_SIMP, (uint64_t)message_page | 1, 0), 0);
	expect("sint0", set_register(0, REG_SINT0, SINT_VECTOR, 0), 0);
	expect("no assist page", set_register(0, REG_VSM_PARTITION_CONFIG, CONFIG_NO_PAGE, 0), 0);
	expect("protect", protect(VTL0_DATA, 0), 0x100000000);
	expect("message", run(vtl0_load, VTL0_DATA), ENTRY_INTERRUPT);
	expect("type", slot[0], MSG_GPA_INTERCEPT);
	expect("again", run(NULL, VTL0_DATA), ENTRY_INTERRUPT);
	let_in();
	expect("taken", interrupts, 4);
	slot[0] = 0;
	expect("give back", protect(VTL0_DATA, MAP_ALL), 0x100000000);
	expect("now", run(NULL, VTL0_DATA), ENTRY_VTL_CALL);
	expect("assist page", set_register(0, REG_VSM_PARTITION_CONFIG, CONFIG_VALUE, 0), 0);
	expect("mask", set_register(0, REG_SINT0, SINT_MASKED, 0), 0);
}
