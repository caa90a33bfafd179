/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does one entry of a page table mean?
 *
 * arm64 with a 4 KiB granule, and x64 in long mode; levels counted as arm64 does: 0 for 512 GiB an
 * entry, 1 for 1 GiB, 2 for 2 MiB, 3 for 4 KiB. Pure functions.
 */
#ifndef TESTS_HOST_COMMON_IGVM_PTE_H
#define TESTS_HOST_COMMON_IGVM_PTE_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/igvm_load.h"

enum igvm_pte_kind {
	IGVM_PTE_NONE,
	IGVM_PTE_TABLE,
	IGVM_PTE_LEAF,
	IGVM_PTE_BAD
};

struct igvm_pte {
	enum igvm_pte_kind kind;
	uint64_t address;
	/*
	 * Table: all other bits, as they stand, but for x64's accessed bit. Leaf: the attributes,
	 * the same for all sizes: without the bits that say what the entry is, without arm64's
	 * contiguous hint (it does not survive a move), and with x64's PAT bit at bit 12 always.
	 */
	uint64_t bits;
};

uint32_t igvm_pte_shift(uint32_t level);
struct igvm_pte igvm_pte_decode(enum igvm_arch arch, uint32_t level, uint64_t entry);

/* May EL1, or ring 0, execute what a leaf with these attributes maps? */
bool igvm_pte_executable(enum igvm_arch arch, uint64_t bits);

/* The same for what lies behind a pointer to a table with these bits. */
bool igvm_pte_table_executable(enum igvm_arch arch, uint64_t bits);

/* The entry for a leaf with these attributes. */
uint64_t igvm_pte_leaf(enum igvm_arch arch, uint32_t level, uint64_t address, uint64_t bits);

#endif
