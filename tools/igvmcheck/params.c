/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is each parameter area declared, filled and inserted in this order, once, and over nothing else?
 */
#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/kinds.h"
#include "tools/igvmcheck/regions.h"

#define AREA_AT_BYTES 0
#define AREA_AT_INDEX 8
#define AREA_AT_FILE_OFFSET 12
#define USE_AT_INDEX 0
#define USE_AT_OFFSET 4
#define INSERT_AT_GPA 0
#define INSERT_AT_INDEX 12
#define PAGE_AT_GPA 0

/* The last header before `end` of this type and area index, or NULL. */
static const struct header *find_before(const struct image *image, const struct header *end,
					enum type type, size_t index_at, uint32_t index)
{
	const struct header *found = NULL;
	const struct header *header;

	for (header = image->headers; header != end; header++) {
		if (header_is(header, type) && read32(image, header->at + index_at) == index) {
			found = header;
		}
	}
	return found;
}

/* The area that a header at this point may use, or NULL and a refusal. */
static const struct header *live_area(struct image *image, const struct header *user,
				      size_t index_at)
{
	const uint32_t index = read32(image, user->at + index_at);
	const struct header *area =
		find_before(image, user, TYPE_PARAMETER_AREA, AREA_AT_INDEX, index);

	if (area == NULL) {
		refuse(image, RULE_AREA_UNKNOWN, user->at + index_at,
		       "%s uses parameter area %u before it is declared", user->kind->name, index);
		return NULL;
	}
	if (find_before(image, user, TYPE_PARAMETER_INSERT, INSERT_AT_INDEX, index) != NULL) {
		refuse(image, RULE_AREA_DEAD, user->at + index_at,
		       "%s uses parameter area %u after it was inserted", user->kind->name, index);
		return NULL;
	}
	return area;
}

bool params_check_area(struct image *image, const struct header *header)
{
	const size_t at = header->at;
	const uint64_t bytes = read64(image, at + AREA_AT_BYTES);
	const uint32_t index = read32(image, at + AREA_AT_INDEX);
	const uint32_t file_offset = read32(image, at + AREA_AT_FILE_OFFSET);

	if (bytes == 0 || bytes % PAGE != 0) {
		return refuse(image, RULE_AREA_SIZE, at + AREA_AT_BYTES,
			      "parameter area of 0x%llx bytes", (unsigned long long)bytes);
	}
	if (find_before(image, header, TYPE_PARAMETER_AREA, AREA_AT_INDEX, index) != NULL) {
		return refuse(image, RULE_AREA_REPEATED, at + AREA_AT_INDEX,
			      "parameter area %u declared twice", index);
	}
	return file_offset == 0 || data_check(image, file_offset, bytes, at + AREA_AT_FILE_OFFSET);
}

bool params_check_use(struct image *image, const struct header *header)
{
	const struct header *area = live_area(image, header, USE_AT_INDEX);

	if (area == NULL) {
		return false;
	}
	if (read32(image, header->at + USE_AT_OFFSET) >= read64(image, area->at + AREA_AT_BYTES)) {
		return refuse(image, RULE_AREA_OFFSET, header->at + USE_AT_OFFSET,
			      "%s at byte 0x%x, outside its area", header->kind->name,
			      read32(image, header->at + USE_AT_OFFSET));
	}
	return true;
}

bool params_check_insert(struct image *image, const struct header *header)
{
	const uint64_t gpa = read64(image, header->at + INSERT_AT_GPA);
	const struct header *area = live_area(image, header, INSERT_AT_INDEX);
	const struct header *other;
	struct region r;
	uint64_t bytes;

	if (area == NULL) {
		return false;
	}
	bytes = read64(image, area->at + AREA_AT_BYTES);
	if (gpa % PAGE != 0) {
		return refuse(image, RULE_INSERT_GPA, header->at + INSERT_AT_GPA,
			      "parameter area inserted at 0x%llx", (unsigned long long)gpa);
	}
	if (range_wraps(gpa, bytes)) {
		return refuse(image, RULE_INSERT_RANGE, header->at + INSERT_AT_GPA,
			      "parameter area of 0x%llx bytes at 0x%llx", (unsigned long long)bytes,
			      (unsigned long long)gpa);
	}
	for (other = image->headers; other != header; other++) {
		if (region_read(image, other, &r) && r.tables &&
		    (r.mask & header_mask(image, header)) != 0 &&
		    ranges_meet(r.gpa, r.size, gpa, bytes)) {
			return refuse(image, RULE_INSERT_TABLE, header->at + INSERT_AT_GPA,
				      "parameter area at 0x%llx meets the page tables",
				      (unsigned long long)gpa);
		}
	}
	return true;
}

/* The guest memory that a header fills; false: it fills none. */
static bool filled_by(const struct image *image, const struct header *header, uint64_t *gpa,
		      uint64_t *size)
{
	const struct header *area;

	if (header_is(header, TYPE_PAGE_DATA)) {
		*gpa = read64(image, header->at + PAGE_AT_GPA);
		*size = PAGE;
		return true;
	}
	if (!header_is(header, TYPE_PARAMETER_INSERT)) {
		return false;
	}
	/* Its own check has found the area. */
	area = find_before(image, header, TYPE_PARAMETER_AREA, AREA_AT_INDEX,
			   read32(image, header->at + INSERT_AT_INDEX));
	*gpa = read64(image, header->at + INSERT_AT_GPA);
	*size = area == NULL ? 0 : read64(image, area->at + AREA_AT_BYTES);
	return true;
}

static bool check_insert_place(struct image *image, const struct header *header)
{
	const uint32_t mask = header_mask(image, header);
	uint64_t gpa;
	uint64_t size;
	uint64_t other_gpa;
	uint64_t other_size;
	size_t i;

	filled_by(image, header, &gpa, &size);
	for (i = 0; i < image->header_count; i++) {
		const struct header *other = &image->headers[i];

		if (other != header && filled_by(image, other, &other_gpa, &other_size) &&
		    (header_mask(image, other) & mask) != 0 &&
		    ranges_meet(gpa, size, other_gpa, other_size)) {
			return refuse(image, RULE_INSERT_OVERLAP, header->at + INSERT_AT_GPA,
				      "parameter area at 0x%llx meets the %s at 0x%llx",
				      (unsigned long long)gpa, other->kind->name,
				      (unsigned long long)other_gpa);
		}
	}
	for (i = 0; i < image->platform_count; i++) {
		if ((image->platforms[i].mask & mask) != 0 &&
		    image->platforms[i].highest_vtl == 2 &&
		    !memory_required(image, image->platforms[i].mask, gpa, size, false)) {
			return refuse(image, RULE_INSERT_MEMORY, header->at + INSERT_AT_GPA,
				      "parameter area at 0x%llx is in no required memory",
				      (unsigned long long)gpa);
		}
	}
	return true;
}

bool params_check_all(struct image *image)
{
	const struct header *end = image->headers + image->header_count;
	const struct header *header;

	for (header = image->headers; header != end; header++) {
		if (header_is(header, TYPE_PARAMETER_AREA) &&
		    find_before(image, end, TYPE_PARAMETER_INSERT, INSERT_AT_INDEX,
				read32(image, header->at + AREA_AT_INDEX)) == NULL) {
			return refuse(image, RULE_AREA_UNUSED, header->at + AREA_AT_INDEX,
				      "parameter area %u is never inserted",
				      read32(image, header->at + AREA_AT_INDEX));
		}
		if (header_is(header, TYPE_PARAMETER_INSERT) &&
		    !check_insert_place(image, header)) {
			return false;
		}
	}
	return true;
}
