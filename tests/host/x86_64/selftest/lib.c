/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With what are the host's tests written? Calls, registers, faults, and the running of VTL0's
 * pieces.
 */
#include "tests/host/x86_64/selftest/lib.h"

#include <stddef.h>

#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"

#define UART 0x3E8
#define POWER_PORT 0x404
#define POWER_OFF 0x2000
#define VP_SELF 0xFFFFFFFEull
#define GET_FAST 0x100010050ull
#define SET_FAST 0x100010051ull

#define REG_RIP 0x00020010u
#define REG_RSP 0x00020004u
#define REG_RFLAGS 0x00020011u
#define REG_CR0 0x00040000u
#define REG_CR3 0x00040002u
#define REG_CR4 0x00040003u
#define REG_ES 0x00060000u
#define REG_CS 0x00060001u
#define REG_GS 0x00060005u
#define REG_LDTR 0x00060006u
#define REG_TR 0x00060007u
#define REG_IDTR 0x00070000u
#define REG_GDTR 0x00070001u
#define REG_EFER 0x00080001u

#define SEGMENT(selector, attributes)                                                              \
	((uint64_t)(attributes) << 48 | (uint64_t)(selector) << 32 | 0xFFFFFFFFull)
#define GATES 256
#define VECTORS_OWN 21

struct gate {
	uint64_t low;
	uint64_t high;
};

struct pointer {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed));

uint8_t stacks[2][8192] __attribute__((aligned(16)));
uint8_t in_page[4096] __attribute__((aligned(4096)));
uint8_t out_page[4096] __attribute__((aligned(4096)));
uint8_t message_page[4096] __attribute__((aligned(4096)));
uint8_t assist_page[4096] __attribute__((aligned(4096)));
uint8_t call_page[4096] __attribute__((aligned(4096)));
static uint64_t pml4[512] __attribute__((aligned(4096)));
static uint64_t pdpt[512] __attribute__((aligned(4096)));
static struct gate idt[GATES] __attribute__((aligned(16)));
static const uint64_t gdt[] = { 0, 0x00AF9B000000FFFF, 0x00CF93000000FFFF };
uint64_t fault_resume;
uint64_t fault_stack;
uint64_t interrupts;
uint64_t hypercall_entry;
uint64_t return_entry;
static uint32_t failures;
static uint32_t tests;

extern const char vectors[], interrupt[];
void test_exception(uint64_t vector, uint64_t error, uint64_t rip);

static void out8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

void say(const char *text)
{
	while (*text != 0) {
		out8(UART, (uint8_t)*text++);
	}
}

void say_hex(uint64_t value)
{
	int shift;

	for (shift = 60; shift >= 0; shift -= 4) {
		uint32_t digit = (value >> shift) & 15;

		out8(UART, (uint8_t)(digit < 10 ? '0' + digit : 'a' + digit - 10));
	}
}

void expect(const char *name, uint64_t got, uint64_t want)
{
	tests++;
	if (got == want) {
		say("ok ");
		say(name);
		say("\n");
		return;
	}
	failures++;
	say("FAIL ");
	say(name);
	say(" got ");
	say_hex(got);
	say(" want ");
	say_hex(want);
	say("\n");
}

void finish(void)
{
	say(failures == 0 ? "selftest good " : "selftest BAD ");
	say_hex(tests);
	say("\n");
	__asm__ volatile("outw %0, %1" : : "a"((uint16_t)POWER_OFF), "Nd"((uint16_t)POWER_PORT));
	for (;;) {
	}
}

void test_exception(uint64_t vector, uint64_t error, uint64_t rip)
{
	say("exception in VTL2: ");
	say_hex(vector);
	say(" ");
	say_hex(error);
	say(" ");
	say_hex(rip);
	say("\n");
	failures++;
	finish();
}

static void put_gate(struct gate *gate, uint64_t address)
{
	gate->low = (address & 0xFFFF) | 8 << 16 | 0x8E00ull << 32 | (address >> 16 & 0xFFFF) << 48;
	gate->high = address >> 32;
}

/* The first 512 GiB to themselves. */
static void build_tables(uint64_t *top, uint64_t *next)
{
	uint32_t n;

	top[0] = (uint64_t)next | 3;
	for (n = 0; n < 512; n++) {
		next[n] = (uint64_t)n << 30 | 0x83;
	}
}

void setup_processor(void)
{
	struct pointer gdt_pointer = { sizeof(gdt) - 1, (uint64_t)gdt };
	struct pointer idt_pointer = { sizeof(idt) - 1, (uint64_t)idt };
	uint64_t cr4;
	uint32_t n;

	for (n = 0; n < GATES; n++) {
		put_gate(&idt[n],
			 n < VECTORS_OWN ? (uint64_t)vectors + 16 * n : (uint64_t)interrupt);
	}
	build_tables(pml4, pdpt);
	load_tables(&gdt_pointer, &idt_pointer);
	__asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
	__asm__ volatile("movq %0, %%cr4" : : "r"(cr4 | 0x600)); /* SSE, for fast calls */
	__asm__ volatile("movq %0, %%cr3" : : "r"(pml4) : "memory");
}

uint64_t set_register(uint8_t vtl, uint32_t name, uint64_t value, uint64_t high)
{
	uint64_t words[FAST_WORDS] = {
		HV_PARTITION_SELF, VP_SELF | (uint64_t)vtl << 32, name, 0, value, high
	};

	return fast_call(SET_FAST, words) & 0xFFFF;
}

uint64_t get_register(uint8_t vtl, uint32_t name, uint64_t value[2])
{
	uint64_t words[FAST_WORDS] = { HV_PARTITION_SELF, VP_SELF | (uint64_t)vtl << 32, name };
	uint64_t result = fast_call(GET_FAST, words) & 0xFFFF;

	/* 20 bytes of input are two pairs: the third has the value. */
	value[0] = words[4];
	value[1] = words[5];
	return result;
}

void put64(uint32_t offset, uint64_t value)
{
	*(volatile uint64_t *)(in_page + offset) = value;
}

void put32(uint32_t offset, uint32_t value)
{
	*(volatile uint32_t *)(in_page + offset) = value;
}

void new_input(void)
{
	uint32_t n;

	for (n = 0; n < 4096; n += 8) {
		put64(n, 0);
	}
	put64(0, HV_PARTITION_SELF);
}

uint64_t page_call(uint64_t control)
{
	return hypercall(control, (uint64_t)in_page, (uint64_t)out_page) & RESULT_MASK;
}

static void give(uint32_t name, uint64_t value, uint64_t high)
{
	if (set_register(VTL0_EXPLICIT, name, value, high) != 0) {
		expect("register of VTL0", name, 0);
	}
}

void vtl0_build(void)
{
	struct gate *gates = (struct gate *)VTL0_IDT;
	uint64_t fault = VTL0_CODE + (uint64_t)(vtl0_fault - vtl0_begin);
	uint32_t n;

	build_tables((uint64_t *)VTL0_PML4, (uint64_t *)VTL0_PDPT);
	memcpy((void *)VTL0_GDT, gdt, sizeof(gdt));
	memcpy((void *)VTL0_CODE, vtl0_begin, (size_t)(vtl0_end - vtl0_begin));
	for (n = 0; n < GATES; n++) {
		put_gate(&gates[n], fault);
	}
	for (n = REG_ES; n <= REG_GS; n++) {
		give(n, 0, n == REG_CS ? SEGMENT(8, 0xA09B) : SEGMENT(16, 0xC093));
	}
	give(REG_LDTR, 0, SEGMENT(0, 0x82));
	give(REG_TR, 0, SEGMENT(0, 0x8B));
	give(REG_GDTR, (sizeof(gdt) - 1) << 48, VTL0_GDT);
	give(REG_IDTR, 0xFFFull << 48, VTL0_IDT);
	give(REG_CR0, 0x80010033, 0);
	give(REG_CR3, VTL0_PML4, 0);
	give(REG_CR4, 0x620, 0);
	give(REG_EFER, 0xD00, 0);
}

uint32_t vtl0_run(const char *piece, uint64_t regs[16])
{
	if (piece != NULL) {
		give(REG_RIP, VTL0_CODE + (uint64_t)(piece - vtl0_begin), 0);
		give(REG_RSP, VTL0_STACK, 0);
		give(REG_RFLAGS, 2, 0);
		regs[R12] = 0;
	}
	*(volatile uint64_t *)(assist_page + ASSIST_RETURN_SLOTS) = regs[RAX];
	*(volatile uint64_t *)(assist_page + ASSIST_RETURN_SLOTS + 8) = regs[RCX];
	vtl_return(regs, 0);
	return *(volatile uint32_t *)(assist_page + ASSIST_ENTRY_REASON);
}
