/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does an interrupt reach VTL2 whatever VTL0 does, and does SINT0 bring a message?
 */
#include "tests/host/common/hv.h"
#include "tests/host/x86_64/selftest/lib.h"
#include "tests/host/x86_64/selftest/tests.h"

#define MSR_TPR 0x808
#define MSR_SVR 0x80F
#define MSR_SELF 0x83F
#define VECTOR 0x50
#define SINT_VECTOR 0x60
#define SINT_MASKED 0x10000

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
	expect("now", run(0, 0), ENTRY_VTL_CALL);
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
	expect("again", run(0, VTL0_DATA), ENTRY_INTERRUPT);
	let_in();
	expect("taken", interrupts, 4);
	slot[0] = 0;
	expect("give back", protect(VTL0_DATA, MAP_ALL), 0x100000000);
	expect("now", run(0, VTL0_DATA), ENTRY_VTL_CALL);
	expect("assist page", set_register(0, REG_VSM_PARTITION_CONFIG, CONFIG_VALUE, 0), 0);
	expect("mask", set_register(0, REG_SINT0, SINT_MASKED, 0), 0);
}
