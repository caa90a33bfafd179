/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does every stop leave its words behind, where each reader finds them, and stand still first?
 *
 * The file is included: its state cannot be taken back otherwise.
 */
/* NOLINTNEXTLINE(bugprone-suspicious-include): its state */
#include "vtl/crash.c"

#include <stdio.h>
#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define ACTIVITY_STATE 0x04
#define CRASH_P0 0x00000210
#define CRASH_P1 0x00000211
#define CRASH_P2 0x00000212
#define CRASH_P3 0x00000213
#define CRASH_P4 0x00000214
#define CRASH_CTL 0x00000215

#define CPUS 3
#define IMAGE 0x40000000

static struct platform platform;

static int setup(void **state)
{
	uint32_t i;

	(void)state;
	stopping = 0;
	registers_usable = false;
	memset(&fake_end, 0, sizeof(fake_end));
	fake_console_reset();
	fake_machine(&platform, CPUS);
	fake_hv_reset();
	fake_vtl_reset();
	crash_report_init((struct range){ IMAGE, 0x10000 });
	for (i = 0; i < CPUS; i++) {
		vp_set_state(vp_by_number(i), VP_UP);
		memset(&vp_by_number(i)->drbg, 0xA5, sizeof(struct drbg));
	}
	return 0;
}

static void test_not_started(void **state)
{
	(void)state;
	crash_registers_usable();
	RUN_UNTIL_STOP(not_started("wrong place %u", 7U));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_true(fake_console_has("E not started: wrong place 7\r\n"));
	/* Not a crash. */
	assert_int_equal(fake_hv_count(), 0);
}

static void test_fatal_early(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(fatal("tree", "node %s", "/x"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_true(fake_console_has("E stopped: tree: node /x\r\n"));
	assert_int_equal(fake_hv_count(), CPUS);
}

/* Where the crash registers can be reached: the first 16 characters, the notification last. */
static void test_tells_hypervisor(void **state)
{
	const char *text;
	size_t size;

	(void)state;
	crash_registers_usable();
	RUN_UNTIL_STOP(fatal("abcdefghijklmnopqrst", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_hv_value(2, CRASH_P0), 0x6867666564636261);
	assert_int_equal(fake_hv_value(2, CRASH_P1), 0x706F6E6D6C6B6A69);
	assert_int_equal(fake_hv_value(2, CRASH_P2), IMAGE);
	assert_int_equal(fake_hv_value(2, CRASH_CTL), UINT64_C(0xE000000000000000));
	size = log_report(&text);
	assert_int_equal(fake_hv_value(2, CRASH_P3), (uintptr_t)text);
	assert_int_equal(fake_hv_value(2, CRASH_P4), size);
	assert_int_equal((uintptr_t)text % 4096, 0);
	assert_memory_equal(text + size - 21, &"abcdefghijklmnopqrst: why\n"[5], 21);
	assert_int_equal(fake_hv_call(0x51, CPUS + 5)->in[16], CRASH_CTL & 0xFF);
	assert_int_equal(fake_hv_count(), CPUS + 6);
	/* A fault on that path does not come back to it. */
	RUN_UNTIL_STOP(fatal("again", "why"));
	assert_int_equal(fake_hv_count(), CPUS + 6);
	assert_true(fake_console_has("E stopped: again: why\r\n"));
	assert_int_equal(setup(NULL), 0);
	crash_registers_usable();
	RUN_UNTIL_STOP(fatal("ab", "why"));
	assert_int_equal(fake_hv_value(2, CRASH_P0), 0x6261);
	assert_int_equal(fake_hv_value(2, CRASH_P1), 0);
}

static void test_registers_refused(void **state)
{
	(void)state;
	crash_registers_usable();
	fake_hv_refuse_register(CRASH_P0, 0x0087);
	RUN_UNTIL_STOP(fatal("abc", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_hv_count(), CPUS + 1);
}

/* Each VP's VTL0 is suspended, before a word is said: a kick may be lost, and a console is slow. */
static void test_stops_all(void **state)
{
	static const struct drbg no_drbg;
	uint32_t i;

	(void)state;
	fatal_begin();
	assert_string_equal(fake_console_text(), "");
	assert_int_equal(fake_end.at_once, 1);
	assert_int_equal(fake_hv_count(), CPUS);
	for (i = 0; i < CPUS; i++) {
		const struct fake_hv_call *call = fake_hv_call(0x51, i);

		assert_int_equal(call->in[8], vp_by_number(i)->index.v);
		assert_int_equal(call->in[12], 0x10);
		assert_int_equal(call->in[16], ACTIVITY_STATE);
		assert_int_equal(call->in[32], 1);
	}
	RUN_UNTIL_STOP(fatal("somewhere", "why"));
	assert_int_equal(fake_end.at_once, 1);
	assert_int_equal(fake_hv_count(), CPUS);
	/* Nobody's secrets are left. */
	for (i = 0; i < CPUS; i++) {
		assert_memory_equal(&vp_by_number(i)->drbg, &no_drbg, sizeof(no_drbg));
	}
}

/* Two at once: the second says nothing and stands still. */
static void test_only_one_speaks(void **state)
{
	(void)state;
	fatal_begin();
	fake_cpu.hw_id = vp_by_number(1)->hw_id;
	RUN_UNTIL_STOP(fatal("second", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_string_equal(fake_console_text(), "");
	assert_int_equal(fake_hv_count(), CPUS);
}

/* A VP that lost its own struct makes no call, whose pages it would take from there. */
static void test_lost_vp(void **state)
{
	struct vp stranger = { 0 };

	(void)state;
	fake_cpu.this_vp = &stranger;
	fatal_begin();
	assert_int_equal(fake_end.at_once, 1);
	assert_int_equal(fake_hv_count(), 0);
	RUN_UNTIL_STOP(fatal("somewhere", "why"));
	assert_true(fake_console_has("E stopped: somewhere: why\r\n"));
}

/* Of the stack only addresses of the image and of the stack itself are shown. */
static void test_place(void **state)
{
	uint64_t top = vp_boot()->stack_top;
	uint64_t *word = (uint64_t *)(uintptr_t)(top - 64);
	char expected[200];

	(void)state;
	memset((void *)(uintptr_t)(top - 0x4000), 0x5A, 0x4000);
	word[0] = IMAGE + 0x1234;
	word[1] = top - 8;
	word[2] = IMAGE + 0x10000;
	crash_report_place(IMAGE + 0x10, top - 4096);
	snprintf(expected, sizeof(expected),
		 "E IMAGE 0x%x PC 0x%x SP 0x%lx\r\n"
		 "E STACK 0x%lx: 0x%x 0x%lx 0x0 0x0\r\n",
		 IMAGE, IMAGE + 0x10, (unsigned long)(top - 4096), (unsigned long)(top - 64),
		 IMAGE + 0x1234, (unsigned long)(top - 8));
	assert_string_equal(fake_console_text(), expected);
}

/* What is no stack of ours is not read; one that ran over is shown from its end. */
static void test_place_unknown(void **state)
{
	uint64_t top = vp_boot()->stack_top;

	(void)state;
	crash_report_place(IMAGE, 8);
	assert_true(fake_console_has("E STACK unknown\r\n"));
	fake_console_reset();
	crash_report_place(IMAGE, top - 64 + 4);
	assert_true(fake_console_has("E STACK unknown\r\n"));
	fake_console_reset();
	*(uint64_t *)(uintptr_t)(top - 0x4000) = IMAGE;
	crash_report_place(IMAGE, top - 0x4000 - 16);
	assert_false(fake_console_has("unknown"));
	assert_true(fake_console_has(": 0x40000000 "));
}

/* However deep the stack, the message has room for the reason behind it. */
static void test_place_is_bounded(void **state)
{
	uint64_t top = vp_boot()->stack_top;
	uint64_t at;

	(void)state;
	for (at = top - 0x4000; at < top; at += 8) {
		*(uint64_t *)(uintptr_t)at = top - 8;
	}
	crash_report_place(IMAGE, top - 0x4000);
	assert_int_equal(fake_console_lines(), 1 + 24);
}

static void test_check(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(CHECK(1 + 1 == 3));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_true(fake_console_has("E IMAGE 0x40000000 PC 0x"));
	assert_true(fake_console_has("crash_test.c: broken assumption: 1 + 1 == 3\r\n"));
}

/* At boot there is nobody to stop, and no interrupt controller to do it with. */
static void test_fatal_at_boot(void **state)
{
	(void)state;
	vp_set_state(vp_boot(), VP_OFF);
	RUN_UNTIL_STOP(fatal("vsm", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	stopping = 0;
	fake_vps_forget();
	RUN_UNTIL_STOP(fatal("image", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_end.at_once, 0);
}

static void test_long_words(void **state)
{
	char text[2 * LOG_LINE_MAX];

	(void)state;
	memset(text, 'w', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	RUN_UNTIL_STOP(fatal(text, "%s", text));
	RUN_UNTIL_STOP(not_started("%s", text));
	assert_int_equal(fake_console_lines(), 2);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_not_started),	      TEST(test_fatal_early), TEST(test_tells_hypervisor),
		TEST(test_registers_refused), TEST(test_stops_all),   TEST(test_only_one_speaks),
		TEST(test_lost_vp),	      TEST(test_place),	      TEST(test_place_unknown),
		TEST(test_place_is_bounded),  TEST(test_check),	      TEST(test_fatal_at_boot),
		TEST(test_long_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
