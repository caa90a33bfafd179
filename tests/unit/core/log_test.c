/* SPDX-License-Identifier: BSD-2-Clause */
/* Does each line reach ring and console whole, clean, cut at the limit, and by level? */
#include "core/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/console.h"
#include "tests/unit/test.h"

/* First, before there is a console: nothing is lost. */
static void test_late_console(void **state)
{
	(void)state;
	log_error("early %u", 1U);
	log_warn("early %u", 2U);
	assert_string_equal(fake_console_text(), "");
	log_console_set(FAKE_CONSOLE);
	assert_string_equal(fake_console_text(), "E early 1\r\nW early 2\r\n");
	log_error("now");
	assert_string_equal(fake_console_text(), "E early 1\r\nW early 2\r\nE now\r\n");
}

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	return 0;
}

static void test_levels(void **state)
{
	(void)state;
	log_error("a");
	log_warn("b");
	log_info("c");
	log_debug("d");
	assert_string_equal(fake_console_text(), CONFIG_LOG_LEVEL == 3 ?
							 "E a\r\nW b\r\nI c\r\nD d\r\n" :
							 "E a\r\nW b\r\n");
}

static void test_line_limit(void **state)
{
	char text[2 * LOG_LINE_MAX];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	log_error("%s", text);
	/* Two for the level, two for the end of the line, one that the NUL took. */
	assert_int_equal(strlen(fake_console_text()), LOG_LINE_MAX - 1 + 4);
	assert_memory_equal(fake_console_text(), "E xxx", 5);
}

/* Every byte value there is: what is not printable ASCII becomes '?', and nothing else does. */
static void test_foreign_text(void **state)
{
	char text[128];
	const char *line;
	size_t i;
	int half;

	(void)state;
	for (half = 0; half < 2; half++) {
		fake_console_reset();
		for (i = 0; i < sizeof(text); i++) {
			text[i] = (char)(128 * half + (int)i);
		}
		log_text(LOG_WARN, "vtl0", text, sizeof(text));
		assert_int_equal(fake_console_lines(), 1);
		line = fake_console_text();
		assert_memory_equal(line, "W vtl0: ", 8);
		for (i = 0; i < sizeof(text); i++) {
			bool printable = half == 0 && i >= 0x20 && i <= 0x7E;

			assert_int_equal(line[8 + i], printable ? (char)i : '?');
		}
		assert_memory_equal(line + 8 + sizeof(text), "\r\n", 2);
	}
}

/* It is text, not a format, and needs no end. */
static void test_foreign_text_is_no_format(void **state)
{
	static const char sent[6] = "%s%n%x";
	char *text = malloc(sizeof(sent));

	(void)state;
	memcpy(text, sent, sizeof(sent));
	log_text(LOG_ERROR, "x", text, sizeof(sent));
	assert_string_equal(fake_console_text(), "E x: %s%n%x\r\n");
	free(text);
}

static void test_foreign_text_limit(void **state)
{
	char text[3 * LOG_LINE_MAX];

	(void)state;
	memset(text, 'y', sizeof(text));
	log_text(LOG_ERROR, "from", text, sizeof(text));
	assert_int_equal(strlen(fake_console_text()), LOG_LINE_MAX + 4);
	fake_console_reset();
	log_text(LOG_ERROR, "from", text, 0);
	assert_string_equal(fake_console_text(), "E from: \r\n");
	fake_console_reset();
	log_text(LOG_DEBUG, "from", text, 1);
	assert_int_equal(fake_console_lines(), CONFIG_LOG_LEVEL == 3 ? 1 : 0);
}

/* The ring keeps the newest bytes, in order; a new console gets exactly those. */
static void test_ring_wraps(void **state)
{
	static char all[4 * CONFIG_LOG_BUF_SIZE];
	const char *late;
	size_t used = 0;
	size_t i;
	size_t k = 0;

	(void)state;
	for (i = 0; used < 2 * CONFIG_LOG_BUF_SIZE + 777; i++) {
		int n = snprintf(all + used, 64, "E line %zu of many\n", i);

		used += (size_t)n;
		log_error("line %zu of many", i);
	}
	fake_console_empty();
	log_console_set(FAKE_CONSOLE);
	late = fake_console_text();
	for (i = used - CONFIG_LOG_BUF_SIZE; i < used; i++) {
		if (all[i] == '\n') {
			assert_int_equal(late[k++], '\r');
		}
		assert_int_equal(late[k++], all[i]);
	}
	assert_int_equal(k, strlen(late));
}

static void test_no_console(void **state)
{
	const char *late;

	(void)state;
	log_console_set(0);
	log_error("into the ring only");
	fake_console_empty();
	log_console_set(FAKE_CONSOLE);
	late = fake_console_text();
	assert_string_equal(late + strlen(late) - 22, "E into the ring only\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_late_console),
		cmocka_unit_test_setup(test_levels, setup),
		cmocka_unit_test_setup(test_line_limit, setup),
		cmocka_unit_test_setup(test_foreign_text, setup),
		cmocka_unit_test_setup(test_foreign_text_is_no_format, setup),
		cmocka_unit_test_setup(test_foreign_text_limit, setup),
		cmocka_unit_test_setup(test_ring_wraps, setup),
		cmocka_unit_test_setup(test_no_console, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
