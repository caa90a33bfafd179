/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does each VTL see of memory? RAM lies at GPA 0 up to 0xE0000000 and, the rest, from 4 GiB
 * on; all else is unmapped and traps. 2 MiB blocks until a protection needs a 4 KiB page; the
 * protections that VTL2 sets change VTL0's table only. Called under the host's lock.
 */
#include "tests/host/arm64/stage2.h"

#include <stddef.h>

#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"

#define GPA_BITS 39
#define LOW_END 0xE0000000ull
#define HIGH_START 0x100000000ull
#define PAGE 4096ull
#define BLOCK (2ull << 20)
#define POOL_PAGES 768

#define DESC_VALID 1ull
#define DESC_TABLE 3ull
#define DESC_BLOCK 1ull
#define DESC_PAGE 3ull
#define DESC_ADDRESS 0x0000FFFFFFFFF000ull
#define LEAF_NORMAL (0x3Cull | (3ull << 8) | (1ull << 10)) /* write-back, inner shareable, AF */
#define LEAF_READ (1ull << 6)
#define LEAF_WRITE (1ull << 7)
#define LEAF_XN (1ull << 54)
/* Software's: remembers the map flags, bits 58:55 of a leaf. */
#define LEAF_FLAGS_SHIFT 55
#define LEAF_FLAGS (0xFull << LEAF_FLAGS_SHIFT)

static uint64_t root[VTL_SLOTS][512] __attribute__((aligned(4096)));
uint64_t stage2_vttbr[VTL_SLOTS];
static uint64_t pool[POOL_PAGES][512] __attribute__((aligned(4096)));
static uint32_t pool_used;

static uint64_t ram_size(void)
{
	return (uint64_t)vm.opt.ram_mib << 20;
}

uint64_t stage2_ram_pa(uint64_t gpa)
{
	uint64_t offset;

	if (gpa < vm.opt.ram_base) {
		return 0;
	}
	if (gpa < LOW_END) {
		offset = gpa;
	} else if (gpa >= HIGH_START && gpa < (1ull << GPA_BITS)) {
		offset = gpa - HIGH_START + LOW_END;
	} else {
		return 0;
	}
	return offset < ram_size() ? MACHINE_VM_RAM + offset : 0;
}

void *arch_ram(uint64_t gpa, uint64_t size)
{
	uint64_t first = stage2_ram_pa(gpa);
	uint64_t last;

	if (size == 0 || gpa + size < gpa) {
		return NULL;
	}
	last = stage2_ram_pa(gpa + size - 1);
	if (first == 0 || last == 0 || last - first != size - 1) {
		return NULL;
	}
	return (void *)first;
}

static uint64_t *new_table(void)
{
	if (pool_used == POOL_PAGES) {
		return NULL;
	}
	return pool[pool_used++];
}

static uint64_t leaf(uint64_t pa, uint32_t flags, uint64_t type)
{
	uint64_t desc = pa | LEAF_NORMAL | ((uint64_t)flags << LEAF_FLAGS_SHIFT);

	if (flags == 0) {
		return desc; /* invalid, the flags and the address are kept */
	}
	desc |= type;
	desc |= (flags & MAP_READ) != 0 ? LEAF_READ : 0;
	desc |= (flags & MAP_WRITE) != 0 ? LEAF_WRITE : 0;
	desc |= (flags & MAP_KX) != 0 ? 0 : LEAF_XN;
	return desc;
}

static void map_block(uint32_t slot, uint64_t gpa, uint64_t pa)
{
	uint64_t *top = &root[slot][gpa >> 30];
	uint64_t *level2;

	if (*top == 0) {
		level2 = new_table();
		if (level2 == NULL) {
			arch_fatal("no page for a stage 2 table");
		}
		*top = (uint64_t)level2 | DESC_TABLE;
	}
	level2 = (uint64_t *)(*top & DESC_ADDRESS);
	level2[(gpa >> 21) & 511] = leaf(pa, MAP_ALL, DESC_BLOCK);
}

void stage2_init(void)
{
	uint64_t offset;
	uint32_t slot;

	for (slot = 0; slot < VTL_SLOTS; slot++) {
		for (offset = 0; offset + BLOCK <= ram_size(); offset += BLOCK) {
			uint64_t gpa = offset < LOW_END ? offset : offset - LOW_END + HIGH_START;

			map_block(slot, gpa, MACHINE_VM_RAM + offset);
		}
		stage2_vttbr[slot] = (uint64_t)root[slot] | ((uint64_t)(slot + 1) << 48);
	}
}

void stage2_init_cpu(void)
{
	/* Bit 31, 40-bit output, 4 KiB, inner shareable write-back walks from level 1, 39 bits. */
	sysreg_write(vtcr_el2, (1ull << 31) | (2ull << 16) | (3ull << 12) | (1ull << 10) |
				       (1ull << 8) | (1ull << 6) | (64 - GPA_BITS));
	stage2_select(0);
}

void stage2_select(uint32_t vtl)
{
	uint32_t slot = vtl_slot(vtl);

	sysreg_write(vttbr_el2, stage2_vttbr[slot]);
	isb();
}

/* The leaf that covers this page of RAM; *is_page tells which of the two sizes. */
static uint64_t *find_leaf(uint32_t slot, uint64_t gpa, bool *is_page)
{
	uint64_t *level2 = (uint64_t *)(root[slot][gpa >> 30] & DESC_ADDRESS);
	uint64_t *entry = &level2[(gpa >> 21) & 511];

	*is_page = (*entry & DESC_TABLE) == DESC_TABLE;
	if (*is_page) {
		entry = &((uint64_t *)(*entry & DESC_ADDRESS))[(gpa >> 12) & 511];
	}
	return entry;
}

uint32_t arch_access(uint32_t vtl, uint64_t gpn)
{
	bool is_page;

	if (gpn >= (1ull << (GPA_BITS - 12)) || stage2_ram_pa(gpn << 12) == 0) {
		return 0;
	}
	return (uint32_t)(*find_leaf(vtl_slot(vtl), gpn << 12, &is_page) >> LEAF_FLAGS_SHIFT) & 0xF;
}

/* Break before make: nobody may hold the block's translation when the table appears. */
static bool split_block(uint64_t *entry)
{
	uint64_t *table = new_table();
	uint64_t old = *entry;
	uint32_t flags = (uint32_t)(old >> LEAF_FLAGS_SHIFT) & 0xF;
	uint32_t n;

	if (table == NULL) {
		return false;
	}
	for (n = 0; n < 512; n++) {
		table[n] = leaf((old & DESC_ADDRESS) + n * PAGE, flags, DESC_PAGE);
	}
	*(volatile uint64_t *)entry = 0;
	arch_protect_done();
	*(volatile uint64_t *)entry = (uint64_t)table | DESC_TABLE;
	dsb();
	return true;
}

uint16_t arch_protect(uint64_t gpn, uint32_t flags)
{
	uint64_t gpa = gpn << 12;
	uint64_t *entry;
	bool is_page;

	if (gpn >= (1ull << (GPA_BITS - 12)) || stage2_ram_pa(gpa) == 0) {
		return HV_INVALID_PARAMETER;
	}
	entry = find_leaf(0, gpa, &is_page);
	if (!is_page) {
		if (!split_block(entry)) {
			return HV_INSUFFICIENT_MEMORY;
		}
		entry = find_leaf(0, gpa, &is_page);
	}
	*(volatile uint64_t *)entry = leaf(stage2_ram_pa(gpa), flags, DESC_PAGE);
	return HV_SUCCESS;
}

void arch_protect_done(void)
{
	uint64_t kept = sysreg_read(vttbr_el2);

	stage2_select(0);
	tlb_flush_vmid();
	sysreg_write(vttbr_el2, kept);
	isb();
}
