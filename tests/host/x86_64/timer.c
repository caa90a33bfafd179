/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tells a VTL the time?
 *
 * A deadline is a value of the TSC, which all processors of the machine share. A timer of a VTL
 * that is not loaded fires all the same: its interrupt waits in that VTL's APIC.
 */
#include "tests/host/x86_64/timer.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/synic.h"
#include "tests/host/x86_64/boot.h"
#include "tests/host/x86_64/lapic.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/npt.h"

#define REFERENCE_HZ 10000000ull
#define RETRY_HZ 1000
#define LVT_MASKED (1u << 16)
#define LVT_PERIODIC (1u << 17)

#define CONFIG_ENABLE 1ull
#define CONFIG_PERIODIC 2ull
#define CONFIG_AUTO_ENABLE 8ull
#define CONFIG_VECTOR(config) ((uint32_t)((config) >> 4) & 0xFF)
#define CONFIG_DIRECT (1ull << 12)
#define CONFIG_SINT(config) ((uint32_t)((config) >> 16) & 15)
#define CONFIG_KNOWN 0xF1FFFull
#define MESSAGE_SIZE 24

#define PAGE_ENABLE 1ull
#define PAGE_RESERVED 0xFFEull
#define PAGE_SCALE 8

#define HOST_LVT 0x320
#define HOST_INITIAL 0x380

static uint8_t page[HV_PAGE_SIZE] __attribute__((aligned(4096)));
static uint64_t page_msr_value[VTL_SLOTS];

/* a * b / c without losing the upper half of the product; the result fits 64 bits. */
static uint64_t scale(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t low;
	uint64_t high;

	__asm__("mulq %3\n\tdivq %4" : "=a"(low), "=&d"(high) : "0"(a), "r"(b), "r"(c) : "cc");
	return low;
}

void timer_init(void)
{
	uint32_t sequence = 1;
	uint64_t factor = boot_tsc_scale();

	memcpy(page, &sequence, sizeof(sequence));
	memcpy(page + PAGE_SCALE, &factor, sizeof(factor));
}

uint64_t timer_page(uint32_t slot)
{
	return page_msr_value[slot];
}

bool timer_set_page(uint32_t slot, uint64_t value)
{
	bool on = (value & PAGE_ENABLE) != 0;

	if ((value & PAGE_RESERVED) != 0 ||
	    !npt_overlay(slot, NPT_TSC_PAGE, value >> 12, on ? page : NULL)) {
		return false;
	}
	page_msr_value[slot] = value;
	return true;
}

/* The TSC at a reference time, rounded up. */
static uint64_t tsc_of(uint64_t reference)
{
	if (reference >= 1ull << 53) {
		return ~0ull;
	}
	return scale(reference, boot_tsc_hz(), REFERENCE_HZ) + 1;
}

void timer_reset(struct cpu *cpu, uint32_t slot)
{
	memset(&cpu->timers[slot], 0, sizeof(cpu->timers[slot]));
}

/* The divide configuration has its three bits at 0, 1 and 3. */
static uint64_t divider(const struct lapic *lapic)
{
	uint32_t code = (lapic->timer_divide & 3) | (lapic->timer_divide >> 1 & 4);

	return code == 7 ? 1 : 2ull << code;
}

static uint64_t apic_period(const struct cpu *cpu, uint32_t slot)
{
	const struct lapic *lapic = &cpu->lapic[slot];

	return scale(lapic->timer_initial * divider(lapic), boot_tsc_hz(), TIMER_APIC_HZ);
}

void timer_set_initial(struct cpu *cpu, uint32_t slot, uint32_t count)
{
	cpu->lapic[slot].timer_initial = count;
	cpu->timers[slot].apic_deadline = count == 0 ? 0 : rdtsc() + apic_period(cpu, slot);
}

uint32_t timer_current(const struct cpu *cpu, uint32_t slot)
{
	uint64_t deadline = cpu->timers[slot].apic_deadline;
	uint64_t now = rdtsc();

	if (deadline <= now) {
		return 0;
	}
	return (uint32_t)(scale(deadline - now, TIMER_APIC_HZ, boot_tsc_hz()) /
			  divider(&cpu->lapic[slot]));
}

static void run_apic(struct cpu *cpu, uint32_t slot, uint64_t now)
{
	uint64_t *deadline = &cpu->timers[slot].apic_deadline;
	uint32_t lvt = cpu->lapic[slot].lvt[0];

	if (*deadline == 0 || *deadline > now) {
		return;
	}
	*deadline = (lvt & LVT_PERIODIC) != 0 ? now + apic_period(cpu, slot) : 0;
	if ((lvt & LVT_MASKED) == 0) {
		count(COUNT_TIMER);
		lapic_raise(cpu, slot, lvt & 0xFF, false);
	}
}

/* By its vector, or by a message to its SINT; false: the slot is taken, try again. */
static bool expire(struct cpu *cpu, uint32_t slot, uint32_t n)
{
	const struct stimer *timer = &cpu->timers[slot].stimer[n];
	uint8_t payload[MESSAGE_SIZE] = { 0 };
	uint64_t time = arch_time();

	if ((timer->config & CONFIG_DIRECT) != 0) {
		lapic_raise(cpu, slot, CONFIG_VECTOR(timer->config), false);
		return true;
	}
	memcpy(payload, &n, sizeof(n));
	memcpy(payload + 8, &timer->expiration, sizeof(timer->expiration));
	memcpy(payload + 16, &time, sizeof(time));
	return synic_post(&cpu->vp, slot * 2, CONFIG_SINT(timer->config), MSG_TIMER_EXPIRED,
			  payload, MESSAGE_SIZE);
}

static void run_synthetic(struct cpu *cpu, uint32_t slot, uint32_t n, uint64_t now)
{
	struct stimer *timer = &cpu->timers[slot].stimer[n];

	if (timer->deadline == 0 || timer->deadline > now) {
		return;
	}
	if (!expire(cpu, slot, n)) {
		timer->deadline = now + boot_tsc_hz() / RETRY_HZ;
		return;
	}
	count(COUNT_TIMER);
	timer->deadline = 0;
	if ((timer->config & CONFIG_PERIODIC) != 0) {
		timer->expiration += timer->count;
		timer->deadline = tsc_of(timer->expiration);
	} else {
		timer->config &= ~CONFIG_ENABLE;
	}
}

void timer_run(struct cpu *cpu)
{
	uint64_t now = rdtsc();
	uint32_t slot;
	uint32_t n;

	for (slot = 0; slot < VTL_SLOTS; slot++) {
		run_apic(cpu, slot, now);
		for (n = 0; n < STIMERS; n++) {
			run_synthetic(cpu, slot, n, now);
		}
	}
}

static uint64_t next_deadline(const struct cpu *cpu)
{
	uint64_t next = ~0ull;
	uint32_t slot;
	uint32_t n;

	for (slot = 0; slot < VTL_SLOTS; slot++) {
		const struct vtl_timers *timers = &cpu->timers[slot];

		if (timers->apic_deadline != 0 && timers->apic_deadline < next) {
			next = timers->apic_deadline;
		}
		for (n = 0; n < STIMERS; n++) {
			uint64_t deadline = timers->stimer[n].deadline;

			next = deadline != 0 && deadline < next ? deadline : next;
		}
	}
	return next;
}

void timer_arm(struct cpu *cpu)
{
	uint64_t next = next_deadline(cpu);
	uint64_t now = rdtsc();
	uint64_t ticks = 1;

	if (next == cpu->armed || (next == ~0ull && cpu->armed == 0)) {
		return;
	}
	cpu->armed = next == ~0ull ? 0 : next;
	if (next == ~0ull) {
		ticks = 0;
	} else if (next > now) {
		/* At most a few seconds: it then looks again. */
		ticks = next - now < boot_tsc_hz() ?
				1 + scale(next - now, MACHINE_LAPIC_HZ, boot_tsc_hz()) :
				MACHINE_LAPIC_HZ;
	}
	mmio_write32(MACHINE_LAPIC + HOST_LVT, VECTOR_TIMER);
	mmio_write32(MACHINE_LAPIC + HOST_INITIAL, (uint32_t)ticks);
}

void timer_fired(struct cpu *cpu)
{
	cpu->armed = 0;
}

uint64_t timer_get(const struct cpu *cpu, uint32_t slot, uint32_t number)
{
	const struct stimer *timer = &cpu->timers[slot].stimer[number / 2];

	return number % 2 == 0 ? timer->config : timer->count;
}

static void start(struct stimer *timer)
{
	timer->deadline = 0;
	if ((timer->config & CONFIG_ENABLE) == 0 || timer->count == 0) {
		return;
	}
	timer->expiration = timer->count;
	if ((timer->config & CONFIG_PERIODIC) != 0) {
		timer->expiration += arch_time();
	}
	timer->deadline = tsc_of(timer->expiration);
}

bool timer_set(struct cpu *cpu, uint32_t slot, uint32_t number, uint64_t value)
{
	struct stimer *timer = &cpu->timers[slot].stimer[number / 2];

	if (number % 2 != 0) {
		timer->count = value;
		if (value == 0) {
			timer->config &= ~CONFIG_ENABLE;
		} else if ((timer->config & CONFIG_AUTO_ENABLE) != 0) {
			timer->config |= CONFIG_ENABLE;
		}
		start(timer);
		return true;
	}
	if ((value & ~CONFIG_KNOWN) != 0 ||
	    ((value & CONFIG_DIRECT) != 0 && CONFIG_VECTOR(value) < 16)) {
		return false;
	}
	/* SINT0 is for intercepts. */
	if ((value & CONFIG_DIRECT) == 0 && CONFIG_SINT(value) == 0) {
		value &= ~CONFIG_ENABLE;
	}
	timer->config = value;
	start(timer);
	return true;
}
