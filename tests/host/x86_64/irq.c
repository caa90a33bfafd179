/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which interrupts does the machine send, and who gets them?
 *
 * All are the host's; no guest reaches QEMU's controllers. Three are in use: one that makes another
 * processor look at its state, the local timer, and the UART's. The host takes them between exits
 * only; a handler notes what came, irq_work does it under the lock.
 */
#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/mem.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/timer.h"
#include "tests/host/x86_64/uart.h"

#define LAPIC_ID 0x20
#define LAPIC_EOI 0xB0
#define LAPIC_SVR 0xF0
#define LAPIC_ICR 0x300
#define LAPIC_ICR_HIGH 0x310
#define ICR_PENDING (1u << 12)
#define ICR_INIT 0x4500
#define ICR_STARTUP 0x4600
#define IOAPIC_SELECT 0x00
#define IOAPIC_DATA 0x10
#define IOAPIC_REDIRECT 0x10
#define GATE_PRESENT 0x8E00ull
#define VECTORS 256
#define INIT_WAIT 10000000ull /* of the TSC; QEMU needs none */

struct gate {
	uint64_t low;
	uint64_t high;
};

static struct gate idt[VECTORS] __attribute__((aligned(16)));
static struct {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed)) idt_pointer;
static bool uart_waits;

extern const char host_vectors[];
extern const char trampoline[];
extern const char trampoline_end[];

void irq_take(const uint64_t *frame);
void fatal_exception(const uint64_t *frame);

static uint32_t lapic_read(uint32_t reg)
{
	return mmio_read32(MACHINE_LAPIC + reg);
}

static void lapic_write(uint32_t reg, uint32_t value)
{
	mmio_write32(MACHINE_LAPIC + reg, value);
}

void irq_take(const uint64_t *frame)
{
	uint32_t vector = (uint32_t)frame[0];

	if (vector < 32) {
		fatal_exception(frame);
	}
	if (vector == VECTOR_TIMER) {
		timer_fired(cpu_self());
	}
	if (vector == VECTOR_UART) {
		uart_waits = true;
	}
	if (vector != VECTOR_SPURIOUS) {
		lapic_write(LAPIC_EOI, 0);
	}
}

void irq_work(struct cpu *cpu)
{
	timer_run(cpu);
	if (uart_waits) {
		uart_waits = false;
		uart_receive();
	}
}

static void init_idt(void)
{
	uint32_t n;

	for (n = 0; n < VECTORS; n++) {
		uint64_t address = (uint64_t)host_vectors + 16 * n;

		idt[n].low = (address & 0xFFFF) | SELECTOR_CODE << 16 | GATE_PRESENT << 32 |
			     (address >> 16 & 0xFFFF) << 48;
		idt[n].high = address >> 32;
	}
	idt_pointer.limit = sizeof(idt) - 1;
	idt_pointer.base = (uint64_t)idt;
}

static void ioapic_write(uint32_t index, uint32_t value)
{
	mmio_write32(MACHINE_IOAPIC + IOAPIC_SELECT, index);
	mmio_write32(MACHINE_IOAPIC + IOAPIC_DATA, value);
}

void irq_init_machine(void)
{
	uint32_t row = IOAPIC_REDIRECT + 2 * MACHINE_UART_GSI;

	init_idt();
	/* The old controllers stay silent. */
	out8(0x21, 0xFF);
	out8(0xA1, 0xFF);
	ioapic_write(row + 1, (lapic_read(LAPIC_ID) >> 24) << 24);
	ioapic_write(row, VECTOR_UART);
}

void irq_init_local(struct cpu *cpu)
{
	(void)cpu;
	load_idt(&idt_pointer);
	lapic_write(LAPIC_SVR, 0x100 | VECTOR_SPURIOUS);
}

void irq_send(const struct cpu *cpu, uint32_t command)
{
	while ((lapic_read(LAPIC_ICR) & ICR_PENDING) != 0) {
		cpu_pause();
	}
	/* QEMU numbers its processors' APICs as they come. */
	lapic_write(LAPIC_ICR_HIGH, cpu->number << 24);
	lapic_write(LAPIC_ICR, command);
}

void irq_start(const struct cpu *cpu)
{
	uint64_t start;

	memcpy((void *)TRAMPOLINE, trampoline, (size_t)(trampoline_end - trampoline));
	irq_send(cpu, ICR_INIT);
	start = rdtsc();
	while (rdtsc() - start < INIT_WAIT) {
		cpu_pause();
	}
	irq_send(cpu, ICR_STARTUP | TRAMPOLINE >> 12);
}
