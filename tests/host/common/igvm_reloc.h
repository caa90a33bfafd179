/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does each address of the file go?
 *
 * Holds the relocatable region and the page table region of the platform, checks them against each
 * other, takes a base, and from then on answers where an address ends up. Both regions, and what
 * begins inside them, move by one distance; all else stays. (igvm_pt.h rewrites the tables.)
 */
#ifndef TESTS_HOST_COMMON_IGVM_RELOC_H
#define TESTS_HOST_COMMON_IGVM_RELOC_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/igvm_err.h"
#include "tests/host/common/igvm_load.h"

/* Flags of a relocatable region. */
#define IGVM_RELOC_VTL2 0x1U
#define IGVM_RELOC_PC 0x2U
#define IGVM_RELOC_GDTR 0x4U

struct igvm_reloc {
	bool has_region;
	bool has_tables;
	struct igvm_range region; /* as filed */
	struct igvm_range tables; /* as filed */
	uint64_t tables_used;	  /* bytes of `tables` that the file fills */
	uint64_t alignment;
	uint64_t minimum;
	uint64_t maximum;
	uint8_t flags;
	uint64_t delta; /* modulo 2^64 */
};

/* Take one header's contents each; the mask was looked at by the caller. */
enum igvm_err igvm_reloc_region(struct igvm_reloc *reloc, const uint8_t *body, enum igvm_arch arch);
enum igvm_err igvm_reloc_tables(struct igvm_reloc *reloc, const uint8_t *body);

/* After the last of those headers: is it all in order, and can it go there? Sets delta. */
enum igvm_err igvm_reloc_choose(struct igvm_reloc *reloc, bool base_set, uint64_t base);

/* Does this address, as filed, move? And where is it now? */
bool igvm_reloc_moves(const struct igvm_reloc *reloc, uint64_t gpa);
uint64_t igvm_reloc_gpa(const struct igvm_reloc *reloc, uint64_t gpa);

/* Does any byte of [gpa, gpa + size), as filed, move? Neither may wrap. */
bool igvm_reloc_touches(const struct igvm_reloc *reloc, uint64_t gpa, uint64_t size);

/* Ranges that do not wrap. */
bool igvm_range_overlap(const struct igvm_range *range, uint64_t gpa, uint64_t size);
bool igvm_range_holds(const struct igvm_range *range, uint64_t gpa, uint64_t size);

#endif
