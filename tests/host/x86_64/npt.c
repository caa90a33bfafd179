/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does each VTL see of memory? RAM lies at GPA 0 up to 0xE0000000 and, the rest, from 4 GiB
 * on; all else is unmapped and traps. 2 MiB blocks until a protection needs a 4 KiB page; the
 * protections that VTL2 sets change VTL0's table only. Called under the host's lock.
 */
#include "tests/host/x86_64/npt.h"

#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/machine.h"

#define GPA_BITS 39
#define LOW_END 0xE0000000ull
#define HIGH_START 0x100000000ull
#define PAGE 4096ull
#define BLOCK (2ull << 20)
#define POOL_PAGES 1024

#define PTE_PRESENT 1ull
#define PTE_WRITE 2ull
#define PTE_USER 4ull
#define PTE_BLOCK 0x80ull
#define PTE_NX (1ull << 63)
#define PTE_TABLE (PTE_PRESENT | PTE_WRITE | PTE_USER)
#define PTE_ADDRESS 0x000FFFFFFFFFF000ull
/* Software's: remembers the map flags, bits 55:52 of a leaf. */
#define PTE_FLAGS_SHIFT 52
#define PTE_FLAGS(pte) ((uint32_t)((pte) >> PTE_FLAGS_SHIFT) & 0xF)

static uint64_t root[VTL_SLOTS][512] __attribute__((aligned(4096)));
static uint64_t level3[VTL_SLOTS][512] __attribute__((aligned(4096)));
static uint64_t pool[POOL_PAGES][512] __attribute__((aligned(4096)));
static uint32_t pool_used;
static struct {
	bool active;
	uint64_t gpn;
	uint64_t *entry;
	uint64_t below; /* what comes back there */
} overlays[VTL_SLOTS][NPT_OVERLAYS];

static uint64_t ram_size(void)
{
	return (uint64_t)vm.opt.ram_mib << 20;
}

uint64_t npt_root(uint32_t slot)
{
	return (uint64_t)root[slot];
}

uint64_t npt_ram_pa(uint64_t gpa)
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
	uint64_t first = npt_ram_pa(gpa);
	uint64_t last;

	if (size == 0 || gpa + size < gpa) {
		return NULL;
	}
	last = npt_ram_pa(gpa + size - 1);
	if (first == 0 || last == 0 || last - first != size - 1) {
		return NULL;
	}
	return (void *)first;
}

static uint64_t *new_table(void)
{
	return pool_used == POOL_PAGES ? NULL : pool[pool_used++];
}

/* Without MAP_READ nothing is present; the flags and the address are kept. */
static uint64_t leaf(uint64_t pa, uint32_t flags)
{
	uint64_t pte = pa | (uint64_t)flags << PTE_FLAGS_SHIFT;

	if ((flags & MAP_READ) == 0) {
		return pte;
	}
	pte |= PTE_PRESENT | PTE_USER;
	pte |= (flags & MAP_WRITE) != 0 ? PTE_WRITE : 0;
	pte |= (flags & MAP_KX) != 0 ? 0 : PTE_NX;
	return pte;
}

static void map_block(uint32_t slot, uint64_t gpa, uint64_t pa)
{
	uint64_t *top = &level3[slot][gpa >> 30];
	uint64_t *level2;

	if (*top == 0) {
		level2 = new_table();
		if (level2 == NULL) {
			arch_fatal("no page for a nested table");
		}
		*top = (uint64_t)level2 | PTE_TABLE;
	}
	level2 = (uint64_t *)(*top & PTE_ADDRESS);
	level2[(gpa >> 21) & 511] = leaf(pa, MAP_ALL) | PTE_BLOCK;
}

void npt_init(void)
{
	uint64_t offset;
	uint32_t slot;

	for (slot = 0; slot < VTL_SLOTS; slot++) {
		root[slot][0] = (uint64_t)level3[slot] | PTE_TABLE;
		for (offset = 0; offset + BLOCK <= ram_size(); offset += BLOCK) {
			uint64_t gpa = offset < LOW_END ? offset : offset - LOW_END + HIGH_START;

			if (gpa >= vm.opt.ram_base) {
				map_block(slot, gpa, MACHINE_VM_RAM + offset);
			}
		}
	}
}

static bool split_block(uint64_t *entry)
{
	uint64_t *table = new_table();
	uint64_t pa = *entry & PTE_ADDRESS;
	uint32_t flags = PTE_FLAGS(*entry);
	uint32_t n;

	if (table == NULL) {
		return false;
	}
	for (n = 0; n < 512; n++) {
		table[n] = leaf(pa + n * PAGE, flags);
	}
	*(volatile uint64_t *)entry = (uint64_t)table | PTE_TABLE;
	return true;
}

/* The entry of this page of RAM, or of its block unless `page`; NULL: no memory for a table. */
static uint64_t *find_leaf(uint32_t slot, uint64_t gpa, bool page)
{
	uint64_t *level2 = (uint64_t *)(level3[slot][gpa >> 30] & PTE_ADDRESS);
	uint64_t *entry = &level2[(gpa >> 21) & 511];

	if ((*entry & PTE_BLOCK) != 0) {
		if (!page) {
			return entry;
		}
		if (!split_block(entry)) {
			return NULL;
		}
	}
	return &((uint64_t *)(*entry & PTE_ADDRESS))[(gpa >> 12) & 511];
}

static bool is_ram_page(uint64_t gpn)
{
	return gpn < 1ull << (GPA_BITS - 12) && npt_ram_pa(gpn << 12) != 0;
}

/* A page under an overlay is nobody's to put a hypercall's blocks in. */
uint32_t arch_access(uint32_t vtl, uint64_t gpn)
{
	uint32_t slot = vtl_slot(vtl);

	if (!is_ram_page(gpn) || npt_is_overlay(slot, gpn)) {
		return 0;
	}
	return PTE_FLAGS(*find_leaf(slot, gpn << 12, false));
}

uint16_t arch_protect(uint64_t gpn, uint32_t flags)
{
	uint64_t *entry;
	uint32_t n;

	if (!is_ram_page(gpn)) {
		return HV_INVALID_PARAMETER;
	}
	entry = find_leaf(0, gpn << 12, true);
	if (entry == NULL) {
		return HV_INSUFFICIENT_MEMORY;
	}
	for (n = 0; n < NPT_OVERLAYS; n++) {
		if (overlays[0][n].active && overlays[0][n].gpn == gpn) {
			entry = &overlays[0][n].below;
		}
	}
	*(volatile uint64_t *)entry = leaf(npt_ram_pa(gpn << 12), flags);
	return HV_SUCCESS;
}

void arch_protect_done(void)
{
	cpu_flush_others();
}

bool npt_is_overlay(uint32_t slot, uint64_t gpn)
{
	uint32_t n;

	for (n = 0; n < NPT_OVERLAYS; n++) {
		if (overlays[slot][n].active && overlays[slot][n].gpn == gpn) {
			return true;
		}
	}
	return false;
}

static bool is_other_overlay(uint32_t slot, enum npt_overlay which, uint64_t gpn)
{
	const uint32_t other = which == NPT_HYPERCALL_PAGE ? NPT_TSC_PAGE : NPT_HYPERCALL_PAGE;

	return overlays[slot][other].active && overlays[slot][other].gpn == gpn;
}

bool npt_overlay(uint32_t slot, enum npt_overlay which, uint64_t gpn, const void *page)
{
	uint64_t *entry = overlays[slot][which].entry;

	/* Two over one page: which one is seen nobody says. What is refused has no effect. */
	if (page != NULL && (!is_ram_page(gpn) || is_other_overlay(slot, which, gpn) ||
			     find_leaf(slot, gpn << 12, true) == NULL)) {
		return false;
	}
	if (overlays[slot][which].active) {
		*entry = overlays[slot][which].below;
		overlays[slot][which].active = false;
	}
	if (page != NULL) {
		entry = find_leaf(slot, gpn << 12, true);
		overlays[slot][which].active = true;
		overlays[slot][which].gpn = gpn;
		overlays[slot][which].entry = entry;
		overlays[slot][which].below = *entry;
		*entry = leaf((uint64_t)page,
			      which == NPT_HYPERCALL_PAGE ? MAP_READ | MAP_KX : MAP_READ);
	}
	cpu_flush_others();
	return true;
}
