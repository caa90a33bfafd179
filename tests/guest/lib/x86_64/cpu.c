/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens on an exception or an interrupt, and how does the machine end?
 *
 * On the identity map and the segments that the boot protocol promises.
 */
#include "tests/guest/lib/x86_64/port.h"
#include "tests/guest/lib/x86_64/x64.h"

#define CODE_SELECTOR 0x10
#define GATE_INTERRUPT 0x8E
#define VECTORS 256
#define FIRST_INTERRUPT 32
#define NMI 2
#define STUB_SIZE 16
#define RFLAGS_IF 0x200
#define PM1_CONTROL 0x404
#define SLP_EN 0x2000
#define RESET_CONTROL 0xCF9
#define RESET_CPU_HARD 6
#define APIC_ID 0x802
#define APIC_EOI 0x80B
#define MSR_GS_BASE 0xC0000101
#define MSR_HV_TSC_HZ 0x40000022

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

void cpu_init(void);
void exception_taken(struct frame *frame);
extern uint8_t exception_stubs[], just_return[];

static struct gate idt[VECTORS] __attribute__((aligned(16)));
static struct local boot_local;
static void (*interrupt_function)(void);
static uint64_t tsc_hz;

static void load_vectors(void)
{
	struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) pointer = { sizeof(idt) - 1, (uint64_t)idt };

	load_idt(&pointer);
}

void local_init(struct local *local)
{
	local->self = local;
	msr_write(MSR_GS_BASE, (uint64_t)local);
	load_vectors();
}

struct local *local(void)
{
	return gs_pointer();
}

/* The boot processor, before anything else. */
void cpu_init(void)
{
	for (unsigned int i = 0; i < VECTORS; i++) {
		uint64_t to = (uint64_t)exception_stubs + i * STUB_SIZE;

		idt[i] = (struct gate){
			(uint16_t)to,	      CODE_SELECTOR,	    0, GATE_INTERRUPT,
			(uint16_t)(to >> 16), (uint32_t)(to >> 32), 0
		};
	}
	local_init(&boot_local);
}

void exception_expect(void)
{
	memset(&local()->last, 0, sizeof(local()->last));
	local()->expecting = true;
}

struct exception exception_end(void)
{
	local()->expecting = false;
	return local()->last;
}

/* The processor tells no address with it. */
bool exception_is_refusal(const struct exception *seen, uint64_t address)
{
	(void)address;
	return seen->taken && seen->cause == GENERAL_PROTECTION;
}

bool exception_is_undefined(const struct exception *seen)
{
	return seen->taken && seen->cause == UNDEFINED;
}

void interrupt_by(void (*function)(void))
{
	interrupt_function = function;
}

static void interrupt_taken(struct frame *frame)
{
	struct local *me = local();

	me->vector = (uint32_t)frame->number;
	if (me->taking) {
		/* One at a time: whoever lets it in takes it. */
		frame->rflags &= ~(uint64_t)RFLAGS_IF;
	} else if (interrupt_function != NULL &&
		   (frame->number == IPI_VECTOR || frame->number == TIMER_VECTOR)) {
		interrupt_function();
	} else {
		me->others++;
		me->vector = 0;
		msr_write(APIC_EOI, 0);
	}
}

void exception_taken(struct frame *frame)
{
	struct local *me = local();

	if (frame->number == NMI) {
		me->nmis++;
		return;
	}
	if (frame->number >= FIRST_INTERRUPT) {
		interrupt_taken(frame);
		return;
	}
	if (me->expecting && !me->last.taken) {
		me->last.taken = true;
		me->last.cause = VECTOR_AND_ERROR(frame->number, frame->error_code);
		me->last.address = cr2_read();
		me->last.at = frame->rip;
		frame->rip = (uint64_t)just_return;
		return;
	}
	print("# exception %lu, error code 0x%lx, RIP 0x%lx (at 0x%lx), CR2 0x%lx\n", frame->number,
	      frame->error_code, frame->rip, frame->rip - (uint64_t)exception_stubs, cr2_read());
	ok(false, "no unexpected exception");
	report_end();
	power_off();
}

uint64_t my_id(void)
{
	return msr_read(APIC_ID);
}

/* ACPI's way, then a fault that has nowhere to go. */
void power_off(void)
{
	port_write16(PM1_CONTROL, SLP_EN);
	triple_fault();
}

void reset(void)
{
	port_write8(RESET_CONTROL, RESET_CPU_HARD);
	triple_fault();
}

uint64_t ticks(void)
{
	return tsc_read();
}

uint64_t second(void)
{
	if (tsc_hz == 0) {
		tsc_hz = msr_read(MSR_HV_TSC_HZ);
	}
	return tsc_hz;
}

void wait_for_event(void)
{
	__asm__ volatile("pause" : : : "memory");
}

void publish(void)
{
	__asm__ volatile("mfence" : : : "memory");
}
