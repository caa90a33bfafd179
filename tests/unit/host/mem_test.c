/* SPDX-License-Identifier: BSD-2-Clause */
/* Do the host's memory functions what the C library's do, at every alignment and size? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/host/test.h"

/* Under other names, so that the C library's stay beside them; no prototype of mem.h fits then. */
#define memcpy host_memcpy
#define memmove host_memmove
#define memset host_memset
#define memcmp host_memcmp
/* NOLINTNEXTLINE(bugprone-suspicious-include): under other names */
#include "tests/host/common/mem.c"
#undef memcpy
#undef memmove
#undef memset
#undef memcmp

#define SIZE_MAX_TRIED 40U
#define OFFSETS 9U
#define ROOM (SIZE_MAX_TRIED + 2 * OFFSETS)

static void fill(uint8_t *bytes, uint8_t seed)
{
	uint32_t i;

	for (i = 0; i < ROOM; i++) {
		bytes[i] = (uint8_t)(seed + i * 7);
	}
}

static void test_copy(void **state)
{
	uint8_t from[ROOM] __attribute__((aligned(16)));
	uint8_t ours[ROOM] __attribute__((aligned(16)));
	uint8_t theirs[ROOM] __attribute__((aligned(16)));
	uint32_t to_at, from_at, size;

	(void)state;
	fill(from, 3);
	for (to_at = 0; to_at < OFFSETS; to_at++) {
		for (from_at = 0; from_at < OFFSETS; from_at++) {
			for (size = 0; size <= SIZE_MAX_TRIED; size++) {
				fill(ours, 99);
				fill(theirs, 99);
				memcpy(theirs + to_at, from + from_at, size);
				assert_ptr_equal(host_memcpy(ours + to_at, from + from_at, size),
						 ours + to_at);
				assert_memory_equal(ours, theirs, ROOM);
			}
		}
	}
}

static void test_move(void **state)
{
	uint8_t ours[ROOM];
	uint8_t theirs[ROOM];
	uint32_t to_at, from_at, size;

	(void)state;
	for (to_at = 0; to_at < OFFSETS; to_at++) {
		for (from_at = 0; from_at < OFFSETS; from_at++) {
			for (size = 0; size <= SIZE_MAX_TRIED; size++) {
				fill(ours, 5);
				fill(theirs, 5);
				memmove(theirs + to_at, theirs + from_at, size);
				assert_ptr_equal(host_memmove(ours + to_at, ours + from_at, size),
						 ours + to_at);
				assert_memory_equal(ours, theirs, ROOM);
			}
		}
	}
}

static void test_set(void **state)
{
	uint8_t ours[ROOM] __attribute__((aligned(16)));
	uint8_t theirs[ROOM] __attribute__((aligned(16)));
	uint32_t at, size;

	(void)state;
	for (at = 0; at < OFFSETS; at++) {
		for (size = 0; size <= SIZE_MAX_TRIED; size++) {
			fill(ours, 1);
			fill(theirs, 1);
			/* Only the low byte counts. */
			memset(theirs + at, 0xA5, size);
			assert_ptr_equal(host_memset(ours + at, 0x1A5, size), ours + at);
			assert_memory_equal(ours, theirs, ROOM);
		}
	}
}

static void test_compare(void **state)
{
	uint8_t a[ROOM];
	uint8_t b[ROOM];
	uint32_t i;

	(void)state;
	fill(a, 1);
	fill(b, 1);
	assert_int_equal(host_memcmp(a, b, ROOM), 0);
	for (i = 0; i < ROOM; i++) {
		a[i] = 0x7F;
		b[i] = 0x80;
		assert_true(host_memcmp(a, b, ROOM) < 0);
		assert_true(host_memcmp(b, a, ROOM) > 0);
		assert_int_equal(host_memcmp(a, b, i), 0);
		b[i] = 0x7F;
	}
}

/* An exact buffer on the heap: the sanitizer sees one byte too far. */
static void test_exact(void **state)
{
	uint32_t size;

	(void)state;
	for (size = 1; size <= SIZE_MAX_TRIED; size++) {
		uint8_t *from = malloc(size);
		uint8_t *to = malloc(size);

		assert_non_null(from);
		assert_non_null(to);
		(void)host_memset(from, (int)size, size);
		(void)host_memcpy(to, from, size);
		assert_int_equal(host_memcmp(to, from, size), 0);
		(void)host_memmove(to, from, size);
		free(from);
		free(to);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copy),  cmocka_unit_test(test_move),
		cmocka_unit_test(test_set),   cmocka_unit_test(test_compare),
		cmocka_unit_test(test_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
