/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are the first page tables made? Four levels of 4 KiB, which both processors have.
 *
 * They live until the firmware has built its own, so they are as coarse as the loader's
 * relocation allows: 2 MiB blocks, because the region moves by multiples of 2 MiB.
 */
#include "tools/igvm/tables.h"

#include <string.h>

#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"

#define ENTRY_ADDRESS UINT64_C(0x0000FFFFFFFFF000)

#define LEVEL_BLOCK 2
#define BLOCK_SIZE (UINT64_C(1) << 21)

static size_t index_at(uint64_t va, unsigned int level)
{
	return (size_t)(va >> (39 - 9 * level)) & 511;
}

size_t tables_build(const struct machine *m, uint8_t *tables, size_t size, uint64_t tables_gpa,
		    uint64_t base, uint64_t memory)
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
				put64(entry, (tables_gpa + used) | m->table_bits);
				used += IGVM_PAGE;
			}
			table = (size_t)((get64(entry) & ENTRY_ADDRESS) - tables_gpa);
		}
		put64(tables + table + 8 * index_at(va, LEVEL_BLOCK), va | m->block_bits);
	}
	return used;
}
