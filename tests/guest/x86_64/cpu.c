/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order does a payload start and end, and what happens on a fault?
 *
 * start.S calls guest_start() with a stack and a clear .bss, on the identity map and the segments
 * that the boot protocol promises.
 */
#include "tests/guest/x86_64/port.h"
#include "tests/guest/x86_64/x64.h"

#define CODE_SELECTOR 0x10
#define GATE_INTERRUPT 0x8E
#define VECTORS 32
#define STUB_SIZE 16
#define PM1_CONTROL 0x404
#define SLP_EN 0x2000

/* Layout known to start.S. */
struct frame {
	uint64_t r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax;
	uint64_t number;
	uint64_t error_code;
	uint64_t rip, cs, rflags, rsp, ss;
};

struct gate {
	uint16_t offset_low;
	uint16_t selector;
	uint8_t stack;
	uint8_t type;
	uint16_t offset_middle;
	uint32_t offset_high;
	uint32_t reserved;
};

__attribute__((noreturn)) void guest_start(uint64_t boot_params);
void exception_taken(struct frame *frame);
extern uint8_t exception_stubs[], try_begin[], try_end[], try_failed[];

static struct gate idt[VECTORS] __attribute__((aligned(16)));
static struct fault last;

struct fault last_fault(void)
{
	return last;
}

static void load_vectors(void)
{
	struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) pointer = { sizeof(idt) - 1, (uint64_t)idt };

	for (unsigned int i = 0; i < VECTORS; i++) {
		uint64_t to = (uint64_t)exception_stubs + i * STUB_SIZE;

		idt[i] = (struct gate){
			(uint16_t)to,	      CODE_SELECTOR,	    0, GATE_INTERRUPT,
			(uint16_t)(to >> 16), (uint32_t)(to >> 32), 0
		};
	}
	load_idt(&pointer);
}

void exception_taken(struct frame *frame)
{
	if (frame->rip >= (uint64_t)try_begin && frame->rip < (uint64_t)try_end) {
		last = (struct fault){ frame->number, frame->error_code };
		frame->rip = (uint64_t)try_failed;
		return;
	}
	print("# exception %lu, error code 0x%lx, RIP 0x%lx\n", frame->number, frame->error_code,
	      frame->rip);
	ok(false, "no unexpected exception");
	report_end();
	power_off();
}

/* ACPI's way, then a fault that has nowhere to go. */
void power_off(void)
{
	static const uint8_t none[10];

	port_write16(PM1_CONTROL, SLP_EN);
	for (;;) {
		load_idt(none);
		__asm__ volatile("ud2");
	}
}

void guest_start(uint64_t boot_params)
{
	(void)boot_params;
	load_vectors();
	console_init();
	guest_main();
	report_end();
	power_off();
}
