/* SPDX-License-Identifier: BSD-2-Clause */
/* Is only an arm64 Image taken for one, and what its header asks for told or refused? */
#include "core/arch.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/test.h"

/* Offsets of the header, by hand from the boot protocol. */
#define TEXT_OFFSET 8
#define IMAGE_SIZE 16
#define FLAGS 24
#define MAGIC 56

static uint8_t image[4096];
static struct arch_kernel kernel;

static void put64(size_t offset, uint64_t v)
{
	memcpy(image + offset, &v, sizeof(v));
}

static int setup(void **state)
{
	static const uint8_t magic[] = { 'A', 'R', 'M', 0x64 };

	(void)state;
	memset(image, 0xEE, sizeof(image));
	put64(TEXT_OFFSET, 0);
	put64(IMAGE_SIZE, 0x1200000);
	put64(FLAGS, 0xA);
	memcpy(image + MAGIC, magic, sizeof(magic));
	return 0;
}

static enum err check(uint64_t size)
{
	return arch_kernel_check(image, size, &kernel);
}

static void test_good(void **state)
{
	(void)state;
	assert_int_equal(check(sizeof(image)), OK);
	assert_int_equal(kernel.memory_size, 0x1200000);
	assert_int_equal(kernel.alignment, 0x200000);
	assert_int_equal(kernel.offset, 0);
	assert_int_equal(kernel.entry, 0);
	put64(TEXT_OFFSET, 0x80000);
	assert_int_equal(check(sizeof(image)), OK);
	assert_int_equal(kernel.offset, 0x80000);
}

/* Cut inside the header: not a byte is read beyond it. */
static void test_short(void **state)
{
	size_t size;

	(void)state;
	for (size = 0; size < 64; size++) {
		uint8_t *cut = malloc(size + 1);

		memcpy(cut, image, size);
		assert_int_equal(arch_kernel_check(cut, size, &kernel), ERR_INVALID);
		free(cut);
	}
	assert_int_equal(check(64), OK);
}

static void test_magic(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 32; i++) {
		image[MAGIC + i / 8] ^= (uint8_t)(1U << (i % 8));
		assert_int_equal(check(sizeof(image)), ERR_INVALID);
		image[MAGIC + i / 8] ^= (uint8_t)(1U << (i % 8));
	}
}

static void test_fields(void **state)
{
	static const struct {
		size_t offset;
		uint64_t value;
		enum err err;
	} rows[] = {
		{ TEXT_OFFSET, 0x1FF000, OK },
		{ TEXT_OFFSET, 0x200000, ERR_INVALID },
		{ TEXT_OFFSET, 0x80004, ERR_INVALID },
		{ TEXT_OFFSET, UINT64_MAX, ERR_INVALID },
		{ TEXT_OFFSET, UINT64_MAX - 0xFFF, ERR_INVALID },
		{ IMAGE_SIZE, 4096, OK },
		{ IMAGE_SIZE, 4095, ERR_INVALID }, /* less than the file */
		{ IMAGE_SIZE, 0, ERR_INVALID },
		{ IMAGE_SIZE, UINT64_C(1) << 40, OK },
		{ IMAGE_SIZE, (UINT64_C(1) << 40) + 1, ERR_INVALID },
		{ IMAGE_SIZE, UINT64_MAX, ERR_INVALID },
		{ FLAGS, 0, OK },
		{ FLAGS, 1, ERR_NOT_SUPPORTED }, /* big endian */
		{ FLAGS, UINT64_MAX, ERR_NOT_SUPPORTED },
		{ FLAGS, UINT64_MAX - 1, OK },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(setup(state), 0);
		put64(rows[i].offset, rows[i].value);
		assert_int_equal(check(sizeof(image)), rows[i].err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_good, setup),
		cmocka_unit_test_setup(test_short, setup),
		cmocka_unit_test_setup(test_magic, setup),
		cmocka_unit_test_setup(test_fields, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
