/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which page tables does a moved image start with?
 *
 * The file's tables are an identity map. They are collected from the file's pages, walked from the
 * root, and judged; when the image moves, new ones are built in which the mappings of what moved
 * stand at the new place, again as an identity map. All work is done in scratch memory; the caller
 * copies the result to the guest. arm64: 4 KiB granule, three or four levels. x64: four levels.
 */
#ifndef TESTS_HOST_COMMON_IGVM_PT_H
#define TESTS_HOST_COMMON_IGVM_PT_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/igvm_err.h"
#include "tests/host/common/igvm_load.h"
#include "tests/host/common/igvm_reloc.h"

/* One mapping, va equal to pa. */
struct igvm_leaf {
	uint64_t va;
	uint64_t attributes; /* in the entry's own bits, without those that say what it is */
	uint32_t level;	     /* 1: 1 GiB, 2: 2 MiB, 3: 4 KiB */
	uint32_t moved;	     /* 1 or 0 */
};

struct igvm_pt {
	const struct igvm_reloc *reloc;
	enum igvm_arch arch;
	uint8_t *filed; /* the tables as the file has them, reloc->tables_used bytes */
	uint8_t *fresh; /* the new ones, reloc->tables.size bytes */
	uint8_t *state; /* for each used page: what we know of it */
	struct igvm_leaf *leaves;
	uint64_t leaf_max;
	uint64_t leaf_count;
	uint64_t table_bits; /* what all pointers to tables carry besides the address */
	bool table_bits_known;
	uint32_t va_bits;
	uint32_t top;	/* level of the root: 0 or 1 */
	uint32_t root;	/* page number of the root in the region */
	uint32_t next;	/* page number to try next for a new table */
	uint32_t pages; /* of the region that must be written to the guest */
};

/* Cuts up the scratch memory (8-byte aligned). reloc must have tables. */
enum igvm_err igvm_pt_init(struct igvm_pt *pt, const struct igvm_reloc *reloc, enum igvm_arch arch,
			   void *scratch, uint64_t scratch_size);

/* A page of the file at `gpa` (as filed) inside the used part; data NULL: zeros. */
void igvm_pt_page(struct igvm_pt *pt, uint64_t gpa, const uint8_t *data);

/*
 * Judges the tables under the registers as filed, and builds the new ones when reloc->delta is not
 * 0: then pt->fresh holds pt->pages pages for the region's new place, the root where it was.
 */
enum igvm_err igvm_pt_move(struct igvm_pt *pt, const struct igvm_result *result);

#endif
