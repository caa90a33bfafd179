/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are page tables walked? arm64 stage 1 with 4 KiB granule, and x64 with four levels.
 *
 * Assumes that every page of the table region is imported with data inside the file. Ends for any
 * content: no more tables are entered than the region has pages.
 */
#include "tools/igvmcheck/walk.h"

#include "tools/igvmcheck/memory.h"

#define LEVELS 4
#define ENTRIES 512

enum entry_kind {
	ENTRY_EMPTY,
	ENTRY_TABLE,
	ENTRY_LEAF,
	ENTRY_BAD
};

struct entry {
	enum entry_kind kind;
	uint64_t address;
	bool usable; /* does not fault by itself */
	bool executable;
};

/* One table on the way down. Levels count as arm64's: 0 is x64's PML4, 3 the last. */
struct step {
	uint64_t va;
	uint32_t data; /* file offset; 0: a page of zeros */
	unsigned int next;
	unsigned int end;
	bool executable;
};

static unsigned int level_shift(unsigned int level)
{
	return 39 - 9 * level;
}

static void decode_arm64(uint64_t raw, unsigned int level, struct entry *out)
{
	const bool table_bit = (raw & 2) != 0;

	out->address = raw & UINT64_C(0x0000FFFFFFFFF000);
	if ((raw & 1) == 0) {
		out->kind = ENTRY_EMPTY;
	} else if (level < 3 && table_bit) {
		out->kind = ENTRY_TABLE;
		out->executable = (raw >> 59 & 1) == 0; /* PXNTable */
	} else if (level == 3 ? table_bit : level != 0) {
		out->kind = ENTRY_LEAF;
		out->executable = (raw >> 53 & 1) == 0; /* PXN */
		out->usable = (raw >> 10 & 1) != 0;	/* AF */
	} else {
		out->kind = ENTRY_BAD;
	}
}

static void decode_x64(uint64_t raw, unsigned int level, struct entry *out)
{
	const bool large = (raw >> 7 & 1) != 0 && level < 3;

	out->address = raw & UINT64_C(0x000FFFFFFFFFF000);
	out->executable = raw >> 63 == 0; /* NX */
	out->usable = true;
	if ((raw & 1) == 0) {
		out->kind = ENTRY_EMPTY;
	} else if (level < 3 && !large) {
		out->kind = ENTRY_TABLE;
	} else if (level == 0) {
		out->kind = ENTRY_BAD;
	} else {
		out->kind = ENTRY_LEAF;
		if (large) {
			out->address &= ~UINT64_C(0x1000); /* PAT */
		}
	}
}

/* How much of [va, va + size) lies in the target? */
static uint64_t share(const struct walk *walk, uint64_t va, uint64_t size)
{
	const uint64_t start = va > walk->target ? va : walk->target;
	const uint64_t end = va + size < walk->target + walk->target_size ?
				     va + size :
				     walk->target + walk->target_size;

	return start < end ? end - start : 0;
}

static bool take_leaf(struct image *image, struct walk *walk, const struct step *step, uint64_t va,
		      unsigned int level, const struct entry *entry)
{
	const uint64_t size = UINT64_C(1) << level_shift(level);

	if (entry->address != va) {
		return refuse(image, RULE_IDENTITY, step->data, "0x%llx is mapped to 0x%llx",
			      (unsigned long long)va, (unsigned long long)entry->address);
	}
	if (entry->usable) {
		walk->mapped += share(walk, va, size);
		if (entry->executable && step->executable) {
			walk->executable += share(walk, va, size);
		}
	}
	return true;
}

/* Makes `step` the table at this address. */
static bool enter(struct image *image, const struct walk *walk, uint64_t table, struct step *step,
		  uint64_t *entered)
{
	if (table % PAGE != 0 || !range_holds(walk->tables_gpa, walk->tables_used, table, PAGE) ||
	    !memory_find_page(image, walk->mask, table, &step->data)) {
		return refuse(image, RULE_TABLE_ENTRY, step->data,
			      "table at 0x%llx, outside the page-table region",
			      (unsigned long long)table);
	}
	if (++*entered > walk->tables_used / PAGE) {
		return refuse(image, RULE_TABLE_ENTRY, step->data, "a table is used twice");
	}
	step->next = 0;
	step->end = ENTRIES;
	return true;
}

static void decode(const struct image *image, const struct step *step, unsigned int index,
		   unsigned int level, struct entry *out)
{
	const uint64_t raw = step->data == 0 ? 0 : read64(image, step->data + 8 * (size_t)index);

	out->usable = false;
	out->executable = false;
	if (image->arch == ARCH_AARCH64) {
		decode_arm64(raw, level, out);
	} else {
		decode_x64(raw, level, out);
	}
}

static uint64_t entry_va(const struct image *image, const struct step *step, unsigned int index,
			 unsigned int level)
{
	uint64_t va = step->va | (uint64_t)index << level_shift(level);

	if (image->arch == ARCH_X64 && (va >> 47 & 1) != 0) {
		va |= UINT64_C(0xFFFF000000000000);
	}
	return va;
}

bool walk_tables(struct image *image, struct walk *walk)
{
	const unsigned int first = LEVELS - (walk->va_bits - 12 + 8) / 9;
	struct step steps[LEVELS] = { 0 };
	unsigned int level = first;
	uint64_t entered = 0;

	walk->mapped = 0;
	walk->executable = 0;
	if (!enter(image, walk, walk->root, &steps[first], &entered)) {
		return false;
	}
	steps[first].end = 1u << (walk->va_bits - level_shift(first));
	steps[first].executable = true;
	for (;;) {
		struct step *step = &steps[level];
		struct entry entry;
		unsigned int index;
		uint64_t va;

		if (step->next == step->end) {
			if (level == first) {
				return true;
			}
			level--;
			continue;
		}
		index = step->next++;
		decode(image, step, index, level, &entry);
		va = entry_va(image, step, index, level);
		if (entry.kind == ENTRY_BAD) {
			return refuse(image, RULE_TABLE_ENTRY, step->data + 8 * (size_t)index,
				      "entry for 0x%llx is malformed", (unsigned long long)va);
		}
		if (entry.kind == ENTRY_LEAF && !take_leaf(image, walk, step, va, level, &entry)) {
			return false;
		}
		if (entry.kind == ENTRY_TABLE) {
			level++;
			steps[level].data = step->data;
			if (!enter(image, walk, entry.address, &steps[level], &entered)) {
				return false;
			}
			steps[level].va = va;
			steps[level].executable = step->executable && entry.executable;
		}
	}
}
