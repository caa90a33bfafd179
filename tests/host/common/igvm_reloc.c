/* SPDX-License-Identifier: BSD-2-Clause */
/* The regions that move and where to; igvm_reloc.h says what this file may and may not do. */
#include "tests/host/common/igvm_reloc.h"

#include "tests/host/common/bytes.h"
#include "tests/host/common/igvm_file.h"

/* Offsets in RELOCATABLE_REGION. */
#define REGION_VP 4
#define REGION_VTL 6
#define REGION_FLAGS 7
#define REGION_ALIGNMENT 8
#define REGION_GPA 16
#define REGION_SIZE 24
#define REGION_MINIMUM 32
#define REGION_MAXIMUM 40

/* Offsets in PAGE_TABLE_RELOCATION_REGION. */
#define TABLES_VP 4
#define TABLES_VTL 6
#define TABLES_RESERVED 7
#define TABLES_GPA 8
#define TABLES_SIZE 16
#define TABLES_USED 24

#define VTL2 2U

bool igvm_range_overlap(const struct igvm_range *range, uint64_t gpa, uint64_t size)
{
	return gpa < range->gpa + range->size && range->gpa < gpa + size;
}

bool igvm_range_holds(const struct igvm_range *range, uint64_t gpa, uint64_t size)
{
	return gpa >= range->gpa && size <= range->size && gpa - range->gpa <= range->size - size;
}

static bool range_wraps(const struct igvm_range *range)
{
	return range->size > UINT64_MAX - range->gpa;
}

/* Is [base, base + size) inside the limits that the region set? */
static bool base_allowed(const struct igvm_reloc *reloc, uint64_t base)
{
	return base % reloc->alignment == 0 && base >= reloc->minimum && base <= reloc->maximum &&
	       reloc->region.size <= reloc->maximum - base;
}

enum igvm_err igvm_reloc_region(struct igvm_reloc *reloc, const uint8_t *body, enum igvm_arch arch)
{
	uint64_t align = bytes_le64(body + REGION_ALIGNMENT);
	uint8_t known = IGVM_RELOC_VTL2 | IGVM_RELOC_PC;

	if (reloc->has_region) {
		return IGVM_BAD_RELOC_TWICE;
	}
	reloc->has_region = true;
	reloc->alignment = align;
	reloc->region.gpa = bytes_le64(body + REGION_GPA);
	reloc->region.size = bytes_le64(body + REGION_SIZE);
	reloc->minimum = bytes_le64(body + REGION_MINIMUM);
	reloc->maximum = bytes_le64(body + REGION_MAXIMUM);
	reloc->flags = body[REGION_FLAGS];
	if (bytes_le16(body + REGION_VP) != 0 || body[REGION_VTL] != VTL2) {
		return IGVM_BAD_RELOC_VP;
	}
	if (arch == IGVM_ARCH_X64) {
		known |= IGVM_RELOC_GDTR;
	}
	if ((reloc->flags & ~known) != 0 || (reloc->flags & IGVM_RELOC_VTL2) == 0) {
		return IGVM_BAD_RELOC_FLAGS;
	}
	if (align == 0 || align % IGVM_PAGE_SIZE != 0 || (align & (align - 1)) != 0 ||
	    reloc->region.gpa % align != 0 || reloc->minimum % align != 0 ||
	    reloc->maximum % align != 0 || reloc->region.size == 0 ||
	    reloc->region.size % IGVM_PAGE_SIZE != 0) {
		return IGVM_BAD_RELOC_ALIGN;
	}
	if (range_wraps(&reloc->region) || reloc->minimum > reloc->maximum ||
	    reloc->region.size > reloc->maximum - reloc->minimum) {
		return IGVM_BAD_RELOC_LIMITS;
	}
	return IGVM_OK;
}

enum igvm_err igvm_reloc_tables(struct igvm_reloc *reloc, const uint8_t *body)
{
	if (reloc->has_tables) {
		return IGVM_BAD_RELOC_TWICE;
	}
	reloc->has_tables = true;
	reloc->tables.gpa = bytes_le64(body + TABLES_GPA);
	reloc->tables.size = bytes_le64(body + TABLES_SIZE);
	reloc->tables_used = bytes_le64(body + TABLES_USED);
	if (bytes_le16(body + TABLES_VP) != 0 || body[TABLES_VTL] != VTL2) {
		return IGVM_BAD_RELOC_VP;
	}
	if (body[TABLES_RESERVED] != 0) {
		return IGVM_BAD_RESERVED;
	}
	if (reloc->tables.gpa % IGVM_PAGE_SIZE != 0 || reloc->tables.size % IGVM_PAGE_SIZE != 0 ||
	    reloc->tables_used % IGVM_PAGE_SIZE != 0) {
		return IGVM_BAD_RELOC_ALIGN;
	}
	if (range_wraps(&reloc->tables) || reloc->tables_used == 0 ||
	    reloc->tables_used > reloc->tables.size) {
		return IGVM_BAD_PT_SIZE;
	}
	return IGVM_OK;
}

enum igvm_err igvm_reloc_choose(struct igvm_reloc *reloc, bool base_set, uint64_t base)
{
	struct igvm_range moved = reloc->tables;

	if (!reloc->has_region) {
		if (base_set) {
			return IGVM_BAD_RELOC_NONE;
		}
		return reloc->has_tables ? IGVM_BAD_PT_ALONE : IGVM_OK;
	}
	if (reloc->has_tables &&
	    igvm_range_overlap(&reloc->region, reloc->tables.gpa, reloc->tables.size)) {
		return IGVM_BAD_RELOC_OVERLAP;
	}
	/* The limits say where it may be moved to; where it was filed is the file's affair. */
	if (!base_set) {
		base = reloc->region.gpa;
	} else if (!base_allowed(reloc, base)) {
		return IGVM_BAD_RELOC_BASE;
	}
	reloc->delta = base - reloc->region.gpa;
	if (!reloc->has_tables) {
		return IGVM_OK;
	}
	/* The tables go the same way; they may not leave the address space at either end. */
	moved.gpa += reloc->delta;
	if (range_wraps(&moved) || (moved.gpa < base) != (reloc->tables.gpa < reloc->region.gpa)) {
		return IGVM_BAD_RELOC_BASE;
	}
	return IGVM_OK;
}

bool igvm_reloc_moves(const struct igvm_reloc *reloc, uint64_t gpa)
{
	return (reloc->has_region && gpa >= reloc->region.gpa &&
		gpa - reloc->region.gpa < reloc->region.size) ||
	       (reloc->has_tables && gpa >= reloc->tables.gpa &&
		gpa - reloc->tables.gpa < reloc->tables.size);
}

uint64_t igvm_reloc_gpa(const struct igvm_reloc *reloc, uint64_t gpa)
{
	return igvm_reloc_moves(reloc, gpa) ? gpa + reloc->delta : gpa;
}

bool igvm_reloc_touches(const struct igvm_reloc *reloc, uint64_t gpa, uint64_t size)
{
	return (reloc->has_region && igvm_range_overlap(&reloc->region, gpa, size)) ||
	       (reloc->has_tables && igvm_range_overlap(&reloc->tables, gpa, size));
}
