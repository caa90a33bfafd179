/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who owns each page of physical memory?
 *
 * May assume: the tree's ranges were checked to be sorted, aligned and without overlap
 * (dt/bootinfo.c). Must never: call a byte VTL0's that is not in a range of ordinary memory.
 */
#include "core/mem_map.h"

#include "core/arch.h"
#include "core/kconfig.h"
#include "core/log.h"

struct owner {
	uint32_t count;
	struct range range[PLATFORM_MAX_MEM_RANGES];
};

static struct owner vtl0;
static struct owner vtl2;
static struct range kept;

/* Neighbours become one range, so that a buffer over the seam is found whole. */
static void add(struct owner *owner, struct range r)
{
	if (owner->count > 0) {
		struct range *last = &owner->range[owner->count - 1];

		if (range_end(*last) == r.base) {
			last->size += r.size;
			return;
		}
	}
	owner->range[owner->count++] = r;
}

static bool contains(const struct owner *owner, struct range r)
{
	uint32_t i;

	for (i = 0; i < owner->count; i++) {
		if (r.size != 0 && range_contains(owner->range[i], r)) {
			return true;
		}
	}
	return false;
}

/* What cannot be mapped without what is beside it is nobody's. */
static struct range whole_pages(struct range r)
{
	uint64_t end = range_end(r) & ~(ARCH_PAGE_SIZE - 1);

	r.base = (r.base + ARCH_PAGE_SIZE - 1) & ~(ARCH_PAGE_SIZE - 1);
	r.size = end > r.base ? end - r.base : 0;
	return r;
}

static void trim(struct owner *owner)
{
	uint32_t count = owner->count;
	uint32_t i;

	owner->count = 0;
	for (i = 0; i < count; i++) {
		struct range whole = whole_pages(owner->range[i]);

		if (whole.size != owner->range[i].size) {
			log_warn("memory: 0x%lx, %lu bytes: cut to whole pages of %lu KiB",
				 owner->range[i].base, owner->range[i].size, ARCH_PAGE_SIZE / 1024);
		}
		if (whole.size != 0) {
			owner->range[owner->count++] = whole;
		}
	}
}

enum err mem_map_init(const struct platform *platform, struct range memory)
{
	uint32_t i;

	vtl0.count = 0;
	vtl2.count = 0;
	kept.size = 0;
	for (i = 0; i < platform->mem_count; i++) {
		const struct mem_range *m = &platform->mem[i];

		switch (m->type) {
		case MEM_NORMAL:
			add(&vtl0, m->range);
			break;
		case MEM_VTL2:
			add(&vtl2, m->range);
			break;
		case MEM_PERSISTENT:
			if (IS_ENABLED(CONFIG_LOG_KEPT) && kept.size == 0) {
				kept = m->range;
				add(&vtl2, m->range);
			}
			break;
		case MEM_RESERVED:
			/* Nobody's: neither mapped by us nor told to VTL0. */
			break;
		}
	}
	if (ARCH_PAGE_SIZE > HV_HYP_PAGE_SIZE) {
		trim(&vtl0);
		kept = whole_pages(kept);
	}
	if (!contains(&vtl2, memory)) {
		return ERR_RANGE;
	}
	return vtl0.count == 0 ? ERR_NO_MEMORY : OK;
}

uint32_t mem_map_vtl0_count(void)
{
	return vtl0.count;
}

struct range mem_map_vtl0(uint32_t i)
{
	return vtl0.range[i];
}

uint32_t mem_map_vtl2_count(void)
{
	return vtl2.count;
}

struct range mem_map_vtl2(uint32_t i)
{
	return vtl2.range[i];
}

struct range mem_map_kept(void)
{
	return kept;
}

bool mem_map_is_vtl0(struct range range)
{
	return contains(&vtl0, range);
}

bool mem_map_touches_vtl2(struct range range)
{
	uint32_t i;

	for (i = 0; i < vtl2.count; i++) {
		if (range_overlaps(vtl2.range[i], range)) {
			return true;
		}
	}
	return false;
}
