/* SPDX-License-Identifier: BSD-2-Clause */
/* Is the door one page of ours, and every byte of it and no other the door? */
#include "vtl/door.h"

#include "core/page_pool.h"

#include "tests/fake/memory.h"
#include "tests/unit/test.h"

static void test_door(void **state)
{
	uint64_t page;

	(void)state;
	fake_memory_reset();
	page_pool_init((struct range){ FAKE_VTL2, 2 * HV_HYP_PAGE_SIZE });
	assert_int_equal(door_init(), OK);
	page = door_page().v;
	assert_int_equal(page % HV_HYP_PAGE_SIZE, 0);
	assert_true(page >= FAKE_VTL2 && page < FAKE_HIGH);
	assert_true(door_is_here((gpa_t){ page }));
	assert_true(door_is_here((gpa_t){ page + 0xFFF }));
	assert_false(door_is_here((gpa_t){ page - 1 }));
	assert_false(door_is_here((gpa_t){ page + 0x1000 }));
	assert_false(door_is_here((gpa_t){ page + (UINT64_C(1) << 32) }));
	assert_false(door_is_here((gpa_t){ 0 }));
	assert_false(door_is_here((gpa_t){ UINT64_MAX }));
}

static void test_no_page(void **state)
{
	(void)state;
	page_pool_init((struct range){ FAKE_VTL2, 0 });
	assert_int_equal(door_init(), ERR_NO_MEMORY);
	page_pool_close();
	assert_int_equal(door_init(), ERR_STATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_door),
		cmocka_unit_test(test_no_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
