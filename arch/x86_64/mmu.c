/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which of our addresses may be read, written, executed?
 *
 * Four levels; all of ours at its own address, VTL0's RAM in a window of its own.
 * May assume: boot VP, the page pool is open. Must never: make a page writable and executable, or
 * change a mapping after VTL0 has started.
 */
#include "arch/x86_64/entry.h"
#include "arch/x86_64/sysreg.h"
#include "core/arch.h"
#include "core/page_pool.h"

#define LEVELS 4
#define ENTRIES 512
#define PAGE_SIZE UINT64_C(4096)

#define PTE_PRESENT (UINT64_C(1) << 0)
#define PTE_WRITE (UINT64_C(1) << 1)
#define PTE_ACCESSED (UINT64_C(1) << 5)
#define PTE_DIRTY (UINT64_C(1) << 6)
#define PTE_LARGE (UINT64_C(1) << 7) /* not at the last level */
#define PTE_NX (UINT64_C(1) << 63)
#define PTE_ADDRESS UINT64_C(0x000FFFFFFFFFF000)

/* The processor has nothing to write into the tables. */
#define NORMAL (PTE_PRESENT | PTE_ACCESSED | PTE_DIRTY)
#define TEXT NORMAL
#define RODATA (NORMAL | PTE_NX)
#define DATA (NORMAL | PTE_WRITE | PTE_NX)
#define TABLE (PTE_PRESENT | PTE_WRITE | PTE_ACCESSED)

#define CPUID_EXTENDED 0x80000001
#define CPUID_EXTENDED_EDX_1GIB (1U << 26)
#define CPUID_EXTENDED_EDX_NX (1U << 20)

static uint64_t *root;
static unsigned int largest_level; /* of a leaf: 1 GiB or 2 MiB */
struct vp_start_registers vp_start_registers;

static uint64_t level_size(unsigned int level)
{
	return PAGE_SIZE << (9 * (LEVELS - 1 - level));
}

static uint64_t *entry_at(uint64_t *table, unsigned int level, uint64_t va)
{
	return &table[(va / level_size(level)) % ENTRIES];
}

static bool is_leaf(uint64_t entry, unsigned int level)
{
	return level == LEVELS - 1 || (entry & PTE_LARGE) != 0;
}

static enum err next_table(uint64_t *entry, unsigned int level, uint64_t **table)
{
	pa_t page;
	enum err err;

	if ((*entry & PTE_PRESENT) == 0) {
		err = page_pool_take(1, &page);
		if (err != OK) {
			return err;
		}
		*entry = page.v | TABLE;
	} else if (is_leaf(*entry, level)) {
		return ERR_STATE; /* a page lies here already */
	}
	*table = (uint64_t *)(uintptr_t)(*entry & PTE_ADDRESS);
	return OK;
}

/* One leaf at pa + offset, as large as addresses and size allow; *mapped is its size. */
static enum err map_one(uint64_t pa, uint64_t offset, uint64_t size, uint64_t attributes,
			uint64_t *mapped)
{
	uint64_t va = pa + offset;
	uint64_t *table = root;
	unsigned int level;

	for (level = 0; level < LEVELS; level++) {
		uint64_t *entry = entry_at(table, level, va);
		uint64_t leaf = level_size(level);
		enum err err;

		if (level >= largest_level && va % leaf == 0 && size >= leaf &&
		    (*entry & PTE_PRESENT) == 0) {
			*entry = pa | attributes | (level == LEVELS - 1 ? 0 : PTE_LARGE);
			*mapped = leaf;
			return OK;
		}
		if (level == LEVELS - 1) {
			return ERR_STATE;
		}
		err = next_table(entry, level, &table);
		if (err != OK) {
			return err;
		}
	}
	return ERR_STATE;
}

/* largest: no leaf above this size, so that single pages can be changed later. The offset is a
 * multiple of every leaf's size. */
static enum err map(struct range range, uint64_t offset, uint64_t attributes, uint64_t largest)
{
	while (range.size > 0) {
		uint64_t step = range.size < largest ? range.size : largest;
		uint64_t mapped;
		enum err err = map_one(range.base, offset, step, attributes, &mapped);

		if (err != OK) {
			return err;
		}
		range.base += mapped;
		range.size -= mapped;
	}
	/* New entries only: nothing to invalidate. */
	return OK;
}

enum err arch_map_vtl0(struct range range)
{
	if (range_end(range) > ARCH_VTL0_WINDOW) {
		return ERR_RANGE;
	}
	return map(range, ARCH_VTL0_WINDOW, DATA, UINT64_MAX);
}

enum err arch_unmap_page(pa_t page)
{
	uint64_t *table = root;
	unsigned int level;

	for (level = 0; level < LEVELS - 1; level++) {
		uint64_t entry = *entry_at(table, level, page.v);

		if ((entry & PTE_PRESENT) == 0 || is_leaf(entry, level)) {
			return ERR_STATE;
		}
		table = (uint64_t *)(uintptr_t)(entry & PTE_ADDRESS);
	}
	*entry_at(table, level, page.v) = 0;
	invlpg(page.v);
	return OK;
}

static struct range between(const uint8_t *from, const uint8_t *to)
{
	return (struct range){ (uintptr_t)from, (uint64_t)(to - from) };
}

static enum err map_ourselves(struct range image, struct range memory)
{
	struct range rest = { range_end(image), range_end(memory) - range_end(image) };
	enum err err;

	if ((err = map(between(_start, __text_end), 0, TEXT, PAGE_SIZE)) != OK ||
	    (err = map(between(__rodata_start, __rodata_end), 0, RODATA, PAGE_SIZE)) != OK ||
	    (err = map(between(__data_start, __image_end), 0, DATA, PAGE_SIZE)) != OK ||
	    (err = map(rest, 0, DATA, PAGE_SIZE)) != OK) {
		return err;
	}
	return arch_unmap_page((pa_t){ (uintptr_t)boot_stack_guard });
}

enum err arch_mmu_init(struct range image, struct range memory)
{
	struct cpuid extended = cpuid(CPUID_EXTENDED, 0);
	pa_t page;
	enum err err;

	if ((extended.edx & CPUID_EXTENDED_EDX_NX) == 0) {
		return ERR_NOT_SUPPORTED;
	}
	largest_level = (extended.edx & CPUID_EXTENDED_EDX_1GIB) != 0 ? 1 : 2;
	if (image.base != (uintptr_t)_start || image.size != (uint64_t)(__image_end - _start)) {
		return ERR_INVALID;
	}
	err = page_pool_take(1, &page);
	if (err != OK) {
		return err;
	}
	root = (uint64_t *)(uintptr_t)page.v;
	err = map_ourselves(image, memory);
	if (err != OK) {
		return err;
	}
	vp_start_registers.cr0 = CR0_PE | CR0_MP | CR0_TS | CR0_ET | CR0_NE | CR0_WP | CR0_PG;
	vp_start_registers.cr3 = page.v;
	vp_start_registers.cr4 = CR4_PAE | CR4_MCE;
	vp_start_registers.efer = EFER_LME | EFER_LMA | EFER_NXE;
	msr_write(MSR_EFER, vp_start_registers.efer);
	msr_write(MSR_PAT, PAT_RESET);
	mmu_switch(vp_start_registers.cr3, vp_start_registers.cr0, vp_start_registers.cr4);
	return OK;
}
