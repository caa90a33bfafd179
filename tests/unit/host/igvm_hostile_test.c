/* SPDX-License-Identifier: BSD-2-Clause */
/* Is each rule of the format enforced, under its own name, before the guest is touched? */
#include <string.h>

#include "tests/unit/host/igvm_guest.h"
#include "tests/unit/host/igvm_sample.h"
#include "tests/unit/host/test.h"

#define NO_SEAL 0x100U /* or'ed into a width: leave the checksum wrong */

static struct sample sample;

/* One number of the sample replaced. */
struct change {
	const char *name; /* of the refusal; "ok": must load */
	uint32_t at;
	uint32_t width; /* in bytes */
	uint64_t value;
};

static const struct change changes[] = {
	{ "ok", S_REGION + 32, 8, 0 },
	{ "magic", 0, 4, 0x4D564748 },
	{ "version", 4, 4, 3 },
	{ "version", 4, 4, 0 },
	{ "arch", 4, 4, 1 },
	{ "arch", 0x18, 4, 0 },
	{ "arch", 0x18, 4, 2 },
	{ "page-size", 0x1C, 4, 8192 },
	{ "file-size", 0x10, 4 | NO_SEAL, S_SIZE - 1 },
	{ "file-size", 0x10, 4 | NO_SEAL, S_SIZE + 1 },
	{ "header-offset", 8, 4, 24 },
	{ "header-offset", 8, 4, 40 },
	{ "header-offset", 8, 4, 0xFFFFFFF8 },
	{ "header-size", 12, 4, 0x1E9 },
	{ "header-size", 12, 4, S_SIZE - 32 },
	{ "header-size", 12, 4, 0xFFFFFFF8 },
	{ "checksum", 0x14, 4 | NO_SEAL, 0 },
	{ "checksum", S_PLATFORM, 4 | NO_SEAL, 2 },
	/* frames */
	{ "header-type", S_PLATFORM - 8, 4, 0 },
	{ "header-type", S_PLATFORM - 8, 4, 0x201 },
	{ "header-type", S_PAGE_ZERO - 8, 4, 0x80000302 },
	{ "header-type", S_PAGE_ZERO - 8, 4, 0x306 },
	{ "header-type", S_PAGE_ZERO - 8, 4, 0x401 },
	{ "header-length", S_PLATFORM - 4, 4, 24 },
	{ "header-length", S_PAGE_PAYLOAD - 4, 4, 0xFFFFFFF0 },
	{ "header-length", S_PAGE_PAYLOAD - 4, 4, 0 },
	{ "header-padding", S_VP + 20, 4, 1 },
	{ "header-cut", 12, 4, 0x1E0 },
	/* platform */
	{ "platform-mask", S_PLATFORM, 4, 0 },
	{ "platform-mask", S_PLATFORM, 4, 3 },
	{ "mask-unknown", S_PLATFORM, 4, 0x80000000 },
	{ "platform-type", S_PLATFORM + 5, 1, 7 },
	{ "platform-type", S_PLATFORM + 5, 1, 0 },
	{ "platform-type", S_PLATFORM + 5, 1, 2 },
	{ "platform-version", S_PLATFORM + 6, 2, 2 },
	{ "platform-vtl", S_PLATFORM + 4, 1, 1 },
	{ "platform-vtl", S_PLATFORM + 4, 1, 0 },
	{ "platform-boundary", S_PLATFORM + 8, 8, 1ULL << 46 },
	{ "platform-missing", S_PLATFORM + 5, 1, 6 }, /* and so no mask is left for others */
	/* relocation */
	{ "mask-none", S_REGION, 4, 0 },
	{ "mask-unknown", S_REGION, 4, 2 },
	{ "mask-unknown", S_TABLES, 4, 3 },
	{ "reloc-vp", S_REGION + 4, 2, 1 },
	{ "reloc-vp", S_REGION + 6, 1, 0 },
	{ "reloc-flags", S_REGION + 7, 1, 2 },
	{ "reloc-flags", S_REGION + 7, 1, 7 },
	{ "reloc-flags", S_REGION + 7, 1, 0x83 },
	{ "reloc-align", S_REGION + 8, 8, 0 },
	{ "reloc-align", S_REGION + 8, 8, 0x200001 },
	{ "reloc-align", S_REGION + 8, 8, 0x600000 },
	{ "reloc-align", S_REGION + 8, 8, 0x800 },
	{ "reloc-align", S_REGION + 16, 8, S_BASE + 0x1000 },
	{ "reloc-align", S_REGION + 24, 8, 0 },
	{ "reloc-align", S_REGION + 24, 8, 0x3F0800 },
	{ "reloc-align", S_REGION + 32, 8, 0x201000 },
	{ "reloc-align", S_REGION + 40, 8, 0x201000 },
	{ "reloc-limits", S_REGION + 40, 8, 0x400000 },
	{ "reloc-limits", S_REGION + 40, 8, 0 },
	{ "reloc-limits", S_REGION + 24, 8, 0xFFFFFFFFFFFFF000 },
	{ "reloc-overlap", S_REGION + 24, 8, 0x3F1000 },
	{ "reloc-overlap", S_TABLES + 8, 8, S_TABLES_GPA - 0x1000 },
	{ "reloc-vp", S_TABLES + 4, 2, 1 },
	{ "reloc-vp", S_TABLES + 6, 1, 1 },
	{ "reserved", S_TABLES + 7, 1, 1 },
	{ "reloc-align", S_TABLES + 8, 8, S_TABLES_GPA + 1 },
	{ "reloc-align", S_TABLES + 16, 8, 0x10001 },
	{ "reloc-align", S_TABLES + 24, 8, 0x3001 },
	{ "pt-size", S_TABLES + 24, 8, 0 },
	{ "pt-size", S_TABLES + 24, 8, 0x11000 },
	{ "pt-size", S_TABLES + 16, 8, 0 },
	{ "pt-size", S_TABLES + 16, 8, 0xFFFFFFFFFFFFF000 },
	{ "pt-scratch", S_TABLES + 16, 8, 0x40000 },
	{ "pt-page-missing", S_TABLES + 24, 8, 0x4000 },
	{ "reloc-not-required", S_REQUIRED + 16, 4, 0 },
	{ "reloc-not-required", S_REQUIRED + 12, 4, 0x3FF000 },
	{ "header-unsupported", S_REGION - 8 + 48 + 8, 4, 0x106 }, /* tables, now a CCA policy */
	/* required memory */
	{ "required-align", S_REQUIRED, 8, S_BASE + 1 },
	{ "required-align", S_REQUIRED + 12, 4, 0 },
	{ "required-align", S_REQUIRED + 12, 4, 0x400800 },
	{ "required-flags", S_REQUIRED + 16, 4, 3 },
	{ "reserved", S_REQUIRED + 20, 4, 1 },
	{ "mask-none", S_REQUIRED + 8, 4, 0 },
	{ "required-ram", S_REQUIRED_PAYLOAD, 8, GUEST_RAM },
	{ "required-ram", S_REQUIRED_PAYLOAD, 8, 0xFFFFFFFFFFFFF000 },
	{ "required-ram", S_REQUIRED_PAYLOAD + 12, 4, 0x4001000 },
	{ "required-split", S_REQUIRED, 8, S_BASE - 0x1000 },
	{ "required-overlap", S_REQUIRED_PAYLOAD, 8, S_BASE },
	{ "required-overlap", S_REQUIRED_PAYLOAD, 8, S_BASE + S_MEMORY_SIZE - 0x1000 },
	/* parameters */
	{ "area-size", S_AREA, 8, 0 },
	{ "area-size", S_AREA, 8, 0x40001 },
	{ "area-unknown", S_AREA + 8, 4, 1 },
	{ "data-offset", S_AREA + 12, 4, 1 },
	{ "data-cut", S_AREA + 12, 4, S_PAYLOAD },
	{ "data-cut", S_AREA + 12, 4, 0xFFFFFFFF },
	{ "area-unknown", S_PARAM_TREE, 4, 1 },
	{ "param-offset", S_PARAM_TREE + 4, 4, 0x40000 },
	{ "param-offset", S_PARAM_TREE + 4, 4, 0xFFFFFFFF },
	{ "ok", S_PARAM_COUNT + 4, 4, 0x3FFFC },
	{ "param-fit", S_PARAM_COUNT + 4, 4, 0x3FFFD },
	{ "header-unsupported", S_PARAM_COUNT - 8, 4, 0x308 },
	{ "header-unsupported", S_PARAM_COUNT - 8, 4, 0x30E },
	{ "ok", S_PARAM_COUNT - 8, 4, 0x313 },
	{ "insert-align", S_INSERT, 8, S_TREE_GPA + 8 },
	{ "mask-unknown", S_INSERT + 8, 4, 2 },
	{ "area-unknown", S_INSERT + 12, 4, 1 },
	{ "insert-tables", S_INSERT, 8, S_TABLES_GPA - 0x1000 },
	{ "page-ram", S_INSERT, 8, GUEST_RAM - 0x1000 },
	{ "page-ram", S_INSERT, 8, 0xFFFFFFFFFFFFF000 },
	{ "page-twice", S_INSERT, 8, S_BASE },
	{ "page-twice", S_INSERT, 8, S_PAYLOAD_GPA - S_TREE_SIZE + 0x1000 },
	/* pages */
	{ "page-align", S_PAGE_ZERO, 8, S_BASE + 0x1800 },
	{ "page-ram", S_PAGE_ZERO, 8, GUEST_RAM },
	{ "page-ram", S_PAGE_ZERO, 8, 0xFFFFFFFFFFFFF000 },
	{ "page-twice", S_PAGE_ZERO, 8, S_BASE },
	{ "page-twice", S_PAGE_ZERO, 8, S_TREE_GPA + S_TREE_SIZE - 0x1000 },
	{ "page-twice", S_PAGE_PAYLOAD, 8, S_TABLES_GPA + 0x1000 },
	{ "pt-page-missing", S_PAGE_L2, 8, S_TABLES_GPA + 0x3000 },
	{ "mask-none", S_PAGE_ZERO + 8, 4, 0 },
	{ "data-offset", S_PAGE_IMAGE + 12, 4, S_DATA - 1 },
	{ "ok", S_PAGE_IMAGE + 12, 4, S_DATA },
	{ "ok", S_PAGE_IMAGE + 12, 4, S_SIZE - 0x1000 },
	{ "data-cut", S_PAGE_IMAGE + 12, 4, S_SIZE - 0xFFF },
	{ "data-cut", S_PAGE_IMAGE + 12, 4, 0xFFFFFFFF },
	{ "ok", S_PAGE_IMAGE + 16, 4, 2 },
	{ "page-flags", S_PAGE_IMAGE + 16, 4, 1 },
	{ "page-flags", S_PAGE_IMAGE + 16, 4, 4 },
	{ "page-flags", S_PAGE_IMAGE + 16, 4, 0x80000000 },
	{ "page-type", S_PAGE_IMAGE + 20, 2, 1 },
	{ "page-type", S_PAGE_IMAGE + 20, 2, 0x100 },
	{ "reserved", S_PAGE_IMAGE + 22, 2, 1 },
	/* VP context */
	{ "vp-gpa", S_VP, 8, 0x1000 },
	{ "vp-gpa", S_VP + 12, 4, 0 },
	{ "data-offset", S_VP + 12, 4, S_DATA - 8 },
	{ "data-cut", S_VP + 12, 4, S_SIZE - 3 },
	{ "vp-index", S_VP + 16, 2, 1 },
	{ "reserved", S_VP + 18, 2, 1 },
	{ "mask-unknown", S_VP + 8, 4, 3 },
	{ "reg-count", S_REGS, 4, 0 },
	{ "reg-count", S_REGS, 4, 65 },
	{ "reg-count", S_REGS, 4, 0xFFFFFFFF },
	{ "reg-vtl", S_REGS, 4, 11 }, /* what follows the list is not a record */
	{ "reg-vtl", S_REGS + 4 + 32, 1, 0 },
	{ "reg-name", S_REGS + 5 + 32, 4, 0x20012 },
	{ "reg-name", S_REGS + 5 + 32, 4, 0x40000 },
	{ "reg-twice", S_REGS + 5 + 32, 4, 0x20001 },
	{ "reserved", S_REGS + 9 + 32, 1, 1 },
	{ "reserved", S_REGS + 19 + 32, 1, 1 },
	{ "reg-value", S_REGS + 28 + 32, 8, 1 },
	{ "reg-pc-missing", S_REGS + 5, 4, 0x20005 },
	{ "pt-pc", S_REGS + 20, 8, S_BASE - 4 },
	{ "reg-pc", S_REGS + 20, 8, S_TREE_GPA },
	{ "reg-pc", S_REGS + 20, 8, S_TREE_GPA + S_TREE_SIZE },
	/* page tables */
	{ "pt-pc", S_L2 + 64 * 8, 8, 0 },
	{ "pt-pc", S_L2 + 64 * 8, 8, S_BASE | 0x30D },
	{ "pt-pc", S_L2 + 64 * 8, 8, S_BASE | 0x70D | 1ULL << 53 },
	{ "pt-root", S_REGS + 5 * 32 + 20, 8, S_TABLES_GPA + 0x3000 },
	{ "pt-root", S_REGS + 5 * 32 + 20, 8, S_TABLES_GPA - 0x1000 },
	{ "pt-root", S_REGS + 5 * 32 + 20, 8, S_TABLES_GPA + 1 },
	{ "pt-root", S_REGS + 5 * 32 + 20, 8, S_TABLES_GPA | 1ULL << 48 },
	{ "pt-paging-off", S_REGS + 4 * 32 + 20, 8, 0x30D01804 },
	{ "pt-format", S_REGS + 7 * 32 + 20, 8, 0x580803591 }, /* EPD0 */
	{ "pt-format", S_REGS + 7 * 32 + 20, 8, 0x580807511 }, /* 64 KiB */
	{ "pt-format", S_REGS + 7 * 32 + 20, 8, 0x58080350F }, /* T0SZ 15 */
	{ "pt-format", S_REGS + 7 * 32 + 20, 8, 0x580803522 }, /* T0SZ 34 */
	{ "pt-pointer", S_L0, 8, (S_TABLES_GPA + 0x3000) | 3 },
	{ "pt-pointer", S_L0, 8, (S_TABLES_GPA - 0x1000) | 3 },
	{ "pt-shared", S_L0, 8, S_TABLES_GPA | 3 },
	{ "pt-shared", S_L0 + 8, 8, (S_TABLES_GPA + 0x1000) | 3 },
	{ "pt-table-bits", S_L1, 8, (S_TABLES_GPA + 0x2000) | 3 | 1ULL << 60 },
	{ "pt-entry", S_L0, 8, 0x70D },
	{ "pt-entry", S_L2 + 64 * 8, 8, (S_BASE + 0x1000) | 0x70D },
	{ "pt-not-identity", S_L2 + 64 * 8, 8, S_BASE + 0x200000 + 0x70D },
	{ "pt-not-identity", S_L2 + 63 * 8, 8, S_BASE | 0x70D },
	{ "ok", S_L2 + 63 * 8, 8, (S_BASE - 0x200000) | 0x70D },
	{ "ok", S_L2 + 63 * 8, 8, 0x123456 }, /* not valid: means nothing */
	{ "pt-not-identity", S_L1 + 8, 8, 0x70D },
};

static void apply(const struct change *change)
{
	uint64_t value = change->value;
	uint32_t i;

	for (i = 0; i < (change->width & 0xFF); i++) {
		sample.bytes[change->at + i] = (uint8_t)(value >> (8 * i));
	}
	if ((change->width & NO_SEAL) == 0) {
		sample_seal(&sample);
	}
}

static void test_changes(void **state)
{
	struct guest *guest = guest_get();
	int bad = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		const char *name;

		sample_arm64(&sample);
		apply(&changes[i]);
		guest->writes = 0;
		name = igvm_err_name(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64));
		if (strcmp(name, changes[i].name) != 0) {
			print_message("change %zu at 0x%x: %s instead of %s\n", i, changes[i].at,
				      name, changes[i].name);
			bad++;
		}
		/* A refused file leaves no trace in the guest. */
		assert_true(strcmp(name, "ok") == 0 || guest->writes == 0);
	}
	assert_int_equal(bad, 0);
}

static void load_must_be(enum igvm_err wanted)
{
	struct guest *guest = guest_get();
	enum igvm_err err;

	sample_seal(&sample);
	err = guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64);
	if (err != wanted) {
		fail_msg("%s instead of %s", igvm_err_name(err), igvm_err_name(wanted));
	}
}

/* A copy of one of the sample's own headers at the end. */
static void load_with_copy(uint32_t at, uint32_t length, enum igvm_err wanted)
{
	uint8_t body[64];

	sample_arm64(&sample);
	memcpy(body, sample.bytes + at, length);
	(void)sample_add_header(&sample, sample.bytes[at - 8] | sample.bytes[at - 7] << 8, body,
				length);
	load_must_be(wanted);
}

static void test_added(void **state)
{
	static const uint8_t error_range[16] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 16, 0, 0 };
	static const uint8_t zero[864];
	size_t at;

	(void)state;
	load_with_copy(S_PLATFORM, 16, IGVM_BAD_HEADER_ORDER);
	load_with_copy(S_REGION, 48, IGVM_BAD_HEADER_ORDER);
	load_with_copy(S_AREA, 16, IGVM_BAD_AREA_INDEX);
	load_with_copy(S_INSERT, 16, IGVM_BAD_AREA_UNKNOWN);
	load_with_copy(S_PARAM_TREE, 8, IGVM_BAD_AREA_UNKNOWN);
	load_with_copy(S_REQUIRED, 24, IGVM_BAD_REQUIRED_OVERLAP);
	load_with_copy(S_PAGE_ZERO, 24, IGVM_BAD_PAGE_TWICE);

	/* Error range, alone and broken. */
	sample_arm64(&sample);
	at = sample_add_header(&sample, 0x30D, error_range, 16);
	load_must_be(IGVM_OK);
	sample_put32(&sample, at + 12, 0);
	load_must_be(IGVM_BAD_ERROR_RANGE);
	sample_put32(&sample, at + 12, 0x1000);
	sample_put32(&sample, at, 1);
	load_must_be(IGVM_BAD_ERROR_RANGE);

	sample_arm64(&sample);
	(void)sample_add_header(&sample, 0x311, zero, 864);
	load_must_be(IGVM_BAD_HEADER_UNSUPPORTED);

	/* A second VP context with the same data. */
	sample_arm64(&sample);
	at = sample_add_header(&sample, 0x304, sample.bytes + S_VP, 20);
	sample_put32(&sample, at + 12, S_REGS + 32);
	load_must_be(IGVM_BAD_VP_TWICE);
}

static void test_added_many(void **state)
{
	uint8_t body[24] = { 0 };
	uint32_t i;
	size_t at;

	(void)state;
	/* 16 areas are held, the 17th is not; none of the new ones is inserted. */
	sample_arm64(&sample);
	body[1] = 0x10;
	for (i = 1; i < 16; i++) {
		body[8] = (uint8_t)i;
		(void)sample_add_header(&sample, 0x301, body, 16);
	}
	load_must_be(IGVM_BAD_AREA_LEFT);
	body[8] = 16;
	(void)sample_add_header(&sample, 0x301, body, 16);
	load_must_be(IGVM_BAD_AREA_MANY);

	/* Pages that are nobody's neighbours: 3 ranges are there already. */
	sample_arm64(&sample);
	memset(body, 0, sizeof(body));
	body[8] = 1;
	for (i = 0; i < 62; i++) {
		at = sample_add_header(&sample, 0x302, body, 24);
		sample_put64(&sample, at, 0x100000 + 0x2000 * i);
		if (i == 60) {
			load_must_be(IGVM_OK);
		}
	}
	load_must_be(IGVM_BAD_PAGE_RANGES);

	sample_arm64(&sample);
	for (i = 0; i < 15; i++) {
		at = sample_add_header(&sample, 0x305, body, 24);
		sample_put64(&sample, at, 0x100000 + 0x2000 * i);
		sample_put32(&sample, at + 12, 0x1000);
		if (i == 13) {
			load_must_be(IGVM_OK);
		}
	}
	load_must_be(IGVM_BAD_REQUIRED_MANY);
}

static void test_removed(void **state)
{
	static const struct {
		uint32_t at;
		enum igvm_err err;
	} cases[] = {
		{ S_PLATFORM, IGVM_BAD_MASK_UNKNOWN },
		{ S_REGION, IGVM_BAD_PT_ALONE },
		{ S_TABLES, IGVM_BAD_RELOC_NO_TABLES },
		{ S_REQUIRED, IGVM_BAD_RELOC_NOT_REQUIRED },
		{ S_REQUIRED_PAYLOAD, IGVM_OK },
		{ S_AREA, IGVM_BAD_AREA_UNKNOWN },
		{ S_PARAM_TREE, IGVM_OK },
		{ S_VP, IGVM_BAD_VP_MISSING },
		{ S_INSERT, IGVM_BAD_AREA_LEFT },
		{ S_PAGE_IMAGE, IGVM_BAD_REG_PC },
		{ S_PAGE_ZERO, IGVM_OK },
		{ S_PAGE_L1, IGVM_BAD_PT_PAGE_MISSING },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		sample_arm64(&sample);
		sample_remove_header(&sample, cases[i].at);
		load_must_be(cases[i].err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_added),
		cmocka_unit_test(test_added_many),
		cmocka_unit_test(test_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
