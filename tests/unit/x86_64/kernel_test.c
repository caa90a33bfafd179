/* SPDX-License-Identifier: BSD-2-Clause */
/* Is only a bzImage with a 64-bit entry taken for one, and is its place what its header asks? */
#include "core/arch.h"

#include <string.h>

#include "tests/unit/test.h"

/* Offsets of the header, by hand from the boot protocol. */
#define SETUP_SECTS 0x1F1
#define MAGIC 0x202
#define VERSION 0x206
#define ALIGNMENT 0x230
#define RELOCATABLE 0x234
#define XLOADFLAGS 0x236
#define PREF_ADDRESS 0x258
#define INIT_SIZE 0x260

static uint8_t image[0x8000];
static struct arch_kernel kernel;

static void put(size_t offset, uint64_t v, size_t size)
{
	memcpy(image + offset, &v, size);
}

static int setup(void **state)
{
	(void)state;
	memset(image, 0xEE, sizeof(image));
	put(SETUP_SECTS, 27, 1);
	put(MAGIC, 0x53726448, 4); /* HdrS */
	put(VERSION, 0x20F, 2);
	put(ALIGNMENT, 0x200000, 4);
	put(RELOCATABLE, 1, 1);
	put(XLOADFLAGS, 0x7F, 2);
	put(PREF_ADDRESS, 0x1000000, 8);
	put(INIT_SIZE, 0x3000000, 4);
	return 0;
}

static enum err check(uint64_t size)
{
	return arch_kernel_check(image, size, &kernel);
}

/* 28 sectors in front: what follows them lies at the preferred address, or a multiple of it. */
static void test_good(void **state)
{
	(void)state;
	assert_int_equal(check(sizeof(image)), OK);
	assert_int_equal(kernel.alignment, 0x1000000);
	assert_int_equal(kernel.offset, 0x1000000 - 28 * 512);
	assert_int_equal(kernel.memory_size, 28 * 512 + 0x3000000);
	assert_int_equal(kernel.entry, 28 * 512 + 0x200);
}

/* 0 sectors stand for 4; a preferred address that is no power of two is left to the kernel. */
static void test_defaults(void **state)
{
	(void)state;
	put(SETUP_SECTS, 0, 1);
	put(PREF_ADDRESS, 0x1200000, 8);
	assert_int_equal(check(sizeof(image)), OK);
	assert_int_equal(kernel.entry, 5 * 512 + 0x200);
	assert_int_equal(kernel.alignment, 0x200000);
	assert_int_equal(kernel.offset, 0x200000 - 5 * 512);
}

static void test_refused(void **state)
{
	static const struct {
		size_t offset, size;
		uint64_t value;
		enum err err;
	} rows[] = {
		{ MAGIC, 1, 'h', ERR_INVALID },
		{ VERSION, 2, 0x20B, ERR_NOT_SUPPORTED },
		{ XLOADFLAGS, 2, 0x7E, ERR_NOT_SUPPORTED },
		{ RELOCATABLE, 1, 0, ERR_NOT_SUPPORTED },
		{ INIT_SIZE, 4, 0x1000, ERR_INVALID }, /* less than the file */
		{ INIT_SIZE, 4, 0, ERR_INVALID },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setup(state);
		put(rows[i].offset, rows[i].value, rows[i].size);
		assert_int_equal(check(sizeof(image)), rows[i].err);
	}
	setup(state);
	put(PREF_ADDRESS, 0, 8);
	put(ALIGNMENT, 0x3000, 4);
	assert_int_equal(check(sizeof(image)), ERR_INVALID);
	put(ALIGNMENT, 0x2000, 4); /* smaller than what lies in front */
	assert_int_equal(check(sizeof(image)), ERR_INVALID);
}

static void test_too_short(void **state)
{
	(void)state;
	assert_int_equal(check(0), ERR_INVALID);
	assert_int_equal(check(0x267), ERR_INVALID);
	assert_int_equal(check(28 * 512 + 0x200), ERR_INVALID); /* ends before its entry */
	assert_int_equal(check(28 * 512 + 0x201), OK);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_good),
		TEST(test_defaults),
		TEST(test_refused),
		TEST(test_too_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
