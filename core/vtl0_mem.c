/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this range VTL0's, and how is it copied exactly once?
 *
 * May assume: all of VTL0's RAM is mapped in its window, never executable. Must never: read a
 * byte of VTL0 twice for one purpose; VTL0's other VPs change it at any time.
 */
#include "core/vtl0_mem.h"

#include <string.h>

#include "core/arch.h"
#include "core/mem_map.h"

/* VTL0's memory as a pointer: here and nowhere else. */
static uint8_t *at(struct gpa_range range)
{
	return (uint8_t *)(uintptr_t)(range.checked_base + ARCH_VTL0_WINDOW);
}

enum err vtl0_mem_check(gpa_t gpa, uint64_t size, struct gpa_range *range)
{
	if (!mem_map_is_vtl0((struct range){ .base = gpa.v, .size = size })) {
		return ERR_RANGE;
	}
	range->checked_base = gpa.v;
	range->checked_size = size;
	return OK;
}

void vtl0_mem_read(void *dst, struct gpa_range range)
{
	memcpy(dst, at(range), range.checked_size);
	/* The copy is what counts from here on: the compiler must not go back to the source. */
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

void vtl0_mem_write(struct gpa_range range, const void *src)
{
	memcpy(at(range), src, range.checked_size);
}

void vtl0_mem_zero(struct gpa_range range)
{
	memset(at(range), 0, range.checked_size);
}

uint8_t *vtl0_mem_boot_view(struct gpa_range range)
{
	return at(range);
}
