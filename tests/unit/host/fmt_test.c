/* SPDX-License-Identifier: BSD-2-Clause */
/* Does the host's printf say what the C library's says, and stay in its buffer? */
#include "tests/host/common/fmt.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/host/test.h"

/* The same call to both. The heap makes each byte too far an error of the sanitizer. */
#define SAME(...)                                                                                  \
	do {                                                                                       \
		char theirs[256];                                                                  \
		int length = snprintf(theirs, sizeof(theirs), __VA_ARGS__);                        \
		char *ours = malloc((size_t)length + 1);                                           \
		assert_non_null(ours);                                                             \
		assert_int_equal(host_snprintf(ours, (size_t)length + 1, __VA_ARGS__), length);    \
		assert_string_equal(ours, theirs);                                                 \
		free(ours);                                                                        \
	} while (0)

static void test_numbers(void **state)
{
	(void)state;
	SAME("%d %d %d %i", 0, -1, INT_MAX, INT_MIN);
	SAME("%u %x %X", UINT_MAX, 0xDEADBEEFU, 0xDEADBEEFU);
	SAME("%ld %ld %lu %lx", LONG_MIN, LONG_MAX, ULONG_MAX, ULONG_MAX);
	SAME("%lld %llu %llx", LLONG_MIN, ULLONG_MAX, 0x123456789ABCDEF0ULL);
	SAME("%zu %zx", (size_t)12345, SIZE_MAX);
	SAME("%#x %#lx", 0x10U, 0x10UL);
}

static void test_width(void **state)
{
	(void)state;
	SAME("[%5d] [%-5d] [%05d] [%5d]", 42, 42, 42, -42);
	SAME("[%05d] [%08x] [%016lx]", -42, 0xABCU, 0x1234UL);
	SAME("[%#10x] [%#010x] [%-#10x]", 0xABU, 0xABU, 0xABU);
	SAME("[%2d] [%1x]", 12345, 0x12345U);
}

static void test_text(void **state)
{
	(void)state;
	SAME("%s|%10s|%-10s|", "word", "word", "word");
	SAME("%.3s|%.*s|%.*s|%5.2s|", "abcdef", 2, "abcdef", 0, "abcdef", "abcdef");
	SAME("%c%c%c 100%%", 'a', 'b', 'c');
	SAME("%s", "");
	SAME("nothing to do");
}

static void test_text_without_end(void **state)
{
	const char raw[3] = { 'a', 'b', 'c' };
	char out[8];

	(void)state;
	assert_int_equal(host_snprintf(out, sizeof(out), "%.*s", 3, raw), 3);
	assert_string_equal(out, "abc");
}

static void test_own_answers(void **state)
{
	/* Where the C library may differ; hidden, for the compiler would refuse them. */
	const char *null_format = "%s";
	const char *bad_format = "%d %q|%";
	const char *volatile none = NULL;
	char out[32];

	(void)state;
	(void)host_snprintf(out, sizeof(out), null_format, none);
	assert_string_equal(out, "(null)");
	(void)host_snprintf(out, sizeof(out), "%p", (void *)0x1000);
	assert_string_equal(out, "0x1000");
	(void)host_snprintf(out, sizeof(out), bad_format, 1);
	assert_string_equal(out, "1 %q|%");
}

static void test_short_buffer(void **state)
{
	size_t size;

	(void)state;
	assert_int_equal(host_snprintf(NULL, 0, "%d", 12345), 5);
	for (size = 1; size < 12; size++) {
		char *out = malloc(size);

		assert_non_null(out);
		assert_int_equal(host_snprintf(out, size, "%s%05d", "abc", 7), 8);
		assert_int_equal(strlen(out), size < 9 ? size - 1 : 8);
		assert_memory_equal(out, "abc00007", strlen(out));
		free(out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),	    cmocka_unit_test(test_width),
		cmocka_unit_test(test_text),	    cmocka_unit_test(test_text_without_end),
		cmocka_unit_test(test_own_answers), cmocka_unit_test(test_short_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
