/* SPDX-License-Identifier: BSD-2-Clause */
/* Is each page handed out once, zeroed, and none after the end of boot? */
#include "core/page_pool.h"

#include <string.h>

#include "tests/fake/memory.h"
#include "tests/unit/test.h"

#define PAGES 16

static int setup(void **state)
{
	(void)state;
	fake_memory_reset();
	fake_vtl2_fill(0xC5);
	page_pool_init((struct range){ FAKE_VTL2, PAGES * HV_HYP_PAGE_SIZE });
	return 0;
}

/* First, while nobody has opened it. */
static void test_closed_before_init(void **state)
{
	pa_t pa;

	(void)state;
	assert_int_equal(page_pool_take(1, &pa), ERR_STATE);
}

static void test_zeroed_and_once(void **state)
{
	static const uint8_t zeroes[3 * HV_HYP_PAGE_SIZE];
	pa_t first;
	pa_t second;

	(void)state;
	assert_int_equal(page_pool_take(3, &first), OK);
	assert_memory_equal(fake_at(first.v), zeroes, sizeof(zeroes));
	assert_int_equal(*fake_at(first.v + sizeof(zeroes)), 0xC5);
	memset(fake_at(first.v), 1, sizeof(zeroes));
	assert_int_equal(page_pool_take(1, &second), OK);
	assert_false(range_overlaps((struct range){ first.v, sizeof(zeroes) },
				    (struct range){ second.v, HV_HYP_PAGE_SIZE }));
	assert_int_equal(page_pool_pages_left(), PAGES - 4);
}

static void test_exactly_all(void **state)
{
	pa_t pa;

	(void)state;
	assert_int_equal(page_pool_take(PAGES + 1, &pa), ERR_NO_MEMORY);
	/* A refused request takes nothing. */
	assert_int_equal(page_pool_pages_left(), PAGES);
	assert_int_equal(page_pool_take(PAGES, &pa), OK);
	assert_int_equal(page_pool_pages_left(), 0);
	assert_int_equal(page_pool_take(1, &pa), ERR_NO_MEMORY);
	assert_int_equal(*fake_at(FAKE_VTL2 + PAGES * HV_HYP_PAGE_SIZE), 0xC5);
}

/* count * 4096 would wrap to a small number. */
static void test_huge_count(void **state)
{
	pa_t pa = { 0x77 };

	(void)state;
	assert_int_equal(page_pool_take((UINT64_C(1) << 52) + 1, &pa), ERR_NO_MEMORY);
	assert_int_equal(page_pool_take(UINT64_MAX, &pa), ERR_NO_MEMORY);
	assert_int_equal(pa.v, 0x77);
	assert_int_equal(*fake_at(FAKE_VTL2), 0xC5);
}

static void test_closed(void **state)
{
	pa_t pa = { 0x77 };

	(void)state;
	page_pool_close();
	assert_int_equal(page_pool_take(1, &pa), ERR_STATE);
	assert_int_equal(pa.v, 0x77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed_before_init),
		cmocka_unit_test_setup(test_zeroed_and_once, setup),
		cmocka_unit_test_setup(test_exactly_all, setup),
		cmocka_unit_test_setup(test_huge_count, setup),
		cmocka_unit_test_setup(test_closed, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
