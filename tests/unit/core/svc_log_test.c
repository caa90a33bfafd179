/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does VTL0's log line come from VTL0's memory only, whole, clean, and not without end?
 * Attack cases as far as a call that only reads has them.
 */
#include "core/handlers.h"

#include <string.h>

#include "core/mem_map.h"
#include "paravane/services.h"

#include "tests/fake/console.h"
#include "tests/fake/memory.h"
#include "tests/unit/test.h"

#define LINES_MAX 1024

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_memory_reset();
	fake_console_reset();
	fake_platform(&platform, 1);
	memset(fake_at(FAKE_LOW), 'a', FAKE_VTL2 - FAKE_LOW);
	memset(fake_at(FAKE_HIGH), 'b', FAKE_RESERVED - FAKE_HIGH);
	fake_vtl2_fill('!');
	return (int)mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
}

static enum err say(uint64_t gpa, uint64_t size)
{
	const uint64_t in[SERVICE_IN_MAX] = { gpa, size };
	uint64_t out[SERVICE_OUT_MAX] = { 0 };
	static const uint64_t nothing[SERVICE_OUT_MAX];
	enum err err = paravane_log(NULL, in, out);

	assert_memory_equal(out, nothing, sizeof(out));
	return err;
}

static const struct {
	const char *row; /* of the attack cases */
	uint64_t gpa;
	uint64_t size;
} refused[] = {
	{ "A-01 first", FAKE_VTL2, 8 },
	{ "A-01 middle", FAKE_VTL2 + FAKE_VTL2_SIZE / 2, 8 },
	{ "A-01 last", FAKE_HIGH - 1, 1 },
	{ "A-03 a byte", FAKE_VTL2 - 8, 9 },
	{ "A-03 more", FAKE_VTL2 - 1, 128 },
	{ "A-04", FAKE_HIGH - 1, 2 },
	{ "A-04 more", FAKE_HIGH - 127, 128 },
	{ "A-05", UINT64_MAX - 0xFFF, 0x2000 },
	{ "A-05 small", UINT64_MAX - 7, 16 },
	{ "A-05 exact", UINT64_MAX - 7, 8 },
	{ "A-06 end + 1", FAKE_RESERVED - 16, 17 },
	{ "A-07 bit 32", FAKE_LOW + (UINT64_C(1) << 32), 8 },
	{ "A-07 bit 40", FAKE_LOW + (UINT64_C(1) << 40), 8 },
	{ "A-07 bit 48", FAKE_LOW + (UINT64_C(1) << 48), 8 },
	{ "A-07 bit 63", FAKE_LOW + (UINT64_C(1) << 63), 8 },
	{ "A-10 our UART", FAKE_UART0, 4 },
	{ "A-10 VTL0's UART", FAKE_UART1, 4 },
	{ "A-11 hole", FAKE_END, 8 },
	{ "A-11 low", 0, 8 },
	{ "A-11 before", FAKE_LOW - 1, 8 },
	{ "reserved", FAKE_RESERVED, 8 },
	{ "into reserved", FAKE_RESERVED - 1, 2 },
};

static void test_addresses(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		if (say(refused[i].gpa, refused[i].size) == OK) {
			fail_msg("%s was accepted", refused[i].row);
		}
	}
	/* Refused as a whole: no line, not even of the good part. */
	assert_int_equal(fake_console_lines(), 0);
	/* And the next good one works. */
	assert_int_equal(say(FAKE_LOW, 3), OK);
	assert_string_equal(fake_console_text(), "I vtl0: aaa\r\n");
	assert_true(fake_vtl2_is('!'));
}

static void test_lengths(void **state)
{
	static const uint64_t bad[] = {
		0, 129, 4096, UINT32_MAX, UINT64_C(1) << 32, (UINT64_C(1) << 32) + 5, UINT64_MAX
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(say(FAKE_LOW, bad[i]), ERR_INVALID);
		assert_int_equal(say(FAKE_VTL2, bad[i]), ERR_INVALID);
	}
	assert_int_equal(fake_console_lines(), 0);
	assert_int_equal(say(FAKE_LOW, 1), OK);
	assert_int_equal(say(FAKE_LOW, 128), OK);
	assert_int_equal(strlen(fake_console_text()), strlen("I vtl0: a\r\nI vtl0: \r\n") + 128);
}

/* The last bytes of a range, and over a seam between two of them. */
static void test_exact_fit(void **state)
{
	(void)state;
	assert_int_equal(say(FAKE_VTL2 - 4, 4), OK);
	assert_int_equal(say(FAKE_RESERVED - 4, 4), OK);
	assert_int_equal(say(FAKE_HIGH, 4), OK);
	memset(fake_at(FAKE_SEAM), 's', 4);
	assert_int_equal(say(FAKE_SEAM - 2, 4), OK);
	assert_string_equal(fake_console_text(), "I vtl0: aaaa\r\nI vtl0: bbbb\r\n"
						 "I vtl0: bbbb\r\nI vtl0: aass\r\n");
}

/* Nothing that VTL0 writes can look like a line of ours, or move the terminal. */
static void test_control_characters(void **state)
{
	static const char evil[] = "x\nE forged\r\033[2J\t\x7F\x80\xFFz";

	(void)state;
	memcpy(fake_at(FAKE_LOW), evil, sizeof(evil));
	assert_int_equal(say(FAKE_LOW, sizeof(evil)), OK);
	assert_int_equal(fake_console_lines(), 1);
	assert_string_equal(fake_console_text(), "I vtl0: x?E forged??[2J????z?\r\n");
}

/* Last: so many lines and no more, until the machine restarts; refused ones do not count. */
static void test_line_limit(void **state)
{
	uint32_t written = 0;
	uint32_t i;
	enum err err = OK;

	(void)state;
	for (i = 0; i < LINES_MAX; i++) {
		assert_int_not_equal(say(FAKE_VTL2, 8), OK);
	}
	for (i = 0; i < 3 * LINES_MAX && (err = say(FAKE_LOW, 8)) == OK; i++) {
		written++;
	}
	assert_int_equal(err, ERR_DENIED);
	assert_in_range(written, 100, LINES_MAX);
	assert_int_equal(fake_console_lines(), written);
	for (i = 0; i < 100; i++) {
		assert_int_equal(say(FAKE_LOW, 8), ERR_DENIED);
		/* What is wrong stays wrong, with the same code. */
		assert_int_equal(say(FAKE_LOW, 0), ERR_INVALID);
		assert_int_equal(say(FAKE_VTL2, 8), ERR_RANGE);
	}
	assert_int_equal(fake_console_lines(), written);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_addresses, setup),
		cmocka_unit_test_setup(test_lengths, setup),
		cmocka_unit_test_setup(test_exact_fit, setup),
		cmocka_unit_test_setup(test_control_characters, setup),
		cmocka_unit_test_setup(test_line_limit, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
