/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are the first page tables made? (arm64, stage 1, EL1&0, VMSAv8-64 with 4 KiB granule.)
 *
 * They live until the firmware has built its own, so they are as coarse as the loader's
 * relocation allows: 2 MiB blocks, because the region moves by multiples of 2 MiB.
 */
#include "tools/igvm/tables.h"

#include <string.h>

#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"

#define DESC_BLOCK UINT64_C(0x1)
#define DESC_TABLE UINT64_C(0x3)
#define DESC_ATTR(index) ((uint64_t)(index) << 2)
#define DESC_SH_INNER (UINT64_C(3) << 8)
#define DESC_AF (UINT64_C(1) << 10)
#define DESC_UXN (UINT64_C(1) << 54) /* EL0 is never used; nothing may run there */
#define DESC_ADDRESS UINT64_C(0x0000FFFFFFFFF000)

#define LEVEL_BLOCK 2
#define BLOCK_SIZE (UINT64_C(1) << 21)

static size_t index_at(uint64_t va, unsigned int level)
{
	return (size_t)(va >> (39 - 9 * level)) & 511;
}

size_t tables_build(uint8_t *tables, size_t size, uint64_t tables_gpa, uint64_t base,
		    uint64_t memory)
{
	size_t used = IGVM_PAGE;
	uint64_t va;

	if (size < IGVM_PAGE) {
		return 0;
	}
	memset(tables, 0, size);
	for (va = base; va < base + memory; va += BLOCK_SIZE) {
		size_t table = 0;
		unsigned int level;

		for (level = 0; level < LEVEL_BLOCK; level++) {
			uint8_t *entry = tables + table + 8 * index_at(va, level);

			if (get64(entry) == 0) {
				if (used + IGVM_PAGE > size) {
					return 0;
				}
				put64(entry, (tables_gpa + used) | DESC_TABLE);
				used += IGVM_PAGE;
			}
			table = (size_t)((get64(entry) & DESC_ADDRESS) - tables_gpa);
		}
		put64(tables + table + 8 * index_at(va, LEVEL_BLOCK),
		      va | DESC_BLOCK | DESC_ATTR(TABLES_ATTR_INDEX) | DESC_SH_INNER | DESC_AF |
			      DESC_UXN);
	}
	return used;
}
