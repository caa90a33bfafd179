/* SPDX-License-Identifier: BSD-2-Clause */
/* Is each byte given to exactly the owner that the tree names, at every seam and edge? */
#include "core/mem_map.h"

#include <string.h>

#include "tests/fake/memory.h"
#include "tests/unit/test.h"

static struct platform platform;

static const struct range image = { FAKE_VTL2, FAKE_VTL2_SIZE };

static int setup(void **state)
{
	(void)state;
	fake_platform(&platform, 1);
	return 0;
}

static bool is_vtl0(uint64_t base, uint64_t size)
{
	return mem_map_is_vtl0((struct range){ base, size });
}

static bool touches(uint64_t base, uint64_t size)
{
	return mem_map_touches_vtl2((struct range){ base, size });
}

static void test_range_helpers(void **state)
{
	const struct range a = { 0x1000, 0x1000 };
	const struct range top = { UINT64_MAX - 0xFFF, 0xFFF };

	(void)state;
	assert_true(range_contains(a, (struct range){ 0x1000, 0x1000 }));
	assert_true(range_contains(a, (struct range){ 0x1FFF, 1 }));
	assert_false(range_contains(a, (struct range){ 0x1FFF, 2 }));
	assert_false(range_contains(a, (struct range){ 0xFFF, 2 }));
	assert_false(range_contains(a, (struct range){ 0x1800, UINT64_MAX }));
	assert_false(range_contains(a, (struct range){ UINT64_MAX, 0x1002 }));
	assert_true(range_contains(a, (struct range){ 0x9000, 0 }));
	assert_true(range_contains(top, top));
	assert_true(range_overlaps(a, (struct range){ 0x1FFF, 1 }));
	assert_false(range_overlaps(a, (struct range){ 0x2000, 1 }));
	assert_false(range_overlaps(a, (struct range){ 0xFFF, 1 }));
	assert_false(range_overlaps(a, (struct range){ 0x1800, 0 }));
	assert_int_equal(range_end(a), 0x2000);
}

static void test_owners(void **state)
{
	(void)state;
	assert_int_equal(mem_map_init(&platform, image), OK);
	/* Two neighbours of one owner are one range. */
	assert_int_equal(mem_map_vtl0_count(), 2);
	assert_int_equal(mem_map_vtl0(0).base, FAKE_LOW);
	assert_int_equal(range_end(mem_map_vtl0(0)), FAKE_VTL2);
	assert_int_equal(mem_map_vtl0(1).base, FAKE_HIGH);
	assert_int_equal(range_end(mem_map_vtl0(1)), FAKE_RESERVED);
	assert_int_equal(mem_map_vtl2_count(), 1);
	assert_int_equal(mem_map_vtl2(0).base, FAKE_VTL2);
	assert_int_equal(mem_map_vtl2(0).size, FAKE_VTL2_SIZE);
}

/* Rows as ranges. */
static void test_is_vtl0(void **state)
{
	(void)state;
	assert_int_equal(mem_map_init(&platform, image), OK);
	assert_true(is_vtl0(FAKE_LOW, 1));
	assert_true(is_vtl0(FAKE_SEAM - 1, 2));
	assert_true(is_vtl0(FAKE_LOW, FAKE_VTL2 - FAKE_LOW));
	assert_true(is_vtl0(FAKE_VTL2 - 1, 1));
	assert_true(is_vtl0(FAKE_RESERVED - 1, 1));
	/* Not a byte too far, on either side. */
	assert_false(is_vtl0(FAKE_LOW - 1, 1));
	assert_false(is_vtl0(FAKE_LOW - 1, 2));
	assert_false(is_vtl0(FAKE_LOW, FAKE_VTL2 - FAKE_LOW + 1));
	assert_false(is_vtl0(FAKE_VTL2 - 1, 2));
	assert_false(is_vtl0(FAKE_VTL2, 1));
	assert_false(is_vtl0(FAKE_VTL2 + FAKE_VTL2_SIZE / 2, 8));
	assert_false(is_vtl0(FAKE_HIGH - 1, 1));
	assert_false(is_vtl0(FAKE_HIGH - 1, 2));
	/* From one of VTL0's ranges over ours into the next one. */
	assert_false(is_vtl0(FAKE_LOW, FAKE_RESERVED - FAKE_LOW));
	/* Reserved, and nothing at all. */
	assert_false(is_vtl0(FAKE_RESERVED, 1));
	assert_false(is_vtl0(FAKE_RESERVED - 1, 2));
	assert_false(is_vtl0(FAKE_END, 1));
	assert_false(is_vtl0(FAKE_UART1, 4));
	/* Empty, wrapping, cut to fewer bits. */
	assert_false(is_vtl0(FAKE_LOW, 0));
	assert_false(is_vtl0(UINT64_MAX - 0xFFF, 0x2000));
	assert_false(is_vtl0(UINT64_MAX, FAKE_LOW + 2));
	assert_false(is_vtl0(FAKE_LOW + 8, UINT64_MAX));
	assert_false(is_vtl0(FAKE_LOW + (UINT64_C(1) << 32), 8));
	assert_false(is_vtl0(FAKE_LOW + (UINT64_C(1) << 48), 8));
	assert_false(is_vtl0(FAKE_LOW | UINT64_C(1) << 63, 8));
}

static void test_touches_vtl2(void **state)
{
	(void)state;
	assert_int_equal(mem_map_init(&platform, image), OK);
	assert_false(touches(FAKE_VTL2 - 1, 1));
	assert_true(touches(FAKE_VTL2 - 1, 2));
	assert_true(touches(FAKE_VTL2, 1));
	assert_true(touches(FAKE_HIGH - 1, 1));
	assert_false(touches(FAKE_HIGH, 1));
	assert_true(touches(FAKE_LOW, FAKE_END - FAKE_LOW));
	assert_false(touches(FAKE_VTL2, 0));
	assert_false(touches(UINT64_MAX, 1));
}

/* Reserved and persistent memory is nobody's, wherever it lies. */
static void test_other_types(void **state)
{
	(void)state;
	platform.mem[1].type = MEM_PERSISTENT;
	platform.mem[3].type = MEM_RESERVED;
	assert_int_equal(mem_map_init(&platform, image), OK);
	assert_int_equal(mem_map_vtl0_count(), 1);
	assert_true(is_vtl0(FAKE_SEAM - 1, 1));
	assert_false(is_vtl0(FAKE_SEAM, 1));
	assert_false(is_vtl0(FAKE_SEAM - 1, 2));
	assert_false(is_vtl0(FAKE_HIGH, 1));
	/* What survives a restart is ours, the first such range. */
	assert_int_equal(mem_map_kept().base, FAKE_SEAM);
	assert_true(touches(FAKE_SEAM, 1));
	assert_false(touches(FAKE_HIGH, 1));
	/* A type that does not exist is nobody's either. */
	platform.mem[0].type = (enum mem_type)7;
	assert_int_equal(mem_map_init(&platform, image), ERR_NO_MEMORY);
}

/* What the image calls its own must all be given to us. */
static void test_image_not_covered(void **state)
{
	struct range r = image;

	(void)state;
	r.size += 1;
	assert_int_equal(mem_map_init(&platform, r), ERR_RANGE);
	r = (struct range){ FAKE_VTL2 - 0x1000, FAKE_VTL2_SIZE };
	assert_int_equal(mem_map_init(&platform, r), ERR_RANGE);
	r = (struct range){ FAKE_LOW, 0x1000 };
	assert_int_equal(mem_map_init(&platform, r), ERR_RANGE);
	r = (struct range){ FAKE_VTL2, 0 };
	assert_int_equal(mem_map_init(&platform, r), ERR_RANGE);
	platform.mem[2].type = MEM_NORMAL;
	assert_int_equal(mem_map_init(&platform, image), ERR_RANGE);
	/* Two of our ranges with a gap in the middle of the image. */
	fake_platform(&platform, 1);
	platform.mem[1].type = MEM_VTL2;
	platform.mem[1].range.size -= 0x1000;
	assert_int_equal(mem_map_init(&platform, (struct range){ FAKE_SEAM, 0x200000 }), ERR_RANGE);
	/* Without the gap they are one. */
	platform.mem[1].range.size += 0x1000;
	assert_int_equal(mem_map_init(&platform, (struct range){ FAKE_SEAM, 0x200000 }), OK);
	assert_int_equal(mem_map_vtl2_count(), 1);
}

static void test_no_memory_for_vtl0(void **state)
{
	(void)state;
	platform.mem[0].type = MEM_RESERVED;
	platform.mem[1].type = MEM_RESERVED;
	platform.mem[3].type = MEM_RESERVED;
	assert_int_equal(mem_map_init(&platform, image), ERR_NO_MEMORY);
}

/* As many ranges as the tree may have, none next to another. */
static void test_full_table(void **state)
{
	uint32_t i;

	(void)state;
	platform.mem_count = PLATFORM_MAX_MEM_RANGES;
	for (i = 0; i < PLATFORM_MAX_MEM_RANGES; i++) {
		platform.mem[i].range = (struct range){ 0x10000 * (UINT64_C(1) + i), 0x1000 };
		platform.mem[i].type = i == 5 ? MEM_VTL2 : MEM_NORMAL;
	}
	assert_int_equal(mem_map_init(&platform, platform.mem[5].range), OK);
	assert_int_equal(mem_map_vtl0_count(), PLATFORM_MAX_MEM_RANGES - 1);
	assert_true(is_vtl0(platform.mem[63].range.base, 0x1000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_range_helpers),
		cmocka_unit_test_setup(test_owners, setup),
		cmocka_unit_test_setup(test_is_vtl0, setup),
		cmocka_unit_test_setup(test_touches_vtl2, setup),
		cmocka_unit_test_setup(test_other_types, setup),
		cmocka_unit_test_setup(test_image_not_covered, setup),
		cmocka_unit_test_setup(test_no_memory_for_vtl0, setup),
		cmocka_unit_test_setup(test_full_table, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
