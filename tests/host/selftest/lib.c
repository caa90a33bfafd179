/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With what are the host's tests written? Calls, registers, and the running of VTL0's pieces.
 */
#include "tests/host/selftest/lib.h"

#include <stddef.h>

#include "tests/host/common/hv.h"

#define UART 0xEFFEC000ull
#define VP_SELF 0xFFFFFFFEull
#define VTL0_EXPLICIT 0x10

uint8_t stacks[2][8192] __attribute__((aligned(16)));
uint8_t in_page[4096] __attribute__((aligned(4096)));
uint8_t out_page[4096] __attribute__((aligned(4096)));
uint8_t message_page[4096] __attribute__((aligned(4096)));
uint8_t assist_page[4096] __attribute__((aligned(4096)));
static uint32_t failures;
static uint32_t tests;

void test_exception(uint64_t esr, uint64_t elr, uint64_t far);

void say(const char *text)
{
	while (*text != 0) {
		*(volatile uint32_t *)UART = (uint8_t)*text++;
	}
}

void say_hex(uint64_t value)
{
	int shift;

	for (shift = 60; shift >= 0; shift -= 4) {
		uint32_t digit = (value >> shift) & 15;

		*(volatile uint32_t *)UART = digit < 10 ? '0' + digit : 'a' + digit - 10;
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
	struct call off = { .x = { 0x84000008 } };

	say(failures == 0 ? "selftest good " : "selftest BAD ");
	say_hex(tests);
	say("\n");
	call_hvc0(off.x);
	for (;;) {
	}
}

void test_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
	say("exception in VTL2: ");
	say_hex(esr);
	say(" ");
	say_hex(elr);
	say(" ");
	say_hex(far);
	say("\n");
	failures++;
	finish();
}

uint64_t memory_call(uint64_t control, uint64_t in, uint64_t out)
{
	struct call call = { .x = { control, in, out } };

	call_hvc1(call.x);
	return call.x[0] & RESULT_MASK;
}

uint64_t set_register(uint8_t vtl, uint32_t name, uint64_t value)
{
	struct call call = { .x = { 0x100010051, HV_PARTITION_SELF, VP_SELF | (uint64_t)vtl << 32,
				    name, 0, value, 0 } };

	call_hvc1(call.x);
	return call.x[0] & 0xFFFF;
}

uint64_t get_register(uint8_t vtl, uint32_t name, uint64_t *value)
{
	struct call call = { .x = { 0x100010050, HV_PARTITION_SELF, VP_SELF | (uint64_t)vtl << 32,
				    name } };

	call_hvc1(call.x);
	*value = call.x[15];
	return call.x[0] & 0xFFFF;
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

uint32_t run_vtl0(const char *piece, struct vtl0 *regs)
{
	if (piece != NULL) {
		(void)set_register(VTL0_EXPLICIT, 0x00020022, (uint64_t)piece);
		(void)set_register(VTL0_EXPLICIT, 0x0004000C, (uint64_t)vtl0_vectors);
		regs->x[20] = 0;
	}
	vtl_return(regs->x);
	return *(volatile uint32_t *)(assist_page + ASSIST_ENTRY_REASON);
}

uint64_t vp_call(uint32_t code, uint32_t vp, uint8_t vtl)
{
	new_input();
	put32(8, vp);
	in_page[12] = vtl;
	put64(16, (uint64_t)second_entry);
	put64(24, (uint64_t)&stacks[1][0] + sizeof(stacks[1]));
	put64(32, 0x30D00800);
	put64(80, 1);
	return memory_call(code, (uint64_t)in_page, 0) & 0xFFFF;
}
