/* SPDX-License-Identifier: BSD-2-Clause */
/* Does a checked range exist only for VTL0's own RAM, and is exactly that copied? */
#include "core/vtl0_mem.h"

#include "core/mem_map.h"

#include <string.h>

#include "tests/fake/memory.h"
#include "tests/unit/test.h"

static int setup(void **state)
{
	static struct platform platform;

	(void)state;
	fake_memory_reset();
	fake_platform(&platform, 1);
	return (int)mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
}

static const struct {
	uint64_t gpa;
	uint64_t size;
	enum err err;
} rows[] = {
	{ FAKE_LOW, 1, OK },
	{ FAKE_SEAM - 4, 8, OK },
	{ FAKE_VTL2 - 8, 8, OK },
	{ FAKE_VTL2 - 8, 9, ERR_RANGE },
	{ FAKE_VTL2 - 1, HV_HYP_PAGE_SIZE, ERR_RANGE },
	{ FAKE_VTL2, 8, ERR_RANGE },
	{ FAKE_HIGH - 8, 16, ERR_RANGE },
	{ FAKE_LOW, 0, ERR_RANGE },
	{ FAKE_VTL2, 0, ERR_RANGE },
	{ UINT64_MAX - 0xFFF, 0x2000, ERR_RANGE },
	{ UINT64_MAX, 1, ERR_RANGE },
	{ 0, 1, ERR_RANGE },
	{ FAKE_LOW + (UINT64_C(1) << 40), 8, ERR_RANGE },
	{ FAKE_RESERVED, 8, ERR_RANGE },
	{ FAKE_END, 8, ERR_RANGE },
	{ FAKE_UART0, 4, ERR_RANGE },
};

static void test_check(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct gpa_range range = { 0x55, 0x66 };

		assert_int_equal(vtl0_mem_check((gpa_t){ rows[i].gpa }, rows[i].size, &range),
				 rows[i].err);
		if (rows[i].err == OK) {
			assert_int_equal(range.checked_base, rows[i].gpa);
			assert_int_equal(range.checked_size, rows[i].size);
		} else {
			/* A refused range does not come into being. */
			assert_int_equal(range.checked_base, 0x55);
			assert_int_equal(range.checked_size, 0x66);
		}
	}
}

static void test_copies(void **state)
{
	struct gpa_range range;
	uint8_t text[8] = "abcdefg";
	uint8_t back[8] = { 0 };

	(void)state;
	memset(fake_at(FAKE_SEAM - 16), 'x', 32);
	assert_int_equal(vtl0_mem_check((gpa_t){ FAKE_SEAM - 4 }, 8, &range), OK);
	vtl0_mem_write(range, text);
	assert_memory_equal(fake_at(FAKE_SEAM - 4), text, 8);
	assert_int_equal(*fake_at(FAKE_SEAM - 5), 'x');
	assert_int_equal(*fake_at(FAKE_SEAM + 4), 'x');
	vtl0_mem_read(back, range);
	assert_memory_equal(back, text, 8);
	assert_ptr_equal(vtl0_mem_boot_view(range), fake_at(FAKE_SEAM - 4));
	vtl0_mem_zero(range);
	assert_int_equal(*fake_at(FAKE_SEAM - 4), 0);
	assert_int_equal(*fake_at(FAKE_SEAM + 3), 0);
	assert_int_equal(*fake_at(FAKE_SEAM - 5), 'x');
	assert_int_equal(*fake_at(FAKE_SEAM + 4), 'x');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_check, setup),
		cmocka_unit_test_setup(test_copies, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
