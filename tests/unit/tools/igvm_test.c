/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the builder write what the checker, the parameter page's description and the layout ask
 * for, and does it refuse what makes no image?
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paravane/params.h"
#include "tests/unit/tools/sum.h"
#include "tools/igvm/image.h"
#include "tools/igvm/layout.h"
#include "tools/igvm/tables.h"
#include "tools/igvmcheck/check.h"
#include "tools/igvmcheck/context.h"
#include "tools/igvmcheck/dump.h"
#include "tools/igvmcheck/memory.h"

#define BASE UINT64_C(0x08000000)
#define MEMORY UINT64_C(0x00400000)
#define PAYLOAD_GPA UINT64_C(0x0C000000)

/* FIPS 180-2, appendix B.1: the digest of "abc". */
static const uint8_t abc_digest[32] = {
	0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40,
	0xDE, 0x5D, 0xAE, 0x22, 0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17,
	0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD,
};

struct built {
	struct layout layout;
	uint8_t *bytes;
	size_t size;
	struct image image;
};

/* Builds and checks; the image's content is a pattern with a page of zeros at page 1. */
static void build_for(const struct machine *m, uint64_t base, uint64_t memory, size_t image_size,
		      const char *payload, struct built *out)
{
	const size_t payload_size = payload == NULL ? 0 : strlen(payload);
	uint8_t *content = malloc(image_size);
	struct failure f = { { 0 } };
	size_t i;

	assert_non_null(content);
	for (i = 0; i < image_size; i++) {
		content[i] = i / 4096 == 1 ? 0 : (uint8_t)(i / 4096 + 1);
	}
	if (!layout_make(base, memory, image_size, PAYLOAD_GPA, payload_size, &out->layout, &f) ||
	    !image_build(m, &out->layout, content, image_size, (const uint8_t *)payload,
			 &out->bytes, &out->size, &f)) {
		fail_msg("%s", f.text);
	}
	free(content);
	if (!check_bytes(&out->image, out->bytes, out->size)) {
		fail_msg("%s: %s", rule_name(out->image.verdict.rule), out->image.verdict.text);
	}
}

static void build(uint64_t base, uint64_t memory, size_t image_size, const char *payload,
		  struct built *out)
{
	build_for(&machine_arm64, base, memory, image_size, payload, out);
}

static void drop(struct built *built)
{
	check_free(&built->image);
	free(built->bytes);
}

static uint64_t number(const uint8_t *at, unsigned int size)
{
	uint64_t value = 0;

	while (size-- > 0) {
		value = value << 8 | at[size];
	}
	return value;
}

static const uint8_t *page_at(const struct built *built, uint64_t gpa)
{
	uint32_t offset;

	assert_true(memory_find_page(&built->image, 1, gpa, &offset));
	assert_int_not_equal(offset, 0);
	return built->bytes + offset;
}

/* Every register, by number: what the firmware's entry code is promised. */
static void test_registers(void **state)
{
	static const struct {
		uint32_t name;
		uint64_t value;
	} expected[] = {
		{ 0x00020022, 0x08000000 },	    /* XPC */
		{ 0x00020000, 0x3000 },		    /* X0: after three pages of image */
		{ 0x00020001, 0x31565250 },	    /* X1 */
		{ 0x00020023, 0x3C5 },		    /* CPSR */
		{ 0x00040002, 0x30D01805 },	    /* SCTLR_EL1 */
		{ 0x00040007, 0x0000000580803511 }, /* TCR_EL1 */
		{ 0x0004000B, 0xFFBB4400 },	    /* MAIR_EL1 */
		{ 0x0004000C, 0 },		    /* VBAR_EL1 */
		{ 0x00040005, 0x083F0000 },	    /* TTBR0_EL1 */
		{ 0x00040006, 0 },		    /* TTBR1_EL1 */
	};
	const struct header *context;
	struct built built;
	uint64_t value;
	size_t i;

	(void)state;
	build(BASE, MEMORY, 9000, NULL, &built);
	context = context_find(&built.image, 1, 2);
	assert_non_null(context);
	for (i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		assert_true(context_register(&built.image, context, expected[i].name, &value));
		assert_int_equal(value, expected[i].value);
	}
	assert_int_equal(read32(&built.image, read32(&built.image, context->at + 12)),
			 sizeof(expected) / sizeof(expected[0]));
	drop(&built);
}

/* The same for the other processor: 64-bit mode, and a file that old loaders read. */
static void test_registers_x86_64(void **state)
{
	static const struct {
		uint32_t name;
		uint64_t low, high;
	} expected[] = {
		{ 0x00020010, 0x08000000, 0 },	       /* RIP */
		{ 0x00020006, 0x3000, 0 },	       /* RSI: after three pages of image */
		{ 0x00020008, 0x31565250, 0 },	       /* R8 */
		{ 0x00020011, 0x2, 0 },		       /* RFLAGS */
		{ 0x00040000, 0x80000021, 0 },	       /* CR0 */
		{ 0x00040002, 0x083F0000, 0 },	       /* CR3 */
		{ 0x00040003, 0x60, 0 },	       /* CR4 */
		{ 0x00080001, 0xD00, 0 },	       /* EFER */
		{ 0x00080004, 0x0007040600070406, 0 }, /* PAT */
		{ 0x00060001, 0, 0xA09B0010FFFFFFFF }, /* CS */
		{ 0x00060003, 0, 0xC0930018FFFFFFFF }, /* DS */
		{ 0x00060000, 0, 0xC0930018FFFFFFFF }, /* ES */
		{ 0x00060004, 0, 0xC0930018FFFFFFFF }, /* FS */
		{ 0x00060005, 0, 0xC0930018FFFFFFFF }, /* GS */
		{ 0x00060002, 0, 0xC0930018FFFFFFFF }, /* SS */
		{ 0x00060007, 0, 0x008B00000000FFFF }, /* TR */
	};
	const uint32_t count = sizeof(expected) / sizeof(expected[0]);
	const struct header *context;
	struct context_record record;
	struct built built;
	uint32_t list;
	uint32_t i;

	(void)state;
	build_for(&machine_x86_64, BASE, MEMORY, 9000, "abc", &built);
	assert_int_equal(built.image.version, 1);
	assert_int_equal(built.image.arch, ARCH_X64);
	assert_int_equal(built.image.headers_start, 24);
	context = context_find(&built.image, 1, 2);
	assert_non_null(context);
	list = read32(&built.image, context->at + 12);
	assert_int_equal(read32(&built.image, list), count);
	for (i = 0; i < count; i++) {
		context_record(&built.image, list, i, &record);
		assert_int_equal(record.name, expected[i].name);
		assert_int_equal(record.low, expected[i].low);
		assert_int_equal(record.high, expected[i].high);
	}
	drop(&built);
}

static void test_parameter_page(void **state)
{
	static const uint8_t zeros[4096];
	struct built built;
	const uint8_t *page;

	(void)state;
	build(BASE, MEMORY, 9000, "abc", &built);
	page = page_at(&built, BASE + 0x3000);
	assert_memory_equal(page, "PRVPARMS", 8);
	assert_int_equal(number(page + 8, 4), 1);
	assert_int_equal(number(page + 12, 4), 112);
	assert_int_equal(number(page + 16, 8), MEMORY);
	assert_int_equal(number(page + 24, 8), 0x3000);
	assert_int_equal(number(page + 32, 8), 0x4000);
	assert_int_equal(number(page + 40, 8), 0x40000);
	assert_int_equal(number(page + 48, 8), 0x3F0000);
	assert_int_equal(number(page + 56, 8), 0x10000);
	assert_int_equal(number(page + 64, 8), PAYLOAD_GPA);
	assert_int_equal(number(page + 72, 8), 3);
	assert_memory_equal(page + 80, abc_digest, 32);
	assert_memory_equal(page + 112, zeros, 4096 - 112);
	drop(&built);

	build(BASE, MEMORY, 9000, NULL, &built);
	assert_memory_equal(page_at(&built, BASE + 0x3000) + 64, zeros, 48);
	drop(&built);
}

static void test_pages(void **state)
{
	static const uint8_t zeros[4096];
	struct built built;
	uint32_t offset;
	const uint8_t *page;

	(void)state;
	build(BASE, MEMORY, 9000, "abc", &built);
	page = page_at(&built, BASE);
	assert_int_equal(page[0], 1);
	assert_int_equal(page[4095], 1);
	/* A page of zeros is imported, without data. */
	assert_true(memory_find_page(&built.image, 1, BASE + 0x1000, &offset));
	assert_int_equal(offset, 0);
	/* The image's last page: 9000 - 8192 bytes of it, then zeros. */
	page = page_at(&built, BASE + 0x2000);
	assert_int_equal(page[807], 3);
	assert_memory_equal(page + 808, zeros, 4096 - 808);
	/* The device tree area and what follows is not imported. */
	assert_false(memory_find_page(&built.image, 1, BASE + 0x4000, &offset));
	page = page_at(&built, PAYLOAD_GPA);
	assert_memory_equal(page, "abc", 3);
	assert_memory_equal(page + 3, zeros, 4093);
	assert_false(memory_find_page(&built.image, 1, PAYLOAD_GPA + 0x1000, &offset));
	drop(&built);
}

/* Where the loader may move the image, and the memory that it must have. */
static void test_regions(void **state)
{
	struct built built;
	const struct image *image = &built.image;
	size_t at;

	(void)state;
	build(BASE, MEMORY, 9000, "abc", &built);
	at = image->headers[1].at;
	assert_int_equal(read8(image, at + 7), 3); /* VTL2's, and PC moves along */
	assert_int_equal(read64(image, at + 8), 0x200000);
	assert_int_equal(read64(image, at + 16), BASE);
	assert_int_equal(read64(image, at + 24), 0x3F0000);
	assert_int_equal(read64(image, at + 32), 0x200000);
	assert_int_equal(read64(image, at + 40), UINT64_C(1) << 48);
	at = image->headers[2].at;
	assert_int_equal(read64(image, at + 8), BASE + 0x3F0000);
	assert_int_equal(read64(image, at + 16), 0x10000);
	assert_int_equal(read64(image, at + 24), 0x3000);
	at = image->headers[3].at;
	assert_int_equal(read64(image, at), BASE);
	assert_int_equal(read32(image, at + 12), MEMORY);
	assert_int_equal(read32(image, at + 16), 1);
	at = image->headers[4].at;
	assert_int_equal(read64(image, at), PAYLOAD_GPA);
	assert_int_equal(read32(image, at + 12), 4096);
	assert_int_equal(read32(image, at + 16), 0);
	drop(&built);
}

/* The order of headers is that of measurement; the pages come last. */
static void test_header_order(void **state)
{
	static const char *const expected[] = {
		"SUPPORTED_PLATFORM", "RELOCATABLE_REGION", "PAGE_TABLE_RELOCATION_REGION",
		"REQUIRED_MEMORY",    "REQUIRED_MEMORY",    "PARAMETER_AREA",
		"DEVICE_TREE",	      "VP_CONTEXT",	    "PARAMETER_INSERT",
	};
	const size_t count = sizeof(expected) / sizeof(expected[0]);
	char *text = NULL;
	const char *at;
	struct built built;
	size_t size;
	FILE *out;
	size_t i;

	(void)state;
	build(BASE, MEMORY, 9000, "abc", &built);
	/* 3 image, 1 parameter, 3 table and 1 payload pages. */
	assert_int_equal(built.image.header_count, count + 8);
	out = open_memstream(&text, &size);
	assert_non_null(out);
	dump_image(&built.image, out);
	fclose(out);
	at = text;
	for (i = 0; i < count + 8; i++) {
		at = strstr(at, i < count ? expected[i] : "PAGE_DATA");
		assert_non_null(at);
		at++;
	}
	free(text);
	drop(&built);
}

static void test_same_bytes(void **state)
{
	struct built one;
	struct built two;

	(void)state;
	build(BASE, MEMORY, 100000, "a payload", &one);
	build(BASE, MEMORY, 100000, "a payload", &two);
	assert_int_equal(one.size, two.size);
	assert_memory_equal(one.bytes, two.bytes, one.size);
	drop(&one);
	drop(&two);
}

/* Tables that need more than one page at a level, and the largest memory there is. */
static void test_places(void **state)
{
	struct built built;

	(void)state;
	build(UINT64_C(0x200000), UINT64_C(0x200000), 1, NULL, &built);
	drop(&built);
	build(UINT64_C(0x3FE00000), UINT64_C(0x400000), 1, NULL, &built);
	drop(&built);
	build(UINT64_C(0x7FFFE00000), UINT64_C(0x400000), 1, NULL, &built);
	drop(&built);
	build(UINT64_C(0x7FFFE00000), UINT64_C(0xFFE00000), 1, NULL, &built);
	drop(&built);
	build((UINT64_C(1) << 47) - 0x200000, UINT64_C(0x200000), 1, NULL, &built);
	drop(&built);
	build_for(&machine_x86_64, UINT64_C(0x200000), UINT64_C(0x200000), 1, NULL, &built);
	drop(&built);
	build_for(&machine_x86_64, UINT64_C(0x7FFFE00000), UINT64_C(0x400000), 1, NULL, &built);
	drop(&built);
	build_for(&machine_x86_64, (UINT64_C(1) << 47) - 0x200000, UINT64_C(0x200000), 1, NULL,
		  &built);
	drop(&built);
}

static void test_tables_need_room(void **state)
{
	static uint8_t tables[3 * 4096];

	(void)state;
	assert_int_equal(tables_build(&machine_arm64, tables, sizeof(tables), 0x10000, BASE,
				      MEMORY),
			 3 * 4096);
	assert_int_equal(tables_build(&machine_arm64, tables, 2 * 4096, 0x10000, BASE, MEMORY), 0);
	assert_int_equal(tables_build(&machine_arm64, tables, 0, 0x10000, BASE, MEMORY), 0);
}

static void test_layouts_refused(void **state)
{
	static const struct {
		uint64_t base, memory, image, payload_gpa, payload;
		const char *says;
	} rows[] = {
		{ BASE + 4096, MEMORY, 1, PAYLOAD_GPA, 0, "multiple of 2 MiB" },
		{ BASE, MEMORY + 4096, 1, PAYLOAD_GPA, 0, "multiple of 2 MiB" },
		{ BASE, 0, 1, PAYLOAD_GPA, 0, "not 0" },
		{ BASE, UINT64_C(1) << 32, 1, PAYLOAD_GPA, 0, "less than 4 GiB" },
		{ 0, MEMORY, 1, PAYLOAD_GPA, 0, "at least 0x200000" },
		{ UINT64_C(1) << 47, MEMORY, 1, PAYLOAD_GPA, 0, "reach" },
		{ UINT64_MAX - 0x1FFFFF, MEMORY, 1, PAYLOAD_GPA, 0, "reach" },
		{ BASE, MEMORY, 0, PAYLOAD_GPA, 0, "empty" },
		{ BASE, MEMORY, UINT64_MAX, PAYLOAD_GPA, 0, "does not fit" },
		/* One page too many; below is the largest that fits. */
		{ BASE, MEMORY, 0x3F0000 - 65 * 4096 + 1, PAYLOAD_GPA, 0, "leaves 0x3f0000" },
		{ BASE, MEMORY, 1, 0, 1, "not 0" },
		{ BASE, MEMORY, 1, PAYLOAD_GPA + 1, 1, "multiple of 4096" },
		{ BASE, MEMORY, 1, BASE + MEMORY - 4096, 1, "overlaps" },
		{ BASE, MEMORY, 1, BASE - 4096, 4097, "overlaps" },
		{ BASE, MEMORY, 1, UINT64_MAX - 4095, 1, "ends above" },
		{ BASE, MEMORY, 1, PAYLOAD_GPA, UINT64_C(1) << 32, "less than 4 GiB" },
	};
	struct failure f;
	struct layout l;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (layout_make(rows[i].base, rows[i].memory, rows[i].image, rows[i].payload_gpa,
				rows[i].payload, &l, &f)) {
			fail_msg("row %zu is not refused", i);
		}
		if (strstr(f.text, rows[i].says) == NULL) {
			fail_msg("row %zu says: %s", i, f.text);
		}
	}
	assert_true(layout_make(BASE, MEMORY, 0x3F0000 - 65 * 4096, PAYLOAD_GPA, 0, &l, &f));
	assert_true(layout_make(BASE, MEMORY, 1, BASE - 4096, 4096, &l, &f));
	assert_true(layout_make(BASE, MEMORY, 1, BASE + MEMORY, 4096, &l, &f));
}

/* Each bit of the headers and of the registers of a built file, with a checksum that matches. */
static void test_flips(void **state)
{
	struct built built;
	struct image image;
	size_t bit;
	size_t end;

	(void)state;
	build(BASE, MEMORY, 9000, "abc", &built);
	end = built.image.data_start + 324;
	for (bit = 0; bit < 8 * end; bit++) {
		const uint8_t flip = (uint8_t)(1u << (bit & 7));
		uint8_t kept[4];

		memcpy(kept, built.bytes + 20, 4);
		built.bytes[bit / 8] ^= flip;
		if (bit / 8 < built.image.data_start) {
			assert_false(check_bytes(&image, built.bytes, built.size));
			check_free(&image);
			sum_update(built.bytes, built.size);
		}
		check_bytes(&image, built.bytes, built.size);
		check_free(&image);
		built.bytes[bit / 8] ^= flip;
		memcpy(built.bytes + 20, kept, 4);
		if (bit / 8 >= 20 && bit / 8 < 24) {
			/* The flip was in what has just been kept. */
			sum_update(built.bytes, built.size);
		}
	}
	assert_true(check_bytes(&image, built.bytes, built.size));
	check_free(&image);
	drop(&built);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_registers),
		cmocka_unit_test(test_registers_x86_64),
		cmocka_unit_test(test_parameter_page),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_regions),
		cmocka_unit_test(test_header_order),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_tables_need_room),
		cmocka_unit_test(test_layouts_refused),
		cmocka_unit_test(test_flips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
