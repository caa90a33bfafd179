/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is each load and store that is known read right, and nothing else known? The bytes are those that
 * the assembler makes of the text beside them.
 */
#include "arch/x86_64/decode.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/test.h"

#define NONE DECODE_NONE

enum {
	RAX,
	RCX,
	RDX,
	RBX,
	RSP,
	RBP,
	RSI,
	RDI,
	R8,
	R9,
	R10,
	R12 = 12,
	R13,
	R15 = 15
};

#define BYTES(...)                                                                                 \
	.bytes = (const uint8_t[]){ __VA_ARGS__ },                                                 \
	.length = sizeof((const uint8_t[]){ __VA_ARGS__ })

struct row {
	const char *text;
	const uint8_t *bytes;
	size_t length;
	bool is_store;
	uint8_t size, reg, width;
	uint8_t base, index, scale;
	uint64_t displacement;
	bool sign, high, rip;
	uint64_t immediate;
};

static const struct row known[] = {
	{ "mov (%rax), %eax", BYTES(0x8B, 0x00), 0, 4, RAX, 4, RAX, NONE, 0, 0 },
	{ "mov %ecx, (%rdx)", BYTES(0x89, 0x0A), 1, 4, RCX, 4, RDX, NONE, 0, 0 },
	{ "mov (%rdi), %al", BYTES(0x8A, 0x07), 0, 1, RAX, 1, RDI, NONE, 0, 0 },
	{ "mov (%rdi), %ah", BYTES(0x8A, 0x27), 0, 1, RAX, 1, RDI, NONE, 0, 0, .high = true },
	{ "mov %bh, (%rdi)", BYTES(0x88, 0x3F), 1, 1, RBX, 1, RDI, NONE, 0, 0, .high = true },
	{ "mov %dil, (%rdi)", BYTES(0x40, 0x88, 0x3F), 1, 1, RDI, 1, RDI, NONE, 0, 0 },
	{ "mov (%rsi), %ax", BYTES(0x66, 0x8B, 0x06), 0, 2, RAX, 2, RSI, NONE, 0, 0 },
	{ "mov (%rsi), %rax", BYTES(0x48, 0x8B, 0x06), 0, 8, RAX, 8, RSI, NONE, 0, 0 },
	{ "REX.W wins over 66", BYTES(0x66, 0x48, 0x8B, 0x06), 0, 8, RAX, 8, RSI, NONE, 0, 0 },
	{ "mov %r15, (%r8)", BYTES(0x4D, 0x89, 0x38), 1, 8, R15, 8, R8, NONE, 0, 0 },
	{ "mov 0x10(%rbx), %r9d", BYTES(0x44, 0x8B, 0x4B, 0x10), 0, 4, R9, 4, RBX, NONE, 0, 0x10 },
	{ "mov -1(%rbp), %eax", BYTES(0x8B, 0x45, 0xFF), 0, 4, RAX, 4, RBP, NONE, 0, UINT64_MAX },
	{ "mov -0x80000000(%rcx), %eax", BYTES(0x8B, 0x81, 0, 0, 0, 0x80), 0, 4, RAX, 4, RCX, NONE,
	  0, UINT64_C(0xFFFFFFFF80000000) },
	{ "mov 4(%rip), %eax", BYTES(0x8B, 0x05, 4, 0, 0, 0), 0, 4, RAX, 4, NONE, NONE, 0, 4,
	  .rip = true },
	{ "mov 4(%rip), %eax by REX.B", BYTES(0x41, 0x8B, 0x05, 4, 0, 0, 0), 0, 4, RAX, 4, NONE,
	  NONE, 0, 4, .rip = true },
	{ "mov 0(%r13), %eax", BYTES(0x41, 0x8B, 0x45, 0), 0, 4, RAX, 4, R13, NONE, 0, 0 },
	{ "mov (%rsp), %eax", BYTES(0x8B, 0x04, 0x24), 0, 4, RAX, 4, RSP, NONE, 0, 0 },
	{ "mov (%r12), %eax", BYTES(0x41, 0x8B, 0x04, 0x24), 0, 4, RAX, 4, R12, NONE, 0, 0 },
	{ "mov (%rax,%rcx,4), %edx", BYTES(0x8B, 0x14, 0x88), 0, 4, RDX, 4, RAX, RCX, 4, 0 },
	{ "mov (%rax,%r12,8), %edx", BYTES(0x42, 0x8B, 0x14, 0xE0), 0, 4, RDX, 4, RAX, R12, 8, 0 },
	{ "mov 8(%r9,%r10,2), %edx", BYTES(0x43, 0x8B, 0x54, 0x51, 8), 0, 4, RDX, 4, R9, R10, 2,
	  8 },
	{ "mov 0x1000(,%rcx,8), %eax", BYTES(0x8B, 0x04, 0xCD, 0, 0x10, 0, 0), 0, 4, RAX, 4, NONE,
	  RCX, 8, 0x1000 },
	{ "mov 0x1000, %eax", BYTES(0x8B, 0x04, 0x25, 0, 0x10, 0, 0), 0, 4, RAX, 4, NONE, NONE, 0,
	  0x1000 },
	{ "movb $0x80, (%rax)", BYTES(0xC6, 0x00, 0x80), 1, 1, NONE, 0, RAX, NONE, 0, 0,
	  .immediate = UINT64_C(0xFFFFFFFFFFFFFF80) },
	{ "movw $0x1234, (%rax)", BYTES(0x66, 0xC7, 0x00, 0x34, 0x12), 1, 2, NONE, 0, RAX, NONE, 0,
	  0, .immediate = 0x1234 },
	{ "movl $1, 4(%rax)", BYTES(0xC7, 0x40, 4, 1, 0, 0, 0), 1, 4, NONE, 0, RAX, NONE, 0, 4,
	  .immediate = 1 },
	{ "movq $-2, (%rax)", BYTES(0x48, 0xC7, 0x00, 0xFE, 0xFF, 0xFF, 0xFF), 1, 8, NONE, 0, RAX,
	  NONE, 0, 0, .immediate = UINT64_C(0xFFFFFFFFFFFFFFFE) },
	{ "movabs 0x1122334455667788, %al",
	  BYTES(0xA0, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11), 0, 1, RAX, 1, NONE, NONE, 0,
	  UINT64_C(0x1122334455667788) },
	{ "movabs %eax, 0x1122334455667788",
	  BYTES(0xA3, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11), 1, 4, RAX, 4, NONE, NONE, 0,
	  UINT64_C(0x1122334455667788) },
	{ "movzbl (%rdi), %eax", BYTES(0x0F, 0xB6, 0x07), 0, 1, RAX, 4, RDI, NONE, 0, 0 },
	{ "movzwl (%rdi), %eax", BYTES(0x0F, 0xB7, 0x07), 0, 2, RAX, 4, RDI, NONE, 0, 0 },
	{ "movzbw (%rdi), %ax", BYTES(0x66, 0x0F, 0xB6, 0x07), 0, 1, RAX, 2, RDI, NONE, 0, 0 },
	{ "movsbl (%rdi), %esi", BYTES(0x0F, 0xBE, 0x37), 0, 1, RSI, 4, RDI, NONE, 0, 0,
	  .sign = true },
	{ "movswq (%rdi), %r9", BYTES(0x4C, 0x0F, 0xBF, 0x0F), 0, 2, R9, 8, RDI, NONE, 0, 0,
	  .sign = true },
	{ "movslq (%rdi), %rax", BYTES(0x48, 0x63, 0x07), 0, 4, RAX, 8, RDI, NONE, 0, 0,
	  .sign = true },
};

/* The bytes at the end of a block, so that a byte more that is read is noticed. */
static bool decode_cut(const uint8_t *bytes, size_t count, struct decoded *d)
{
	uint8_t *cut = malloc(count + 1);
	bool result;

	assert_non_null(cut);
	memcpy(cut + 1, bytes, count);
	result = decode_instruction(cut + 1, (uint32_t)count, d);
	free(cut);
	return result;
}

static void test_known(void **state)
{
	struct decoded d;
	size_t i, count;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const struct row *row = &known[i];

		if (!decode_cut(row->bytes, row->length, &d)) {
			fail_msg("not known: %s", row->text);
		}
		if (d.length != row->length || d.is_store != row->is_store || d.size != row->size ||
		    d.reg != row->reg || d.width != row->width || d.base != row->base ||
		    d.index != row->index || d.scale != row->scale ||
		    d.displacement != row->displacement || d.sign_extend != row->sign ||
		    d.is_high != row->high || d.from_rip != row->rip ||
		    d.immediate != row->immediate) {
			fail_msg("wrong: %s", row->text);
		}
		for (count = 0; count < row->length; count++) {
			assert_false(decode_cut(row->bytes, count, &d));
		}
	}
}

/* More than the instruction is there: what is behind it does not matter. */
static void test_behind(void **state)
{
	uint8_t bytes[DECODE_BYTES_MAX];
	struct decoded d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		memset(bytes, 0xF4, sizeof(bytes));
		memcpy(bytes, known[i].bytes, known[i].length);
		assert_true(decode_instruction(bytes, sizeof(bytes), &d));
		assert_int_equal(d.length, known[i].length);
	}
}

static const struct row unknown[] = {
	{ "mov %eax, %ecx", BYTES(0x8B, 0xC8) },
	{ "movl $1, %eax", BYTES(0xC7, 0xC0, 1, 0, 0, 0) },
	{ "C7 /1", BYTES(0xC7, 0x08, 1, 0, 0, 0) },
	{ "C6 /7, XABORT", BYTES(0xC6, 0xF8, 1) },
	{ "movsxd without REX.W", BYTES(0x63, 0x07) },
	{ "movzbl %al, %eax", BYTES(0x0F, 0xB6, 0xC0) },
	{ "lock", BYTES(0xF0, 0x89, 0x07) },
	{ "rep", BYTES(0xF3, 0x8B, 0x07) },
	{ "gs", BYTES(0x65, 0x8B, 0x07) },
	{ "fs", BYTES(0x64, 0x8B, 0x07) },
	{ "ds", BYTES(0x3E, 0x8B, 0x07) },
	{ "67", BYTES(0x67, 0x8B, 0x07) },
	{ "66 twice", BYTES(0x66, 0x66, 0x8B, 0x07) },
	{ "REX before 66", BYTES(0x48, 0x66, 0x8B, 0x07) },
	{ "two REX", BYTES(0x40, 0x48, 0x8B, 0x07) },
	{ "and %eax, (%rdi)", BYTES(0x21, 0x07) },
	{ "test %eax, (%rdi)", BYTES(0x85, 0x07) },
	{ "xchg %eax, (%rdi)", BYTES(0x87, 0x07) },
	{ "stosl", BYTES(0xAB) },
	{ "movsl", BYTES(0xA5) },
	{ "push (%rdi)", BYTES(0xFF, 0x37) },
	{ "movbe", BYTES(0x0F, 0x38, 0xF0, 0x07) },
	{ "movups", BYTES(0x0F, 0x10, 0x07) },
	{ "cmpxchg", BYTES(0x0F, 0xB1, 0x07) },
	{ "vex", BYTES(0xC5, 0xF8, 0x10, 0x07) },
	{ "lea", BYTES(0x8D, 0x07) },
	{ "nop", BYTES(0x90) },
};

static void test_unknown(void **state)
{
	struct decoded d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		if (decode_cut(unknown[i].bytes, unknown[i].length, &d)) {
			fail_msg("known: %s", unknown[i].text);
		}
	}
}

/* Anything: what is known has sizes and registers that exist, and is as long as what was read. */
static void test_anything(void **state)
{
	uint64_t random = 88172645463325252;
	uint32_t found = 0;
	uint32_t i, k;

	(void)state;
	for (i = 0; i < 2000000; i++) {
		uint8_t bytes[DECODE_BYTES_MAX];
		struct decoded d;

		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		memcpy(bytes, &random, 8);
		memcpy(bytes + 8, &random, 8);
		if (!decode_instruction(bytes, sizeof(bytes), &d)) {
			continue;
		}
		found++;
		assert_true(d.size == 1 || d.size == 2 || d.size == 4 || d.size == 8);
		assert_true(d.reg < 16 || (d.reg == NONE && d.is_store));
		assert_true(d.width >= d.size || d.reg == NONE);
		assert_true(d.width <= 8 && !(d.is_high && d.size != 1));
		assert_true((d.base < 16 || d.base == NONE) && (d.index < 16 || d.index == NONE));
		assert_true(d.index == NONE ? d.scale == 0 : d.scale != 0 && d.scale <= 8);
		assert_in_range(d.length, 2, 15);
		for (k = 0; k < d.length; k++) {
			struct decoded cut;

			assert_false(decode_instruction(bytes, k, &cut));
		}
	}
	assert_true(found > 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_behind),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
