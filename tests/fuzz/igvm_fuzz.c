/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do builder, checker and loader agree on what an IGVM file is?
 *
 * Three programs that share no source. Bytes with the file's magic number are a file: what one
 * reader accepts the other accepts too, or refuses for a reason that stands in a list below. Other
 * bytes are numbers for the builder, whose file both readers must take.
 */
#include <stdbool.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/igvm_build.h"
#include "tests/fuzz/igvm_mutate.h"
#include "tests/host/common/igvm_load.h"
#include "tools/igvmcheck/check.h"
#include "tools/igvmcheck/dump.h"

#define RAM (UINT64_C(1) << 47)
#define SCRATCH 0x40000U
#define FILE_MAX 0x10000U
#define MAGIC "IGVM"

/* The host offers less than the format has. */
static const enum igvm_err host_offers_less[] = {
	IGVM_BAD_HEADER_TYPE,	     /* CoRIM documents */
	IGVM_BAD_HEADER_UNSUPPORTED, /* policies, most parameters */
	IGVM_BAD_PLATFORM_MISSING,   /* no platform but VSM isolation */
	IGVM_BAD_PLATFORM_VTL,	     /* VSM isolation with VTL2 and no less */
	IGVM_BAD_PAGE_TYPE,	     /* normal pages */
	IGVM_BAD_PAGE_FLAGS,
	IGVM_BAD_RELOC_VP, /* regions of VTL2 */
	IGVM_BAD_RELOC_FLAGS,
	IGVM_BAD_RELOC_TWICE, /* one region of each kind */
	IGVM_BAD_RELOC_NO_TABLES,
	IGVM_BAD_RELOC_NOT_REQUIRED,
	IGVM_BAD_PT_ALONE,
	IGVM_BAD_PT_ROOT, /* no ASID */
	IGVM_BAD_PT_TABLE_BITS,
	IGVM_BAD_PT_SHARED, /* the checker counts tables: an empty one may have two pointers */
	/* its tables and its memory have an end */
	IGVM_BAD_PT_SCRATCH,
	IGVM_BAD_PT_LEAVES,
	IGVM_BAD_PAGE_RAM,
	IGVM_BAD_PAGE_RANGES,
	IGVM_BAD_REQUIRED_RAM,
	IGVM_BAD_REQUIRED_OVERLAP,
	IGVM_BAD_REQUIRED_SPLIT,
	IGVM_BAD_REQUIRED_MANY,
	IGVM_BAD_AREA_MANY,
	IGVM_BAD_PARAM_MANY,
	IGVM_BAD_PARAM_FIT,
};

/* The host wants RAM there; that the file also requires it as memory is our wish. */
static const enum rule host_ignores[] = {
	RULE_PAGE_MEMORY,
	RULE_INSERT_MEMORY,
};

static uint64_t written;

static bool has_ram(void *ctx, uint64_t gpa, uint64_t size)
{
	(void)ctx;
	FUZZ_CHECK(size <= UINT64_MAX - gpa);
	return gpa <= RAM && size <= RAM - gpa;
}

/* Every byte is looked at, so that the sanitizer sees one that is not the file's. */
static bool guest_write(void *ctx, uint64_t gpa, const void *data, uint64_t size)
{
	static uint8_t page[0x1000];
	const uint8_t *from = data;
	uint64_t done;

	(void)ctx;
	FUZZ_CHECK(gpa <= RAM && size <= RAM - gpa);
	for (done = 0; from != NULL && done < size; done += sizeof(page)) {
		uint64_t left = size - done;

		memcpy(page, from + done, left < sizeof(page) ? left : sizeof(page));
	}
	written += size;
	return true;
}

static bool device_tree(void *ctx, const struct igvm_result *result, void *buf, uint64_t cap,
			uint64_t *size)
{
	(void)ctx;
	(void)result;
	*size = 64;
	if (cap >= *size) {
		memset(buf, 0x5A, *size);
	}
	return true;
}

static bool memory_map(void *ctx, uint32_t n, struct igvm_map_entry *entry)
{
	(void)ctx;
	*entry = (struct igvm_map_entry){ UINT64_C(0x100000) * n, 0x100000, n == 1 ? 3 : 0 };
	return n < 3;
}

static void check_result(const struct igvm_result *r)
{
	uint32_t i;

	FUZZ_CHECK(r->vtl == 2);
	FUZZ_CHECK(r->reg_count > 0 && r->reg_count <= IGVM_REGS_MAX);
	FUZZ_CHECK(r->required_count <= IGVM_REQUIRED_MAX);
	FUZZ_CHECK(r->imported_count > 0 && r->imported_count <= IGVM_RANGES_MAX);
	for (i = 0; i < r->imported_count; i++) {
		const struct igvm_range *m = &r->imported[i];

		FUZZ_CHECK(m->size > 0 && m->gpa < RAM && m->size <= RAM - m->gpa);
	}
}

static enum igvm_err load(const uint8_t *bytes, size_t size, enum igvm_arch arch,
			  const uint64_t *base)
{
	static const struct igvm_ops ops = { has_ram, guest_write, device_tree, memory_map };
	static _Alignas(8) uint8_t scratch[SCRATCH];
	struct igvm_request request = {
		.file = bytes,
		.file_size = size,
		.arch = arch,
		.base_set = base != NULL,
		.base = base != NULL ? *base : 0,
		.vp_count = 4,
		.scratch = scratch,
		.scratch_size = sizeof(scratch),
		.ops = &ops,
	};
	struct igvm_result result;
	enum igvm_err err;

	memset(&result, 0xEE, sizeof(result));
	written = 0;
	err = igvm_load(&request, &result);
	FUZZ_CHECK(err < IGVM_ERR_COUNT);
	if (err == IGVM_OK) {
		check_result(&result);
	} else {
		/* Checked as a whole before the first byte is written. */
		FUZZ_CHECK(written == 0 || err == IGVM_BAD_PARAM_FIT);
	}
	return err;
}

static bool check(const uint8_t *bytes, size_t size, enum rule *rule)
{
	static FILE *nowhere;
	struct image image;
	bool good;

	if (nowhere == NULL) {
		nowhere = fopen("/dev/null", "w");
		FUZZ_CHECK(nowhere != NULL);
	}
	good = check_bytes(&image, bytes, size);
	dump_image(&image, nowhere);
	*rule = good ? RULE_COUNT : image.verdict.rule;
	FUZZ_CHECK(good || (*rule < RULE_COUNT && image.verdict.text[0] != '\0'));
	check_free(&image);
	return good;
}

/* ---- Agreement ----------------------------------------------------------------------------- */

static bool offers_less(enum igvm_err err)
{
	size_t i;

	for (i = 0; i < sizeof(host_offers_less) / sizeof(host_offers_less[0]); i++) {
		if (host_offers_less[i] == err) {
			return true;
		}
	}
	return false;
}

static bool ignores(enum rule rule)
{
	size_t i;

	for (i = 0; i < sizeof(host_ignores) / sizeof(host_ignores[0]); i++) {
		if (host_ignores[i] == rule) {
			return true;
		}
	}
	return false;
}

static enum igvm_arch arch_of(const uint8_t *bytes, size_t size)
{
	return size > 24 && bytes[4] == 2 && bytes[24] == 1 ? IGVM_ARCH_ARM64 : IGVM_ARCH_X64;
}

static void agree(const uint8_t *bytes, size_t size)
{
	enum igvm_arch arch = arch_of(bytes, size);
	enum rule rule;
	bool good = check(bytes, size, &rule);
	enum igvm_err err = load(bytes, size, arch, NULL);

	/* What is for one architecture is not for the other. */
	FUZZ_CHECK(load(bytes, size, (enum igvm_arch)(1 - arch), NULL) != IGVM_OK);
	if (good && err != IGVM_OK && !offers_less(err)) {
		fprintf(stderr, "accepted, but not loaded: %s\n", igvm_err_name(err));
		FUZZ_CHECK(err == IGVM_OK);
	}
	if (!good && err == IGVM_OK && !ignores(rule)) {
		fprintf(stderr, "loaded, but breaks rule %s\n", rule_name(rule));
		FUZZ_CHECK(good);
	}
}

/* Somewhere that the region's limits allow, by the format's offsets: the loader may refuse. */
static void move(const uint8_t *bytes, size_t size)
{
	static const uint8_t region[] = { 0x02, 0x01, 0, 0, 48, 0, 0, 0 };
	size_t at;
	uint64_t base;

	for (at = 24; at + 56 <= size && at < 256; at += 8) {
		if (memcmp(bytes + at, region, sizeof(region)) == 0) {
			memcpy(&base, bytes + at + 8 + 32, sizeof(base));
			(void)load(bytes, size, arch_of(bytes, size), &base);
			memcpy(&base, bytes + at + 8 + 16, sizeof(base));
			base += UINT64_C(0x40000000);
			(void)load(bytes, size, arch_of(bytes, size), &base);
			return;
		}
	}
}

/* What the builder builds both readers take, where it lies and where it is moved to. */
static void build(struct fuzz_input *in)
{
	struct igvm_built built;
	enum igvm_err err;
	enum rule rule;

	if (!igvm_build(in, &built)) {
		return;
	}
	if (!check(built.bytes, built.size, &rule)) {
		fprintf(stderr, "built, but breaks rule %s\n", rule_name(rule));
		FUZZ_CHECK(!"what the builder builds is a file");
	}
	err = load(built.bytes, built.size, IGVM_ARCH_ARM64, NULL);
	FUZZ_CHECK(err == IGVM_OK || err == IGVM_BAD_PAGE_RAM || err == IGVM_BAD_REQUIRED_RAM);
	if (err == IGVM_OK) {
		err = load(built.bytes, built.size, IGVM_ARCH_ARM64, &built.move_to);
		if (err != IGVM_OK && err != IGVM_BAD_RELOC_BASE && err != IGVM_BAD_PT_RANGE &&
		    err != IGVM_BAD_REQUIRED_RAM && err != IGVM_BAD_REQUIRED_OVERLAP) {
			fprintf(stderr, "built, but not moved: %s\n", igvm_err_name(err));
			FUZZ_CHECK(err == IGVM_OK);
		}
	}
	free(built.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };

	agree(data, size);
	if (size >= 4 && memcmp(data, MAGIC, 4) == 0) {
		move(data, size);
	} else {
		build(&in);
	}
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	if (max_size > FILE_MAX) {
		max_size = FILE_MAX;
	}
	if (size < 32 || size > max_size || memcmp(data, MAGIC, 4) != 0) {
		return LLVMFuzzerMutate(data, size, max_size);
	}
	return igvm_mutate(data, size, max_size, seed);
}
