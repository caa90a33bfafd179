/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page tables of a moved image; igvm_pt.h says what this file may and may not do.
 *
 * A walk visits each page of the region once (a second pointer to it is refused), so it ends after
 * at most 512 entries for each page, whatever the file holds.
 */
#include "tests/host/common/igvm_pt.h"

#include "tests/host/common/bytes.h"
#include "tests/host/common/igvm_file.h"
#include "tests/host/common/igvm_pte.h"
#include "tests/host/common/igvm_vp.h"
#include "tests/host/common/mem.h"

#define ENTRIES 512U

/* igvm_pt.state */
#define PAGE_MISSING 0U
#define PAGE_FILED 1U
#define PAGE_VISITED 2U

#define TCR_T0SZ_MASK 0x3FU
#define TCR_EPD0 0x80U
#define TCR_TG0_MASK 0xC000U
#define SCTLR_EE 0x2000000U
#define CR4_PAE 0x20U
#define CR4_LA57 0x1000U
#define EFER_LMA 0x400U

enum igvm_err igvm_pt_init(struct igvm_pt *pt, const struct igvm_reloc *reloc, enum igvm_arch arch,
			   void *scratch, uint64_t scratch_size)
{
	uint64_t used = reloc->tables_used;
	uint64_t size = reloc->tables.size;
	uint64_t flags = (used / IGVM_PAGE_SIZE + 7) & ~7ULL;
	uint8_t *at = scratch;

	memset(pt, 0, sizeof(*pt));
	if (size > scratch_size || used > scratch_size - size ||
	    flags > scratch_size - size - used) {
		return IGVM_BAD_PT_SCRATCH;
	}
	pt->reloc = reloc;
	pt->arch = arch;
	pt->filed = at;
	pt->fresh = at + used;
	pt->state = at + used + size;
	pt->leaves = (void *)(at + used + size + flags);
	pt->leaf_max = (scratch_size - size - used - flags) / sizeof(struct igvm_leaf);
	memset(scratch, 0, used + size + flags);
	return IGVM_OK;
}

void igvm_pt_page(struct igvm_pt *pt, uint64_t gpa, const uint8_t *data)
{
	uint64_t offset = gpa - pt->reloc->tables.gpa;

	if (offset >= pt->reloc->tables_used) {
		return;
	}
	pt->state[offset / IGVM_PAGE_SIZE] = PAGE_FILED;
	if (data != NULL) {
		memcpy(pt->filed + offset, data, IGVM_PAGE_SIZE);
	}
}

/* What the registers say about the translation: depth and root. */
static enum igvm_err read_registers(struct igvm_pt *pt, const struct igvm_result *result)
{
	bool arm = pt->arch == IGVM_ARCH_ARM64;
	uint64_t format = 0;
	uint64_t mode = 0;
	uint64_t root = 0;

	(void)igvm_register(result, arm ? IGVM_REG_TCR_EL1 : IGVM_REG_CR4, &format);
	(void)igvm_register(result, arm ? IGVM_REG_SCTLR_EL1 : IGVM_REG_EFER, &mode);
	(void)igvm_register(result, arm ? IGVM_REG_TTBR0_EL1 : IGVM_REG_CR3, &root);
	if (!igvm_vp_paging(result)) {
		return IGVM_BAD_PT_PAGING_OFF;
	}
	pt->va_bits = 47;
	if (arm) {
		pt->va_bits = 64 - (uint32_t)(format & TCR_T0SZ_MASK);
		if ((format & (TCR_TG0_MASK | TCR_EPD0)) != 0 || (mode & SCTLR_EE) != 0 ||
		    pt->va_bits < 31 || pt->va_bits > 48) {
			return IGVM_BAD_PT_FORMAT;
		}
	} else if ((format & CR4_PAE) == 0 || (format & CR4_LA57) != 0 || (mode & EFER_LMA) == 0) {
		return IGVM_BAD_PT_FORMAT;
	}
	pt->top = pt->va_bits > 39 ? 0 : 1;
	/* Nothing but a page's address: no ASID, no CnP, no cache bits. */
	if (root % IGVM_PAGE_SIZE != 0 || root < pt->reloc->tables.gpa ||
	    root - pt->reloc->tables.gpa >= pt->reloc->tables_used) {
		return IGVM_BAD_PT_ROOT;
	}
	pt->root = (uint32_t)((root - pt->reloc->tables.gpa) / IGVM_PAGE_SIZE);
	return IGVM_OK;
}

/* The page a table pointer names; it counts as visited from now on. */
static enum igvm_err visit(struct igvm_pt *pt, uint64_t address, uint32_t *page)
{
	uint64_t offset = address - pt->reloc->tables.gpa;

	if (address < pt->reloc->tables.gpa || offset >= pt->reloc->tables_used) {
		return IGVM_BAD_PT_POINTER;
	}
	*page = (uint32_t)(offset / IGVM_PAGE_SIZE);
	if (pt->state[*page] == PAGE_VISITED) {
		return IGVM_BAD_PT_SHARED;
	}
	pt->state[*page] = PAGE_VISITED;
	return IGVM_OK;
}

static enum igvm_err add_pointer_bits(struct igvm_pt *pt, uint64_t bits)
{
	if (pt->table_bits_known && pt->table_bits != bits) {
		return IGVM_BAD_PT_TABLE_BITS;
	}
	pt->table_bits = bits;
	pt->table_bits_known = true;
	return IGVM_OK;
}

static enum igvm_err add_leaf(struct igvm_pt *pt, uint64_t va, uint32_t level,
			      const struct igvm_pte *pte)
{
	struct igvm_leaf *leaf = &pt->leaves[pt->leaf_count];

	if (pte->address != va || va >> pt->va_bits != 0) {
		return IGVM_BAD_PT_NOT_IDENTITY;
	}
	if (pt->leaf_count == pt->leaf_max) {
		return IGVM_BAD_PT_LEAVES;
	}
	leaf->va = va;
	leaf->attributes = pte->bits;
	leaf->level = level;
	leaf->moved = 0;
	pt->leaf_count++;
	return IGVM_OK;
}

/* How many entries of the table at `level` translate anything? */
static uint32_t entry_count(const struct igvm_pt *pt, uint32_t level)
{
	uint32_t bits = pt->va_bits - igvm_pte_shift(level);

	return level == pt->top && pt->arch == IGVM_ARCH_ARM64 && bits < 9 ? 1U << bits : ENTRIES;
}

/* Collects all mappings of the filed tables. */
static enum igvm_err walk(struct igvm_pt *pt)
{
	uint32_t page[4] = { 0 };
	uint32_t index[4] = { 0 };
	uint64_t base[4] = { 0 };
	uint32_t level = pt->top;
	enum igvm_err err = IGVM_OK;

	page[level] = pt->root;
	pt->state[pt->root] = PAGE_VISITED;
	while (err == IGVM_OK) {
		struct igvm_pte pte;
		uint64_t va;

		if (index[level] == entry_count(pt, level)) {
			if (level == pt->top) {
				break;
			}
			level--;
			continue;
		}
		va = base[level] | (uint64_t)index[level] << igvm_pte_shift(level);
		pte = igvm_pte_decode(
			pt->arch, level,
			bytes_le64(pt->filed + page[level] * IGVM_PAGE_SIZE + index[level] * 8));
		index[level]++;
		if (pte.kind == IGVM_PTE_BAD) {
			err = IGVM_BAD_PT_ENTRY;
		} else if (pte.kind == IGVM_PTE_LEAF) {
			err = add_leaf(pt, va, level, &pte);
		} else if (pte.kind == IGVM_PTE_TABLE) {
			err = add_pointer_bits(pt, pte.bits);
			if (err == IGVM_OK) {
				level++;
				index[level] = 0;
				base[level] = va;
				err = visit(pt, pte.address, &page[level]);
			}
		}
	}
	return err;
}

/* Could the processor fetch its first instruction? */
static bool pc_is_mapped(const struct igvm_pt *pt, const struct igvm_result *result)
{
	uint64_t pc = 0;
	uint64_t i;

	(void)igvm_vp_pc(result, &pc);
	for (i = 0; i < pt->leaf_count; i++) {
		uint64_t size = 1ULL << igvm_pte_shift(pt->leaves[i].level);

		if (pc - pt->leaves[i].va < size) {
			/* All pointers on the way to it carry the same bits. */
			return igvm_pte_executable(pt->arch, pt->leaves[i].attributes) &&
			       (pt->leaves[i].level == pt->top ||
				igvm_pte_table_executable(pt->arch, pt->table_bits));
		}
	}
	return false;
}

/* Gives each mapping that holds a byte of what moves its new address. */
static enum igvm_err move_leaves(struct igvm_pt *pt)
{
	uint64_t delta = pt->reloc->delta;
	uint64_t distance = delta >> 63 != 0 ? 0 - delta : delta;
	uint64_t i;

	for (i = 0; i < pt->leaf_count; i++) {
		struct igvm_leaf *leaf = &pt->leaves[i];
		uint64_t size = 1ULL << igvm_pte_shift(leaf->level);

		/* One larger than the distance stays; lost_memory() sees whether that will do. */
		if (!igvm_reloc_touches(pt->reloc, leaf->va, size) || size > distance) {
			continue;
		}
		if (distance % size != 0) {
			return IGVM_BAD_PT_LEAF_SIZE;
		}
		leaf->va += delta;
		leaf->moved = 1;
		if (leaf->va >> pt->va_bits != 0) {
			return IGVM_BAD_PT_RANGE;
		}
	}
	return IGVM_OK;
}

/* Is [va, end) mapped by the mappings as they are now? */
static bool is_mapped(const struct igvm_pt *pt, uint64_t va, uint64_t end)
{
	while (va < end) {
		uint64_t next = va;
		uint64_t i;

		for (i = 0; i < pt->leaf_count && next == va; i++) {
			uint64_t size = 1ULL << igvm_pte_shift(pt->leaves[i].level);

			if (va >= pt->leaves[i].va && va - pt->leaves[i].va < size) {
				next = pt->leaves[i].va + size;
			}
		}
		if (next == va) {
			return false;
		}
		va = next;
	}
	return true;
}

static bool lost_part(const struct igvm_pt *pt, const struct igvm_leaf *leaf,
		      const struct igvm_range *range)
{
	uint64_t end = leaf->va + (1ULL << igvm_pte_shift(leaf->level));
	uint64_t range_end = range->gpa + range->size;
	uint64_t va = leaf->va > range->gpa ? leaf->va : range->gpa;

	end = end < range_end ? end : range_end;
	return va < end && !is_mapped(pt, va + pt->reloc->delta, end + pt->reloc->delta);
}

/* A mapping that stayed covered memory that moved: is that memory still mapped where it is now? */
static bool lost_memory(const struct igvm_pt *pt)
{
	uint64_t i;

	for (i = 0; i < pt->leaf_count; i++) {
		if (pt->leaves[i].moved == 0 &&
		    (lost_part(pt, &pt->leaves[i], &pt->reloc->region) ||
		     lost_part(pt, &pt->leaves[i], &pt->reloc->tables))) {
			return true;
		}
	}
	return false;
}

static enum igvm_err new_table(struct igvm_pt *pt, uint8_t *entry, uint32_t *page)
{
	uint64_t gpa;

	if (pt->next == pt->root) {
		pt->next++;
	}
	if (pt->next >= pt->reloc->tables.size / IGVM_PAGE_SIZE) {
		return IGVM_BAD_PT_NO_ROOM;
	}
	*page = pt->next++;
	gpa = pt->reloc->tables.gpa + pt->reloc->delta + (uint64_t)*page * IGVM_PAGE_SIZE;
	bytes_put_le64(entry, gpa | pt->table_bits);
	return IGVM_OK;
}

/* Enters one mapping into the new tables. Larger mappings come first. */
static enum igvm_err insert(struct igvm_pt *pt, const struct igvm_leaf *leaf)
{
	uint32_t page = pt->root;
	uint32_t level;

	for (level = pt->top;; level++) {
		uint32_t index = (uint32_t)(leaf->va >> igvm_pte_shift(level)) % ENTRIES;
		uint8_t *entry = pt->fresh + page * IGVM_PAGE_SIZE + index * 8;
		struct igvm_pte pte = igvm_pte_decode(pt->arch, level, bytes_le64(entry));
		enum igvm_err err = IGVM_OK;

		if (pte.kind == IGVM_PTE_LEAF) {
			return pte.bits == leaf->attributes ? IGVM_OK : IGVM_BAD_PT_CONFLICT;
		}
		if (level == leaf->level) {
			bytes_put_le64(entry,
				       igvm_pte_leaf(pt->arch, level, leaf->va, leaf->attributes));
			return IGVM_OK;
		}
		if (pte.kind == IGVM_PTE_TABLE) {
			page = (uint32_t)((pte.address - pt->reloc->tables.gpa - pt->reloc->delta) /
					  IGVM_PAGE_SIZE);
		} else {
			err = new_table(pt, entry, &page);
		}
		if (err != IGVM_OK) {
			return err;
		}
	}
}

static enum igvm_err build(struct igvm_pt *pt)
{
	uint32_t used = (uint32_t)(pt->reloc->tables_used / IGVM_PAGE_SIZE);
	uint32_t level;
	uint64_t i;

	for (level = 1; level <= 3; level++) {
		for (i = 0; i < pt->leaf_count; i++) {
			enum igvm_err err = IGVM_OK;

			if (pt->leaves[i].level == level) {
				err = insert(pt, &pt->leaves[i]);
			}
			if (err != IGVM_OK) {
				return err;
			}
		}
	}
	pt->pages = pt->next > used ? pt->next : used;
	return IGVM_OK;
}

enum igvm_err igvm_pt_move(struct igvm_pt *pt, const struct igvm_result *result)
{
	uint64_t i;
	enum igvm_err err = read_registers(pt, result);

	for (i = 0; err == IGVM_OK && i < pt->reloc->tables_used / IGVM_PAGE_SIZE; i++) {
		if (pt->state[i] == PAGE_MISSING) {
			err = IGVM_BAD_PT_PAGE_MISSING;
		}
	}
	if (err == IGVM_OK) {
		err = walk(pt);
	}
	if (err == IGVM_OK && !pc_is_mapped(pt, result)) {
		err = IGVM_BAD_PT_PC;
	}
	if (err != IGVM_OK || pt->reloc->delta == 0) {
		return err;
	}
	if (!pt->table_bits_known) {
		pt->table_bits = 0x3; /* no pointer to copy: valid table, or present and writable */
	}
	err = move_leaves(pt);
	if (err == IGVM_OK && lost_memory(pt)) {
		err = IGVM_BAD_PT_LOST;
	}
	return err == IGVM_OK ? build(pt) : err;
}
