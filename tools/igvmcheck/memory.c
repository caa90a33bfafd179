/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Are pages and required memory sound, and does each page lie once and where it may?
 */
#include "tools/igvmcheck/memory.h"

#include <stdlib.h>

#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/kinds.h"
#include "tools/igvmcheck/regions.h"

#define AT_GPA 0
#define AT_BYTES 12 /* REQUIRED_MEMORY, ERROR_RANGE */
#define AT_FILE_OFFSET 12
#define AT_FLAGS 16
#define AT_DATA_TYPE 20
#define AT_RESERVED_16 22
#define AT_RESERVED_32 20

#define PAGE_FLAG_2MB 1u
#define PAGE_FLAGS_KNOWN 7u
#define MEMORY_FLAG_PROTECTABLE 1u

bool data_check(struct image *image, uint32_t file_offset, uint64_t size, size_t field)
{
	if (file_offset < image->data_start) {
		return refuse(image, RULE_DATA_START, field,
			      "file offset 0x%x lies below the data at 0x%zx", file_offset,
			      image->data_start);
	}
	if (file_offset > image->size || size > image->size - file_offset) {
		return refuse(image, RULE_DATA_END, field,
			      "0x%llx bytes at file offset 0x%x leave the file",
			      (unsigned long long)size, file_offset);
	}
	return true;
}

bool memory_check_page(struct image *image, const struct header *header)
{
	const size_t at = header->at;
	const uint32_t file_offset = read32(image, at + AT_FILE_OFFSET);
	const uint32_t flags = read32(image, at + AT_FLAGS);

	if (read64(image, at + AT_GPA) % PAGE != 0) {
		return refuse(image, RULE_PAGE_GPA, at + AT_GPA, "page at 0x%llx",
			      (unsigned long long)read64(image, at + AT_GPA));
	}
	if ((flags & ~PAGE_FLAGS_KNOWN) != 0) {
		return refuse(image, RULE_PAGE_FLAGS, at + AT_FLAGS, "page flags 0x%x", flags);
	}
	if ((flags & PAGE_FLAG_2MB) != 0) {
		return refuse(image, RULE_PAGE_LARGE, at + AT_FLAGS, "a 2 MB page");
	}
	if (read16(image, at + AT_DATA_TYPE) > 3) {
		return refuse(image, RULE_PAGE_TYPE, at + AT_DATA_TYPE, "page data type %u",
			      read16(image, at + AT_DATA_TYPE));
	}
	if (read16(image, at + AT_RESERVED_16) != 0) {
		return refuse(image, RULE_PAGE_RESERVED, at + AT_RESERVED_16,
			      "reserved field of PAGE_DATA is not zero");
	}
	return file_offset == 0 || data_check(image, file_offset, PAGE, at + AT_FILE_OFFSET);
}

bool memory_check_required(struct image *image, const struct header *header)
{
	const size_t at = header->at;
	const uint64_t gpa = read64(image, at + AT_GPA);
	const uint32_t bytes = read32(image, at + AT_BYTES);

	if (gpa % PAGE != 0) {
		return refuse(image, RULE_MEMORY_GPA, at + AT_GPA, "required memory at 0x%llx",
			      (unsigned long long)gpa);
	}
	if (bytes == 0 || bytes % PAGE != 0 || range_wraps(gpa, bytes)) {
		return refuse(image, RULE_MEMORY_SIZE, at + AT_BYTES,
			      "0x%x bytes of required memory", bytes);
	}
	if ((read32(image, at + AT_FLAGS) & ~MEMORY_FLAG_PROTECTABLE) != 0) {
		return refuse(image, RULE_MEMORY_FLAGS, at + AT_FLAGS, "required memory flags 0x%x",
			      read32(image, at + AT_FLAGS));
	}
	if (read32(image, at + AT_RESERVED_32) != 0) {
		return refuse(image, RULE_MEMORY_RESERVED, at + AT_RESERVED_32,
			      "reserved field of REQUIRED_MEMORY is not zero");
	}
	return true;
}

bool memory_check_error_range(struct image *image, const struct header *header)
{
	const uint64_t gpa = read64(image, header->at + AT_GPA);
	const uint32_t bytes = read32(image, header->at + AT_BYTES);

	if (gpa % PAGE != 0 || bytes == 0 || bytes % PAGE != 0 || range_wraps(gpa, bytes)) {
		return refuse(image, RULE_ERROR_RANGE, header->at,
			      "error range of 0x%x bytes at 0x%llx", bytes,
			      (unsigned long long)gpa);
	}
	return true;
}

bool memory_required(const struct image *image, uint32_t mask, uint64_t gpa, uint64_t size,
		     bool protectable)
{
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];
		const size_t at = header->at;

		if (header_is(header, TYPE_REQUIRED_MEMORY) &&
		    (header_mask(image, header) & mask) != 0 &&
		    (!protectable ||
		     (read32(image, at + AT_FLAGS) & MEMORY_FLAG_PROTECTABLE) != 0) &&
		    range_holds(read64(image, at + AT_GPA), read32(image, at + AT_BYTES), gpa,
				size)) {
			return true;
		}
	}
	return false;
}

/* Is this page VTL2's by itself: part of a region that moves with VTL2? */
static bool is_vtl2_page(const struct image *image, uint32_t mask, uint64_t gpa)
{
	struct region r;
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		/* Regions come before all directives. */
		if (image->headers[i].kind->section == SECTION_DIRECTIVE) {
			break;
		}
		if (region_read(image, &image->headers[i], &r) && (r.mask & mask) != 0 &&
		    r.vtl == 2 && range_holds(r.gpa, r.size, gpa, PAGE)) {
			return true;
		}
	}
	return false;
}

static bool check_covered(struct image *image, const struct header *header)
{
	const uint32_t mask = header_mask(image, header);
	const uint64_t gpa = read64(image, header->at + AT_GPA);
	size_t i;

	for (i = 0; i < image->platform_count; i++) {
		const struct platform *platform = &image->platforms[i];
		bool protectable;

		if ((platform->mask & mask) == 0 || platform->highest_vtl != 2) {
			continue;
		}
		protectable = is_vtl2_page(image, platform->mask, gpa);
		if (!memory_required(image, platform->mask, gpa, PAGE, protectable)) {
			return refuse(image, RULE_PAGE_MEMORY, header->at + AT_GPA,
				      "page at 0x%llx is in no required %smemory",
				      (unsigned long long)gpa,
				      protectable ? "VTL2-protectable " : "");
		}
	}
	return true;
}

struct place {
	uint64_t gpa;
	uint32_t mask;
	size_t at;
};

static int compare_places(const void *left, const void *right)
{
	const struct place *l = left;
	const struct place *r = right;

	if (l->gpa != r->gpa) {
		return l->gpa < r->gpa ? -1 : 1;
	}
	return l->at < r->at ? -1 : l->at > r->at;
}

/* Sorted, pages of one address are neighbours: then no platform may have two of them. */
static bool check_once(struct image *image, struct place *places, size_t count)
{
	uint32_t seen = 0;
	size_t i;

	qsort(places, count, sizeof(*places), compare_places);
	for (i = 0; i < count; i++) {
		if (i == 0 || places[i].gpa != places[i - 1].gpa) {
			seen = 0;
		}
		if ((seen & places[i].mask) != 0) {
			return refuse(image, RULE_PAGE_REPEATED, places[i].at,
				      "second page at 0x%llx", (unsigned long long)places[i].gpa);
		}
		seen |= places[i].mask;
	}
	return true;
}

bool memory_check_all(struct image *image)
{
	struct place *places = malloc((image->header_count + 1) * sizeof(*places));
	size_t count = 0;
	bool good;
	size_t i;

	if (places == NULL) {
		abort();
	}
	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];

		if (header_is(header, TYPE_PAGE_DATA)) {
			places[count].gpa = read64(image, header->at + AT_GPA);
			places[count].mask = header_mask(image, header);
			places[count].at = header->at;
			count++;
		}
	}
	good = check_once(image, places, count);
	free(places);
	for (i = 0; good && i < image->header_count; i++) {
		if (header_is(&image->headers[i], TYPE_PAGE_DATA)) {
			good = check_covered(image, &image->headers[i]);
		}
	}
	return good;
}

bool memory_find_page(const struct image *image, uint32_t mask, uint64_t gpa, uint32_t *file_offset)
{
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];

		if (header_is(header, TYPE_PAGE_DATA) && (header_mask(image, header) & mask) != 0 &&
		    read64(image, header->at + AT_GPA) == gpa) {
			*file_offset = read32(image, header->at + AT_FILE_OFFSET);
			return true;
		}
	}
	return false;
}
