/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a processor get an interrupt? By the x2APIC: a vector that processors send each other,
 * and the APIC's timer.
 */
#include "tests/guest/lib/x86_64/port.h"
#include "tests/guest/lib/x86_64/x64.h"

#define APIC_EOI 0x80B
#define APIC_SVR 0x80F
#define APIC_TPR 0x808
#define APIC_LVT_TIMER 0x832
#define APIC_TIMER_INITIAL 0x838
#define APIC_TIMER_DIVIDE 0x83E
#define SVR_ENABLE 0x100
#define SPURIOUS_VECTOR 0xFF
#define DIVIDE_BY_1 0xB
#define LVT_MASKED 0x10000
#define MSR_HV_APIC_HZ 0x40000023

bool irq_on(void)
{
	msr_write(APIC_TPR, 0);
	msr_write(APIC_SVR, SVR_ENABLE | SPURIOUS_VECTOR);
	msr_write(APIC_TIMER_DIVIDE, DIVIDE_BY_1);
	msr_write(APIC_LVT_TIMER, LVT_MASKED);
	return true;
}

void irq_send(uint64_t id)
{
	publish();
	send_ipi(id, IPI_VECTOR);
}

/* An interrupt that comes is left in local()->vector, and interrupts are masked again. */
static void let_in(bool sleep)
{
	struct local *me = local();

	me->taking = true;
	if (sleep) {
		interrupts_wait();
	} else {
		interrupts_window();
	}
	me->taking = false;
}

enum irq irq_take(void)
{
	struct local *me = local();
	uint32_t vector;

	if (me->vector == 0) {
		let_in(false);
	}
	vector = me->vector;
	me->vector = 0;
	if (vector == 0) {
		return IRQ_NONE;
	}
	msr_write(APIC_EOI, 0);
	return vector == IPI_VECTOR ? IRQ_IPI : vector == TIMER_VECTOR ? IRQ_TIMER : IRQ_OTHER;
}

void irq_wait(void)
{
	if (local()->vector == 0) {
		let_in(true);
	}
}

void timer_set(uint64_t at)
{
	uint64_t now = ticks();
	uint64_t wait = at > now ? at - now : 0;
	uint64_t hz = msr_read(MSR_HV_APIC_HZ);

	msr_write(APIC_LVT_TIMER, TIMER_VECTOR);
	/* Rounded up: never too early. */
	msr_write(APIC_TIMER_INITIAL, wait / second() * hz + wait % second() * hz / second() + 1);
}

void timer_off(void)
{
	msr_write(APIC_TIMER_INITIAL, 0);
	msr_write(APIC_LVT_TIMER, LVT_MASKED);
}
