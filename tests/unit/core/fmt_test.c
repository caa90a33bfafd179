/* SPDX-License-Identifier: BSD-2-Clause */
/* Does each conversion print what it should, and is nothing ever written past the buffer? */
#include "core/fmt.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/test.h"

#define CHECK_PRINT(wanted, ...)                                                                   \
	do {                                                                                       \
		char text[128];                                                                    \
		assert_int_equal(fmt_print(text, sizeof(text), __VA_ARGS__), strlen(wanted));      \
		assert_string_equal(text, wanted);                                                 \
	} while (0)

static void test_strings(void **state)
{
	(void)state;
	CHECK_PRINT("plain", "plain");
	CHECK_PRINT("", "%s", "");
	CHECK_PRINT("a-b", "%s-%s", "a", "b");
	CHECK_PRINT("ab  |", "%4s|", "ab");
	CHECK_PRINT("abcdef|", "%4s|", "abcdef");
	CHECK_PRINT("x", "%c", 'x');
	CHECK_PRINT("100%", "100%%");
}

static void test_unsigned(void **state)
{
	(void)state;
	CHECK_PRINT("0", "%u", 0U);
	CHECK_PRINT("4294967295", "%u", UINT_MAX);
	CHECK_PRINT("18446744073709551615", "%lu", ULONG_MAX);
	CHECK_PRINT("18446744073709551615", "%llu", ULLONG_MAX);
	CHECK_PRINT("7", "%zu", (size_t)7);
	CHECK_PRINT("   42", "%5u", 42U);
	CHECK_PRINT("00042", "%05u", 42U);
	CHECK_PRINT("123456", "%3u", 123456U);
}

static void test_hexadecimal(void **state)
{
	(void)state;
	CHECK_PRINT("0", "%x", 0U);
	CHECK_PRINT("deadbeef", "%x", 0xDEADBEEFU);
	CHECK_PRINT("0xffffffffffffffff", "0x%lx", ULONG_MAX);
	CHECK_PRINT("0000000000000001", "%016lx", 1UL);
	CHECK_PRINT("1234abcd", "%p", (void *)0x1234ABCDUL);
}

static void test_signed(void **state)
{
	(void)state;
	CHECK_PRINT("0", "%d", 0);
	CHECK_PRINT("-1", "%d", -1);
	CHECK_PRINT("2147483647", "%d", INT_MAX);
	CHECK_PRINT("-2147483648", "%d", INT_MIN);
	CHECK_PRINT("-9223372036854775808", "%ld", LONG_MIN);
	CHECK_PRINT("9223372036854775807", "%ld", LONG_MAX);
	CHECK_PRINT("  -7", "%4d", -7);
	CHECK_PRINT("-007", "%04d", -7);
}

/* Every size from 0 to more than enough: cut, ended, and not a byte beyond. */
static void test_cut_at_every_size(void **state)
{
	static const char wanted[] = "ab -12345 cafe zz   |end";
	char room[64];
	size_t size;

	(void)state;
	for (size = 0; size < sizeof(room) - 1; size++) {
		size_t n;

		memset(room, '#', sizeof(room));
		n = fmt_print(room, size, "%s %d %x %5s|end", "ab", -12345, 0xCAFEU, "zz");
		if (size == 0) {
			assert_int_equal(n, 0);
		} else {
			size_t fits = size - 1 < strlen(wanted) ? size - 1 : strlen(wanted);

			assert_int_equal(n, fits);
			assert_memory_equal(room, wanted, fits);
			assert_int_equal(room[fits], '\0');
		}
		assert_int_equal(room[size], '#');
	}
}

/* A conversion that is not ours, or none at the end: stop there, inside the string. */
static void test_unknown_conversion(void **state)
{
	static const char *const formats[] = { "ab%", "ab%l", "ab%5", "ab%q tail", "ab%-3d tail" };
	char text[32];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		const char *volatile f = formats[i]; /* the compiler must not check it */

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
		assert_int_equal(fmt_print(text, sizeof(text), f), 2);
#pragma GCC diagnostic pop
		assert_string_equal(text, "ab");
	}
}

static void test_against_libc(void **state)
{
	uint64_t seed = 1;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		uint64_t v = test_random(&seed) >> (test_random(&seed) % 64);
		char ours[96];
		char theirs[96];
		size_t n;

		n = fmt_print(ours, sizeof(ours), "%lu|%lx|%ld|%020lu|%18lx|%d|%u", v, v, (long)v,
			      v, v, (int)v, (unsigned int)v);
		snprintf(theirs, sizeof(theirs), "%lu|%lx|%ld|%020lu|%18lx|%d|%u", v, v, (long)v, v,
			 v, (int)v, (unsigned int)v);
		assert_string_equal(ours, theirs);
		assert_int_equal(n, strlen(ours));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings),		  cmocka_unit_test(test_unsigned),
		cmocka_unit_test(test_hexadecimal),	  cmocka_unit_test(test_signed),
		cmocka_unit_test(test_cut_at_every_size), cmocka_unit_test(test_unknown_conversion),
		cmocka_unit_test(test_against_libc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
