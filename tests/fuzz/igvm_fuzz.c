/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do checker and loader survive any IGVM file, and agree on it?
 *
 * Two readers of one format that share no source. The loader offers less than the format (one
 * platform, counted tables), so a file that the checker likes may be refused; never the other way
 * round: what the loader loads keeps every rule of the format.
 */
#include <stdbool.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/host/common/igvm_load.h"
#include "tools/igvmcheck/check.h"
#include "tools/igvmcheck/dump.h"

#define RAM UINT64_C(0x10000000)
#define SCRATCH 0x40000U
#define FILE_MAX 0x10000U

#define FILE_SIZE_AT 0x10
#define CRC_AT 0x14
#define HEADERS_AT 0x08

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

static enum igvm_err load(const uint8_t *bytes, size_t size, enum igvm_arch arch,
			  struct igvm_result *result)
{
	static const struct igvm_ops ops = { has_ram, guest_write, device_tree, memory_map };
	static _Alignas(8) uint8_t scratch[SCRATCH];
	struct igvm_request request = {
		.file = bytes,
		.file_size = size,
		.arch = arch,
		.vp_count = 4,
		.scratch = scratch,
		.scratch_size = sizeof(scratch),
		.ops = &ops,
	};

	memset(result, 0xEE, sizeof(*result));
	written = 0;
	return igvm_load(&request, result);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct igvm_result result;
	enum igvm_err err;
	enum rule rule;
	bool good;
	int arch;

	good = check(data, size, &rule);
	for (arch = IGVM_ARCH_X64; arch <= IGVM_ARCH_ARM64; arch++) {
		err = load(data, size, (enum igvm_arch)arch, &result);
		FUZZ_CHECK(err < IGVM_ERR_COUNT);
		if (err == IGVM_OK) {
			if (!good) {
				fprintf(stderr, "loaded, but breaks rule %s\n", rule_name(rule));
			}
			FUZZ_CHECK(good);
			check_result(&result);
		} else {
			/* Checked as a whole before the first byte is written. */
			FUZZ_CHECK(written == 0 || err == IGVM_BAD_IO ||
				   err == IGVM_BAD_PARAM_FIT || err == IGVM_BAD_PARAM_TREE);
		}
	}
	return 0;
}

/* ---- Mutation ------------------------------------------------------------------------------ */

static uint32_t get32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void put32(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)value;
	p[1] = (uint8_t)(value >> 8);
	p[2] = (uint8_t)(value >> 16);
	p[3] = (uint8_t)(value >> 24);
}

/* CRC-32 over everything in front of the data, its own field taken as 0. */
static void seal(uint8_t *p, size_t size)
{
	uint64_t end = (uint64_t)get32(p + HEADERS_AT) + get32(p + HEADERS_AT + 4);
	uint32_t crc = UINT32_MAX;
	uint64_t i;
	int bit;

	put32(p + FILE_SIZE_AT, (uint32_t)size);
	put32(p + CRC_AT, 0);
	for (i = 0; i < end && i < size; i++) {
		crc ^= p[i];
		for (bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
		}
	}
	put32(p + CRC_AT, ~crc);
}

/* A checksum that agrees lets nearly every mutation reach what is behind it. Most go to headers: of
 * a file most bytes are data. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	if (size >= 0x40 && seed % 4 != 0) {
		uint64_t end = (uint64_t)get32(data + HEADERS_AT) + get32(data + HEADERS_AT + 4);
		size_t part = end < 0x20 || end > size ? size : (size_t)end;

		/* In place: the size of the headers stays. */
		(void)LLVMFuzzerMutate(data, part, part);
	} else {
		size = LLVMFuzzerMutate(data, size, max_size < FILE_MAX ? max_size : FILE_MAX);
	}
	if (size >= 0x20 && seed % 16 != 1) {
		seal(data, size);
	}
	return size;
}
