/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries of page tables; igvm_pte.h says what this file may and may not do. */
#include "tests/host/common/igvm_pte.h"

#define LEVEL_LAST 3U

#define A64_VALID 0x1ULL
#define A64_TABLE_OR_PAGE 0x2ULL
#define A64_TYPE 0x3ULL
#define A64_ACCESS (1ULL << 10) /* clear: the first access is a fault */
#define A64_PXN (1ULL << 53)
#define A64_PXN_TABLE (1ULL << 59)
#define A64_CONTIGUOUS (1ULL << 52)
#define A64_ADDRESS 0x0000FFFFFFFFF000ULL

#define X64_PRESENT 0x1ULL
#define X64_ACCESSED 0x20ULL
#define X64_LARGE 0x80ULL  /* in levels 1 and 2 */
#define X64_PAT_4K 0x80ULL /* the same bit in level 3 */
#define X64_PAT_LARGE 0x1000ULL
#define X64_NX (1ULL << 63)
#define X64_ADDRESS 0x000FFFFFFFFFF000ULL

uint32_t igvm_pte_shift(uint32_t level)
{
	return 39 - 9 * level;
}

/* Bits below the address of a leaf of this level, down to bit 12. */
static uint64_t leaf_low(uint32_t level)
{
	return ((1ULL << igvm_pte_shift(level)) - 1) & ~0xFFFULL;
}

static struct igvm_pte decode_arm64(uint32_t level, uint64_t entry)
{
	struct igvm_pte pte = { IGVM_PTE_NONE, entry & A64_ADDRESS, 0 };

	if ((entry & A64_VALID) == 0) {
		return pte;
	}
	if (level < LEVEL_LAST && (entry & A64_TABLE_OR_PAGE) != 0) {
		pte.kind = IGVM_PTE_TABLE;
		pte.bits = entry & ~A64_ADDRESS;
		return pte;
	}
	pte.kind = IGVM_PTE_LEAF;
	pte.bits = entry & ~(A64_ADDRESS | A64_TYPE | A64_CONTIGUOUS);
	/* No 512 GiB blocks; level 3 knows pages only; a block's address has no low bits. */
	if (level == 0 || (level == LEVEL_LAST && (entry & A64_TABLE_OR_PAGE) == 0) ||
	    (entry & leaf_low(level)) != 0) {
		pte.kind = IGVM_PTE_BAD;
	}
	return pte;
}

static struct igvm_pte decode_x64(uint32_t level, uint64_t entry)
{
	struct igvm_pte pte = { IGVM_PTE_NONE, entry & X64_ADDRESS, 0 };

	if ((entry & X64_PRESENT) == 0) {
		return pte;
	}
	if (level < LEVEL_LAST && (entry & X64_LARGE) == 0) {
		pte.kind = IGVM_PTE_TABLE;
		pte.bits = entry & ~(X64_ADDRESS | X64_ACCESSED);
		return pte;
	}
	pte.kind = IGVM_PTE_LEAF;
	pte.bits = entry & ~(X64_ADDRESS | X64_PRESENT | X64_LARGE);
	if (level == LEVEL_LAST) {
		pte.bits |= (entry & X64_PAT_4K) != 0 ? X64_PAT_LARGE : 0;
		return pte;
	}
	pte.address &= ~X64_PAT_LARGE;
	pte.bits |= entry & X64_PAT_LARGE;
	if (level == 0 || (pte.address & leaf_low(level)) != 0) {
		pte.kind = IGVM_PTE_BAD;
	}
	return pte;
}

struct igvm_pte igvm_pte_decode(enum igvm_arch arch, uint32_t level, uint64_t entry)
{
	return arch == IGVM_ARCH_ARM64 ? decode_arm64(level, entry) : decode_x64(level, entry);
}

bool igvm_pte_executable(enum igvm_arch arch, uint64_t bits)
{
	if (arch == IGVM_ARCH_ARM64) {
		return (bits & (A64_ACCESS | A64_PXN)) == A64_ACCESS;
	}
	return (bits & X64_NX) == 0;
}

bool igvm_pte_table_executable(enum igvm_arch arch, uint64_t bits)
{
	return (bits & (arch == IGVM_ARCH_ARM64 ? A64_PXN_TABLE : X64_NX)) == 0;
}

uint64_t igvm_pte_leaf(enum igvm_arch arch, uint32_t level, uint64_t address, uint64_t bits)
{
	if (arch == IGVM_ARCH_ARM64) {
		return address | bits | A64_VALID | (level == LEVEL_LAST ? A64_TABLE_OR_PAGE : 0);
	}
	if (level != LEVEL_LAST) {
		return address | bits | X64_PRESENT | X64_LARGE;
	}
	return address | (bits & ~X64_PAT_LARGE) | X64_PRESENT |
	       ((bits & X64_PAT_LARGE) != 0 ? X64_PAT_4K : 0);
}
