/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Are the relocatable and the page-table regions sound, apart from each other, and has each a VP
 * context whose registers move with it?
 */
#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/context.h"
#include "tools/igvmcheck/kinds.h"
#include "tools/igvmcheck/regions.h"

#define AT_VP 4
#define AT_VTL 6

#define RELOC_AT_FLAGS 7
#define RELOC_AT_ALIGNMENT 8
#define RELOC_AT_GPA 16
#define RELOC_AT_SIZE 24
#define RELOC_AT_MIN 32
#define RELOC_AT_MAX 40
#define RELOC_FLAG_GDTR 4
#define RELOC_FLAGS_KNOWN 7

#define TABLE_AT_RESERVED 7
#define TABLE_AT_GPA 8
#define TABLE_AT_SIZE 16
#define TABLE_AT_USED 24

static bool check_places(struct image *image, size_t at)
{
	static const uint8_t places[] = { RELOC_AT_GPA, RELOC_AT_MIN, RELOC_AT_MAX };
	const uint64_t alignment = read64(image, at + RELOC_AT_ALIGNMENT);
	const uint64_t size = read64(image, at + RELOC_AT_SIZE);
	const uint64_t min = read64(image, at + RELOC_AT_MIN);
	const uint64_t max = read64(image, at + RELOC_AT_MAX);
	size_t i;

	if (alignment == 0 || alignment % PAGE != 0 || (alignment & (alignment - 1)) != 0) {
		return refuse(image, RULE_RELOC_ALIGNMENT, at + RELOC_AT_ALIGNMENT,
			      "relocation alignment 0x%llx", (unsigned long long)alignment);
	}
	if (size == 0 || size % PAGE != 0) {
		return refuse(image, RULE_RELOC_SIZE, at + RELOC_AT_SIZE,
			      "relocatable region of 0x%llx bytes", (unsigned long long)size);
	}
	for (i = 0; i < sizeof(places); i++) {
		if (read64(image, at + places[i]) % alignment != 0) {
			return refuse(image, RULE_RELOC_GPA, at + places[i],
				      "0x%llx is not a multiple of the relocation alignment",
				      (unsigned long long)read64(image, at + places[i]));
		}
	}
	if (range_wraps(read64(image, at + RELOC_AT_GPA), size) || range_wraps(min, size) ||
	    min + size > max) {
		return refuse(image, RULE_RELOC_RANGE, at + RELOC_AT_GPA,
			      "relocatable region of 0x%llx bytes does not fit its limits",
			      (unsigned long long)size);
	}
	return true;
}

bool regions_check_relocatable(struct image *image, const struct header *header)
{
	const size_t at = header->at;
	const uint8_t flags = read8(image, at + RELOC_AT_FLAGS);

	if (!check_places(image, at)) {
		return false;
	}
	if (read8(image, at + AT_VTL) > 2) {
		return refuse(image, RULE_RELOC_VTL, at + AT_VTL, "relocatable region of VTL %u",
			      read8(image, at + AT_VTL));
	}
	if (read16(image, at + AT_VP) != 0) {
		return refuse(image, RULE_RELOC_VP, at + AT_VP, "relocatable region of VP %u",
			      read16(image, at + AT_VP));
	}
	if ((flags & ~RELOC_FLAGS_KNOWN) != 0 ||
	    (image->arch == ARCH_AARCH64 && (flags & RELOC_FLAG_GDTR) != 0)) {
		return refuse(image, RULE_RELOC_FLAGS, at + RELOC_AT_FLAGS, "relocation flags 0x%x",
			      flags);
	}
	return true;
}

static bool check_table_sizes(struct image *image, size_t at)
{
	const uint64_t gpa = read64(image, at + TABLE_AT_GPA);
	const uint64_t size = read64(image, at + TABLE_AT_SIZE);
	const uint64_t used = read64(image, at + TABLE_AT_USED);

	if (gpa % PAGE != 0 || size % PAGE != 0 || used % PAGE != 0) {
		return refuse(image, RULE_TABLE_ALIGNMENT, at + TABLE_AT_GPA,
			      "page-table region is not made of pages");
	}
	if (size == 0 || range_wraps(gpa, size)) {
		return refuse(image, RULE_TABLE_SIZE, at + TABLE_AT_SIZE,
			      "page-table region of 0x%llx bytes", (unsigned long long)size);
	}
	if (used == 0 || used > size) {
		return refuse(image, RULE_TABLE_USED, at + TABLE_AT_USED,
			      "0x%llx bytes used of a page-table region of 0x%llx",
			      (unsigned long long)used, (unsigned long long)size);
	}
	return true;
}

bool regions_check_tables(struct image *image, const struct header *header)
{
	const size_t at = header->at;
	const struct header *other;

	if (!check_table_sizes(image, at)) {
		return false;
	}
	if (read8(image, at + TABLE_AT_RESERVED) != 0) {
		return refuse(image, RULE_TABLE_RESERVED, at + TABLE_AT_RESERVED,
			      "reserved byte of the page-table region is not zero");
	}
	if (read8(image, at + AT_VTL) > 2) {
		return refuse(image, RULE_TABLE_VTL, at + AT_VTL, "page-table region of VTL %u",
			      read8(image, at + AT_VTL));
	}
	if (read16(image, at + AT_VP) != 0) {
		return refuse(image, RULE_TABLE_VP, at + AT_VP, "page-table region of VP %u",
			      read16(image, at + AT_VP));
	}
	for (other = image->headers; other != header; other++) {
		if (header_is(other, TYPE_PAGE_TABLE_REGION) &&
		    (header_mask(image, other) & header_mask(image, header)) != 0) {
			return refuse(image, RULE_TABLE_REPEATED, at,
				      "second page-table region for a platform");
		}
	}
	return true;
}

bool region_read(const struct image *image, const struct header *header, struct region *out)
{
	const bool tables = header_is(header, TYPE_PAGE_TABLE_REGION);

	if (!tables && !header_is(header, TYPE_RELOCATABLE_REGION)) {
		return false;
	}
	out->tables = tables;
	out->mask = header_mask(image, header);
	out->vtl = read8(image, header->at + AT_VTL);
	out->gpa = read64(image, header->at + (tables ? TABLE_AT_GPA : RELOC_AT_GPA));
	out->size = read64(image, header->at + (tables ? TABLE_AT_SIZE : RELOC_AT_SIZE));
	out->used = tables ? read64(image, header->at + TABLE_AT_USED) : 0;
	return true;
}

static bool check_apart(struct image *image, const struct header *header, const struct region *r)
{
	const struct header *other;
	struct region o;

	for (other = image->headers; other != header; other++) {
		if (!region_read(image, other, &o) || (o.mask & r->mask) == 0 ||
		    !ranges_meet(o.gpa, o.size, r->gpa, r->size)) {
			continue;
		}
		if (o.tables || r->tables) {
			return refuse(image, RULE_TABLE_OVERLAP, header->at,
				      "page-table region overlaps a relocatable region");
		}
		return refuse(image, RULE_RELOC_OVERLAP, header->at, "relocatable regions overlap");
	}
	return true;
}

static bool check_contexts(struct image *image, const struct header *header, const struct region *r)
{
	size_t i;

	for (i = 0; i < image->platform_count; i++) {
		const struct platform *platform = &image->platforms[i];

		if ((platform->mask & r->mask) != 0 &&
		    (platform->type != PLATFORM_VSM_ISOLATION ||
		     context_find(image, platform->mask, r->vtl) == NULL)) {
			return refuse(image, RULE_RELOC_CONTEXT, header->at,
				      "no register list of VP 0, VTL %u moves with the %s", r->vtl,
				      header->kind->name);
		}
	}
	return true;
}

bool regions_check_all(struct image *image)
{
	struct region r;
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];

		if (region_read(image, header, &r) && !check_apart(image, header, &r)) {
			return false;
		}
	}
	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];

		if (region_read(image, header, &r) && !check_contexts(image, header, &r)) {
			return false;
		}
	}
	return true;
}
