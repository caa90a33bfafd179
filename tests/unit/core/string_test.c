/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do the firmware's memory and string functions do what the C library's do?
 *
 * They have the library's names, so they are renamed and included here.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test.h"

#define memcpy fw_memcpy
#define memmove fw_memmove
#define memset fw_memset
#define memcmp fw_memcmp
#define memchr fw_memchr
#define strnlen fw_strnlen
#define strlen fw_strlen
#define strchr fw_strchr
#define strncmp fw_strncmp
#define strcmp fw_strcmp

void *memcpy(void *restrict dst, const void *restrict src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
size_t strnlen(const char *s, size_t max);
size_t strlen(const char *s);
char *strchr(const char *s, int c);
int strncmp(const char *a, const char *b, size_t n);
int strcmp(const char *a, const char *b);

/* NOLINTNEXTLINE(bugprone-suspicious-include): under other names */
#include "core/string.c"

#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strnlen
#undef strlen
#undef strchr
#undef strncmp
#undef strcmp

#define ROUNDS 20000
#define ROOM 160

static uint64_t seed = 7;

static size_t below(size_t limit)
{
	return test_random(&seed) % limit;
}

static void fill(uint8_t *p)
{
	size_t i;

	for (i = 0; i < ROOM; i++) {
		p[i] = (uint8_t)test_random(&seed);
	}
}

static int sign(int v)
{
	return (v > 0) - (v < 0);
}

static void test_copies(void **state)
{
	static _Alignas(8) uint8_t from[ROOM], ours[ROOM], theirs[ROOM];
	int i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		size_t d = below(ROOM / 2), s = below(ROOM / 2), n = below(ROOM / 2);

		fill(from);
		fill(ours);
		memcpy(theirs, ours, ROOM);
		assert_ptr_equal(fw_memcpy(ours + d, from + s, n), ours + d);
		memcpy(theirs + d, from + s, n);
		assert_memory_equal(ours, theirs, ROOM);
		/* Overlapping, in both directions and onto itself. */
		assert_ptr_equal(fw_memmove(ours + d, ours + s, n), ours + d);
		memmove(theirs + d, theirs + s, n);
		assert_memory_equal(ours, theirs, ROOM);
		assert_ptr_equal(fw_memset(ours + d, (int)i, n), ours + d);
		memset(theirs + d, (int)i, n);
		assert_memory_equal(ours, theirs, ROOM);
	}
}

static void test_memory_compare(void **state)
{
	static uint8_t a[ROOM], b[ROOM];
	int i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		size_t n = below(ROOM), at = below(ROOM);
		int c = (int)below(512); /* more than a byte: only the low one counts */

		fill(a);
		memcpy(b, a, ROOM);
		assert_int_equal(fw_memcmp(a, b, n), 0);
		b[at] ^= (uint8_t)(1U << below(8));
		assert_int_equal(sign(fw_memcmp(a, b, n)), sign(memcmp(a, b, n)));
		assert_ptr_equal(fw_memchr(a, c, n), memchr(a, c, n));
	}
}

static void test_strings(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		char a[ROOM], b[ROOM];
		size_t n = below(ROOM), k;
		int c;

		for (k = 0; k < ROOM; k++) {
			/* Few letters, some above 0x7F, so that equal beginnings are common. */
			a[k] = (char)(0x7E + below(4));
			b[k] = a[k];
			if (below(16) == 0) {
				b[k] = (char)(0x7E + below(4));
			}
		}
		a[below(ROOM)] = '\0';
		b[below(ROOM)] = '\0';
		a[ROOM - 1] = '\0';
		b[ROOM - 1] = '\0';
		c = below(8) == 0 ? 0 : (int)(0x7E + below(5));
		assert_int_equal(fw_strlen(a), strlen(a));
		assert_int_equal(fw_strnlen(a, n), strnlen(a, n));
		assert_int_equal(sign(fw_strcmp(a, b)), sign(strcmp(a, b)));
		assert_int_equal(sign(fw_strncmp(a, b, n)), sign(strncmp(a, b, n)));
		assert_ptr_equal(fw_strchr(a, c), strchr(a, c));
	}
}

/* Nothing is read beyond what was asked for: the sanitizer watches blocks of the exact size. */
static void test_bounds(void **state)
{
	size_t n;

	(void)state;
	for (n = 0; n < 40; n++) {
		uint8_t *a = malloc(n + 1);
		uint8_t *b = malloc(n + 1);

		fw_memset(a, 'x', n);
		a[n] = 0;
		assert_int_equal(fw_strlen((char *)a), n);
		fw_memcpy(b, a, n + 1);
		assert_int_equal(fw_memcmp(a, b, n + 1), 0);
		assert_int_equal(fw_strcmp((char *)a, (char *)b), 0);
		assert_int_equal(fw_strnlen((char *)a, n), n);
		assert_null(fw_memchr(a, 'y', n + 1));
		fw_memmove(a, a + 1, n);
		fw_memmove(a + 1, a, n);
		free(a);
		free(b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_memory_compare),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
