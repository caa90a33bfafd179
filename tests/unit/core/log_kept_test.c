/* SPDX-License-Identifier: BSD-2-Clause */
/* Is what the last run left shown as it was, and never believed? */
#include "core/log_kept.h"

#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "tests/fake/console.h"
#include "tests/unit/test.h"

#define TEXT_OFFSET offsetof(struct log_ring, text)

static struct log_ring *memory;

/* With nothing behind it: reading past its end is seen. */
static int setup(void **state)
{
	(void)state;
	memory = malloc(sizeof(*memory));
	assert_non_null(memory);
	memset(memory, 0xA5, sizeof(*memory));
	log_console_set(FAKE_CONSOLE);
	fake_console_reset();
	return 0;
}

/* The log goes on elsewhere before the memory goes away. */
static int teardown(void **state)
{
	static struct log_ring rest;

	(void)state;
	log_move(&rest);
	free(memory);
	return 0;
}

static void put_last_run(const char *text, uint64_t written)
{
	memory->magic = LOG_RING_MAGIC;
	memory->size = sizeof(memory->text);
	memory->state = LOG_RING_RUNS;
	memory->written = written;
	memcpy(memory->text, text, strlen(text));
}

static void test_nothing_there(void **state)
{
	(void)state;
	log_kept_init(memory, sizeof(*memory));
	assert_true(fake_console_has("I log: no earlier run in the persistent memory\r\n"));
	log_error("from now on");
	assert_int_equal(memory->magic, LOG_RING_MAGIC);
	assert_int_equal(memory->state, LOG_RING_RUNS);
	assert_memory_equal(memory->text + memory->written - 12, "from now on\n", 12);
	log_kept_ended();
	assert_int_equal(memory->state, LOG_RING_ENDED);
}

static void test_too_small(void **state)
{
	(void)state;
	log_kept_init(memory, sizeof(*memory) - 1);
	assert_true(fake_console_has("are too few for it"));
	assert_int_equal(memory->magic, UINT64_C(0xA5A5A5A5A5A5A5A5));
}

static void test_last_run(void **state)
{
	(void)state;
	put_last_run("I one\nE two\nhalf", 16);
	log_kept_init(memory, sizeof(*memory));
	assert_true(fake_console_has("W log: the last run did not end by itself; it said:\r\n"
				     "last run: I one\r\nlast run: E two\r\nlast run: half\r\n"));
	/* It is not said again at the boot after the next. */
	assert_null(memmem(memory->text, sizeof(memory->text), "E two", 5));
}

static void test_ended(void **state)
{
	(void)state;
	put_last_run("I one\n", 6);
	memory->state = LOG_RING_ENDED;
	log_kept_init(memory, sizeof(*memory));
	assert_true(fake_console_has("I log: the last run ended as asked\r\n"));
	assert_false(fake_console_has("last run: "));
}

/* A ring that went round: from its first whole line on. */
static void test_went_round(void **state)
{
	(void)state;
	memset(memory->text, 'x', sizeof(memory->text));
	put_last_run("end\n", sizeof(memory->text) + 4);
	memory->text[10] = '\n';
	log_kept_init(memory, sizeof(*memory));
	assert_false(fake_console_has("last run: xxxxx\n"));
	assert_true(fake_console_has("last run: xxxxx"));
	assert_true(fake_console_has("xend\r\n"));
}

static void test_control_characters(void **state)
{
	(void)state;
	put_last_run("a\x1B[2J\x80\r\n", 8);
	log_kept_init(memory, sizeof(*memory));
	assert_true(fake_console_has("last run: a?[2J??\r\n"));
}

static void check_unreadable(void)
{
	log_kept_init(memory, sizeof(*memory));
	assert_true(fake_console_has("no earlier run"));
	assert_false(fake_console_has("last run: "));
}

static void test_hostile_size(void **state)
{
	static const uint32_t sizes[] = { 0, CONFIG_LOG_BUF_SIZE + 1, UINT32_MAX };
	uint32_t i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		put_last_run("I one\n", 6);
		memory->size = sizes[i];
		check_unreadable();
		assert_int_equal(teardown(state), 0);
		assert_int_equal(setup(state), 0);
	}
	put_last_run("I one\n", 6);
	memory->magic++;
	check_unreadable();
}

/* Any count is one that the ring can have reached; the work is bounded by the ring. */
static void test_hostile_count(void **state)
{
	(void)state;
	memset(memory->text, '\n', sizeof(memory->text));
	put_last_run("I one", UINT64_MAX);
	memory->size = 7;
	log_kept_init(memory, sizeof(*memory));
	/* "I one" lost its first whole line: an empty one and a begun one are left. */
	assert_int_equal(fake_console_lines(), 1 + 2);
	assert_int_equal(teardown(state), 0);
	assert_int_equal(setup(state), 0);
	memset(memory->text, 'y', sizeof(memory->text));
	put_last_run("", UINT64_MAX);
	log_kept_init(memory, sizeof(*memory));
	/* No line is whole. */
	assert_int_equal(fake_console_lines(), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing_there), TEST(test_too_small),	    TEST(test_last_run),
		TEST(test_ended),	  TEST(test_went_round),    TEST(test_control_characters),
		TEST(test_hostile_size),  TEST(test_hostile_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
