/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is the fixed header sound, and does the checksum match?
 *
 * Runs first and assumes nothing. After it, the variable headers and the data are two ranges
 * inside the file, without a gap before or between them.
 */
#include "tools/igvmcheck/checks.h"

#define AT_MAGIC 0
#define AT_VERSION 4
#define AT_HEADERS_OFFSET 8
#define AT_HEADERS_SIZE 12
#define AT_FILE_SIZE 16
#define AT_CHECKSUM 20
#define AT_ARCH 24
#define AT_PAGE_SIZE 28

static size_t fixed_size(uint32_t version)
{
	return version == 1 ? 24 : 32;
}

static bool check_identity(struct image *image)
{
	uint32_t arch = ARCH_X64; /* what version 1 means */

	if (image->size < fixed_size(1)) {
		return refuse(image, RULE_SHORT, 0, "%zu bytes are no fixed header", image->size);
	}
	if (read32(image, AT_MAGIC) != 0x4D564749) {
		return refuse(image, RULE_MAGIC, AT_MAGIC, "magic 0x%08x is not IGVM",
			      read32(image, AT_MAGIC));
	}
	image->version = read32(image, AT_VERSION);
	if (image->version != 1 && image->version != 2) {
		return refuse(image, RULE_VERSION, AT_VERSION, "format version %u", image->version);
	}
	if (image->size < fixed_size(image->version)) {
		return refuse(image, RULE_SHORT, 0, "%zu bytes are no fixed header", image->size);
	}
	if (image->version == 2) {
		arch = read32(image, AT_ARCH);
		if (arch > ARCH_AARCH64) {
			return refuse(image, RULE_ARCHITECTURE, AT_ARCH, "architecture %u", arch);
		}
		if (read32(image, AT_PAGE_SIZE) != PAGE) {
			return refuse(image, RULE_PAGE_SIZE, AT_PAGE_SIZE, "page size %u",
				      read32(image, AT_PAGE_SIZE));
		}
	}
	image->arch = (enum arch)arch;
	return true;
}

static bool check_ranges(struct image *image)
{
	const size_t fixed = fixed_size(image->version);
	const uint32_t start = read32(image, AT_HEADERS_OFFSET);
	const uint32_t size = read32(image, AT_HEADERS_SIZE);
	const uint64_t end = (uint64_t)start + size;

	if (read32(image, AT_FILE_SIZE) != image->size) {
		return refuse(image, RULE_FILE_SIZE, AT_FILE_SIZE,
			      "total_file_size %u, but the file has %zu bytes",
			      read32(image, AT_FILE_SIZE), image->size);
	}
	if (start < fixed || start % 8 != 0) {
		return refuse(image, RULE_HEADER_OFFSET, AT_HEADERS_OFFSET,
			      "variable headers at 0x%x", start);
	}
	if (start != fixed) {
		return refuse(image, RULE_HEADER_GAP, AT_HEADERS_OFFSET,
			      "variable headers at 0x%x leave a gap", start);
	}
	if (size % 8 != 0) {
		return refuse(image, RULE_HEADER_SIZE, AT_HEADERS_SIZE,
			      "0x%x bytes of variable headers", size);
	}
	if (end > image->size) {
		return refuse(image, RULE_HEADER_END, AT_HEADERS_SIZE,
			      "variable headers end at 0x%llx, outside the file",
			      (unsigned long long)end);
	}
	if (end == image->size) {
		return refuse(image, RULE_NO_DATA, AT_HEADERS_SIZE, "no data after the headers");
	}
	image->headers_start = start;
	image->data_start = (size_t)end;
	return true;
}

static bool check_crc(struct image *image)
{
	uint32_t table[256];
	uint32_t crc = UINT32_MAX;
	uint32_t i;
	size_t at;

	for (i = 0; i < 256; i++) {
		uint32_t row = i;
		int bit;

		for (bit = 0; bit < 8; bit++) {
			row = (row & 1) != 0 ? (row >> 1) ^ 0xEDB88320 : row >> 1;
		}
		table[i] = row;
	}
	for (at = 0; at < image->data_start; at++) {
		bool is_checksum = at >= AT_CHECKSUM && at < AT_CHECKSUM + 4;
		uint8_t byte = is_checksum ? 0 : read8(image, at);

		crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF];
	}
	crc ^= UINT32_MAX;
	if (crc != read32(image, AT_CHECKSUM)) {
		return refuse(image, RULE_CRC, AT_CHECKSUM, "checksum 0x%08x, computed 0x%08x",
			      read32(image, AT_CHECKSUM), crc);
	}
	return true;
}

bool fixed_check(struct image *image)
{
	return check_identity(image) && check_ranges(image) && check_crc(image);
}
