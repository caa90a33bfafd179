/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which of our addresses may be read, written, executed?
 *
 * Granule by configuration; all of ours at its own address, VTL0's RAM in a window of its own.
 * May assume: boot VP, the page pool is open. Must never: make a page writable and executable, or
 * change a mapping after VTL0 has started.
 */
#include "arch/arm64/entry.h"
#include "arch/arm64/sysreg.h"
#include "core/arch.h"
#include "core/page_pool.h"
#include "vtl/vtl_arch.h"

#define PAGE_SIZE ARCH_PAGE_SIZE
#define LEVEL_BITS (ARCH_PAGE_SHIFT - 3)
#define ENTRIES (UINT64_C(1) << LEVEL_BITS)
/* Of a 48-bit address; the first one need not be full. */
#define LEVELS ((48 - ARCH_PAGE_SHIFT + LEVEL_BITS - 1) / LEVEL_BITS)
/* Blocks: of 1 GiB and 2 MiB with pages of 4 KiB, else of one page's table. */
#define FIRST_BLOCK (ARCH_PAGE_SHIFT == 12 ? 1U : LEVELS - 2U)

/* TCR_EL1.TG0 and where ID_AA64MMFR0_EL1 tells of that granule. */
#if ARCH_PAGE_SHIFT == 12
#define TCR_TG0 UINT64_C(0)
#define TGRAN_SHIFT 28
#elif ARCH_PAGE_SHIFT == 14
#define TCR_TG0 UINT64_C(2)
#define TGRAN_SHIFT 20
#else
#define TCR_TG0 UINT64_C(1)
#define TGRAN_SHIFT 24
#endif

#define DESC_VALID (UINT64_C(1) << 0)
#define DESC_TABLE (UINT64_C(1) << 1) /* at the last level: a page */
#define DESC_ADDRESS UINT64_C(0x0000FFFFFFFFF000)
#define DESC_ATTR(i) ((uint64_t)(i) << 2)
#define DESC_AP_RO (UINT64_C(1) << 7)
#define DESC_SH_INNER (UINT64_C(3) << 8)
#define DESC_AF (UINT64_C(1) << 10)
#define DESC_PXN (UINT64_C(1) << 53)
#define DESC_UXN (UINT64_C(1) << 54)

/* MAIR: 0 Device-nGnRE, 1 Normal write-back. */
#define ATTR_DEVICE 0
#define ATTR_NORMAL 1
#define MAIR_VALUE UINT64_C(0xFF04)

#define NORMAL (DESC_AF | DESC_SH_INNER | DESC_ATTR(ATTR_NORMAL) | DESC_UXN)
#define TEXT (NORMAL | DESC_AP_RO)
#define RODATA (NORMAL | DESC_AP_RO | DESC_PXN)
#define DATA (NORMAL | DESC_PXN)
#define DEVICE (DESC_AF | DESC_ATTR(ATTR_DEVICE) | DESC_UXN | DESC_PXN)

/* TCR: 48-bit addresses (T0SZ 16), write-back inner shareable walks, no TTBR1 walks. */
#define TCR_VALUE                                                                                  \
	(UINT64_C(16) | UINT64_C(1) << 8 | UINT64_C(1) << 10 | UINT64_C(3) << 12 | TCR_TG0 << 14 | \
	 UINT64_C(1) << 23 | UINT64_C(2) << 30)
#define TCR_IPS_SHIFT 32
#define PARANGE_48_BITS 5

#define SCTLR_VALUE (SCTLR_RES1 | SCTLR_M | SCTLR_A | SCTLR_C | SCTLR_SA | SCTLR_I | SCTLR_WXN)

static uint64_t *root;
struct vp_start_registers vp_start_registers;

static uint64_t level_size(unsigned int level)
{
	return PAGE_SIZE << (LEVEL_BITS * (LEVELS - 1 - level));
}

static uint64_t *entry_at(uint64_t *table, unsigned int level, uint64_t va)
{
	return &table[(va / level_size(level)) % ENTRIES];
}

static enum err take_table(pa_t *page)
{
	page_pool_align();
	return page_pool_take(PAGE_SIZE / HV_HYP_PAGE_SIZE, page);
}

static enum err next_table(uint64_t *entry, uint64_t **table)
{
	pa_t page;
	enum err err;

	if ((*entry & DESC_VALID) == 0) {
		err = take_table(&page);
		if (err != OK) {
			return err;
		}
		*entry = page.v | DESC_TABLE | DESC_VALID;
	} else if ((*entry & DESC_TABLE) == 0) {
		return ERR_STATE; /* a block lies here already */
	}
	*table = (uint64_t *)(uintptr_t)(*entry & DESC_ADDRESS);
	return OK;
}

/* So many leaves of one table as nothing lies in the way of; the bytes that they map. */
static uint64_t fill(uint64_t *entry, uint64_t count, uint64_t leaf, uint64_t descriptor)
{
	uint64_t i;

	for (i = 0; i < count && (entry[i] & DESC_VALID) == 0; i++) {
		entry[i] = descriptor + i * leaf;
	}
	return i * leaf;
}

/* The first leaves at range.base + offset, as large as addresses and size allow, as many as lie in
 * one table; *mapped is their size. */
static enum err map_some(struct range range, uint64_t offset, uint64_t attributes, uint64_t largest,
			 uint64_t *mapped)
{
	uint64_t va = range.base + offset;
	uint64_t *table = root;
	unsigned int level;

	for (level = 0; level < LEVELS; level++) {
		uint64_t *entry = entry_at(table, level, va);
		uint64_t leaf = level_size(level);
		uint64_t room = (uint64_t)(table + ENTRIES - entry);
		uint64_t count = range.size / leaf;
		enum err err;

		if (level >= FIRST_BLOCK && va % leaf == 0 && leaf <= largest && count > 0) {
			*mapped = fill(entry, count < room ? count : room, leaf,
				       range.base | attributes | DESC_VALID |
					       (level == LEVELS - 1 ? DESC_TABLE : 0));
			if (*mapped != 0) {
				return OK;
			}
		}
		if (level == LEVELS - 1) {
			return ERR_STATE;
		}
		err = next_table(entry, &table);
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
		uint64_t mapped;
		enum err err = map_some(range, offset, attributes, largest, &mapped);

		if (err != OK) {
			return err;
		}
		range.base += mapped;
		range.size -= mapped;
	}
	/* New entries only: nothing to invalidate. */
	dsb_ish();
	isb();
	return OK;
}

/* The entry for this page in the last table; NULL: no table leads there. */
static uint64_t *page_entry(uint64_t va)
{
	uint64_t *table = root;
	unsigned int level;

	for (level = 0; level < LEVELS - 1; level++) {
		uint64_t entry = *entry_at(table, level, va);

		if ((entry & (DESC_VALID | DESC_TABLE)) != (DESC_VALID | DESC_TABLE)) {
			return NULL;
		}
		table = (uint64_t *)(uintptr_t)(entry & DESC_ADDRESS);
	}
	return entry_at(table, level, va);
}

/* Several devices may share a page that is larger than theirs. */
static enum err map_shared(struct range range)
{
	uint64_t at = range.base & ~(PAGE_SIZE - 1);

	for (; at < range_end(range); at += PAGE_SIZE) {
		const uint64_t *entry = page_entry(at);
		bool is_there = entry != NULL && *entry == (at | DEVICE | DESC_VALID | DESC_TABLE);
		enum err err =
			is_there ? OK : map((struct range){ at, PAGE_SIZE }, 0, DEVICE, PAGE_SIZE);

		if (err != OK) {
			return err;
		}
	}
	return OK;
}

enum err arch_map_device(struct range range)
{
	return PAGE_SIZE > HV_HYP_PAGE_SIZE ? map_shared(range) : map(range, 0, DEVICE, UINT64_MAX);
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
	uint64_t *entry = page_entry(page.v);

	if (entry == NULL) {
		return ERR_STATE;
	}
	*entry = 0;
	dsb_ish();
	tlbi_va(page.v);
	dsb_ish();
	isb();
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

bool mmu_has_granule(void)
{
	uint64_t field = SYSREG_READ(id_aa64mmfr0_el1) >> TGRAN_SHIFT & 0xF;

	return ARCH_PAGE_SHIFT == 14 ? field != 0 : field != 0xF;
}

enum err arch_mmu_init(struct range image, struct range memory)
{
	uint64_t features = SYSREG_READ(id_aa64mmfr0_el1);
	uint64_t ips = features & ID_AA64MMFR0_PARANGE;
	pa_t page;
	enum err err;

	if (!mmu_has_granule()) {
		return ERR_NOT_SUPPORTED;
	}
	if (image.base != (uintptr_t)_start || image.size != (uint64_t)(__image_end - _start)) {
		return ERR_INVALID;
	}
	err = take_table(&page);
	if (err != OK) {
		return err;
	}
	root = (uint64_t *)(uintptr_t)page.v;
	err = map_ourselves(image, memory);
	if (err != OK) {
		return err;
	}
	vp_start_registers = (struct vp_start_registers){
		.sctlr = SCTLR_VALUE,
		.mair = MAIR_VALUE,
		.tcr = TCR_VALUE | (ips < PARANGE_48_BITS ? ips : PARANGE_48_BITS) << TCR_IPS_SHIFT,
		.vbar = (uintptr_t)vectors,
		.ttbr0 = page.v,
	};
	mmu_switch(vp_start_registers.mair, vp_start_registers.tcr, vp_start_registers.ttbr0,
		   vp_start_registers.sctlr);
	return OK;
}

void arch_clean_to_memory(const void *start, uint64_t size)
{
	uint64_t line = UINT64_C(4) << ((SYSREG_READ(ctr_el0) >> 16) & 0xF);
	uint64_t va;

	for (va = (uintptr_t)start & ~(line - 1); va < (uintptr_t)start + size; va += line) {
		dc_civac(va);
	}
	dsb_sy();
}
