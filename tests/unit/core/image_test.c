/* SPDX-License-Identifier: BSD-2-Clause */
/* Is a parameter page refused whenever one of its fields is wrong, one at a time? */
#include "core/image.h"

#include <string.h>

#include "tests/fake/memory.h"
#include "tests/unit/test.h"

#define PAGE HV_HYP_PAGE_SIZE
#define BASE FAKE_VTL2
#define PARAMS (32 * PAGE)

static struct paravane_params *page(void)
{
	return (void *)fake_at(BASE + PARAMS);
}

static int setup(void **state)
{
	struct paravane_params *p;

	(void)state;
	fake_memory_reset();
	p = page();
	p->magic = 0x534D524150565250;
	p->version = 1;
	p->size = 112;
	p->memory_size = FAKE_VTL2_SIZE;
	p->image_size = 32 * PAGE;
	p->tree_offset = 33 * PAGE;
	p->tree_size = 64 * PAGE;
	p->tables_offset = FAKE_VTL2_SIZE - 16 * PAGE;
	p->tables_size = 16 * PAGE;
	p->payload_gpa = FAKE_LOW;
	p->payload_size = 12345;
	memset(p->payload_sha256, 0xAB, sizeof(p->payload_sha256));
	return 0;
}

static enum err read_page(void)
{
	struct image image;

	return image_read(BASE, PARAMS, &image);
}

static void test_good(void **state)
{
	struct image i;
	uint8_t digest[32];

	(void)state;
	memset(digest, 0xAB, sizeof(digest));
	assert_int_equal(image_read(BASE, PARAMS, &i), OK);
	assert_int_equal(i.memory.base, BASE);
	assert_int_equal(i.memory.size, FAKE_VTL2_SIZE);
	assert_int_equal(i.file.base, BASE);
	assert_int_equal(i.file.size, 32 * PAGE);
	assert_int_equal(i.tree.base, BASE + 33 * PAGE);
	assert_int_equal(i.tree.size, 64 * PAGE);
	/* Free memory lies between the tree and the first page tables. */
	assert_int_equal(i.free.base, BASE + 97 * PAGE);
	assert_int_equal(range_end(i.free), FAKE_HIGH - 16 * PAGE);
	assert_int_equal(i.payload.base, FAKE_LOW);
	assert_int_equal(i.payload.size, 12345);
	assert_memory_equal(i.payload_sha256, digest, sizeof(digest));
}

static void test_no_payload(void **state)
{
	struct image i;

	(void)state;
	page()->payload_gpa = 0;
	page()->payload_size = 0;
	assert_int_equal(image_read(BASE, PARAMS, &i), OK);
	assert_int_equal(i.payload.size, 0);
}

#define OFF(field) offsetof(struct paravane_params, field)

/* One field at a time; everything else is as in the good page. */
static const struct {
	size_t offset;
	size_t size;
	uint64_t value;
} wrong[] = {
	{ OFF(magic), 8, 0 },
	{ OFF(magic), 8, UINT64_C(0x534D524150565251) },
	{ OFF(version), 4, 0 },
	{ OFF(version), 4, 2 },
	{ OFF(size), 4, 111 },
	{ OFF(size), 4, 113 },
	{ OFF(size), 4, UINT32_MAX },
	{ OFF(memory_size), 8, 0 },
	{ OFF(memory_size), 8, FAKE_VTL2_SIZE - 1 },
	{ OFF(memory_size), 8, FAKE_VTL2_SIZE + 8 },
	{ OFF(memory_size), 8, FAKE_VTL2_SIZE - PAGE },
	{ OFF(memory_size), 8, UINT64_C(1) << 32 },
	{ OFF(memory_size), 8, UINT64_MAX },
	{ OFF(memory_size), 8, -PAGE },
	{ OFF(image_size), 8, 0 },
	{ OFF(image_size), 8, 32 * PAGE - 1 },
	{ OFF(image_size), 8, 33 * PAGE }, /* over the parameter page itself */
	{ OFF(image_size), 8, UINT64_MAX },
	{ OFF(image_size), 8, -PAGE },
	{ OFF(tree_offset), 8, 0 },
	{ OFF(tree_offset), 8, 32 * PAGE }, /* over the parameter page */
	{ OFF(tree_offset), 8, 33 * PAGE + 1 },
	{ OFF(tree_offset), 8, FAKE_VTL2_SIZE - 64 * PAGE }, /* over the page tables */
	{ OFF(tree_offset), 8, FAKE_VTL2_SIZE },
	{ OFF(tree_offset), 8, -PAGE },
	{ OFF(tree_size), 8, 0 },
	{ OFF(tree_size), 8, 64 * PAGE + 4 },
	{ OFF(tree_size), 8, FAKE_VTL2_SIZE - 48 * PAGE }, /* into the page tables */
	{ OFF(tree_size), 8, -PAGE },
	{ OFF(tables_offset), 8, 0 },
	{ OFF(tables_offset), 8, 96 * PAGE }, /* over the tree */
	{ OFF(tables_offset), 8, FAKE_VTL2_SIZE - 15 * PAGE },
	{ OFF(tables_offset), 8, FAKE_VTL2_SIZE - 16 * PAGE + 8 },
	{ OFF(tables_offset), 8, -16 * PAGE },
	{ OFF(tables_size), 8, 0 },
	{ OFF(tables_size), 8, 17 * PAGE },
	{ OFF(tables_size), 8, 16 * PAGE - 1 },
	{ OFF(tables_size), 8, -PAGE },
};

static void test_each_field_wrong(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		assert_int_equal(setup(state), 0);
		assert_int_equal(read_page(), OK);
		memcpy((uint8_t *)page() + wrong[i].offset, &wrong[i].value, wrong[i].size);
		if (read_page() != ERR_INVALID) {
			fail_msg("row %zu: offset %zu value 0x%llx was accepted", i,
				 wrong[i].offset, (unsigned long long)wrong[i].value);
		}
	}
}

/* A refused page fills nothing in. */
static void test_refused_leaves_nothing(void **state)
{
	struct image i;
	struct image before;

	(void)state;
	memset(&before, 0x5A, sizeof(before));
	memcpy(&i, &before, sizeof(i));
	page()->version = 3;
	assert_int_equal(image_read(BASE, PARAMS, &i), ERR_INVALID);
	assert_memory_equal(&i, &before, sizeof(i));
}

/* X0 comes from the loader: not read from before it makes sense. */
static void test_offset(void **state)
{
	static const uint64_t offsets[] = {
		0, 1, 8, PARAMS - 1, PARAMS + 8, UINT64_C(1) << 32, UINT64_MAX, -PAGE,
	};
	struct image image;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		assert_int_equal(image_read(BASE, offsets[i], &image), ERR_INVALID);
	}
	assert_int_equal(image_read(BASE + 8, PARAMS, &image), ERR_INVALID);
	/* A page elsewhere in our memory that looks the same, but not where it says. */
	memcpy(fake_at(BASE + 40 * PAGE), page(), PAGE);
	assert_int_equal(image_read(BASE, 40 * PAGE, &image), ERR_INVALID);
	memcpy(fake_at(BASE + 31 * PAGE), page(), PAGE);
	assert_int_equal(image_read(BASE, 31 * PAGE, &image), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_good, setup),
		cmocka_unit_test_setup(test_no_payload, setup),
		cmocka_unit_test_setup(test_each_field_wrong, setup),
		cmocka_unit_test_setup(test_refused_leaves_nothing, setup),
		cmocka_unit_test_setup(test_offset, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
