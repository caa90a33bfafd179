/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this range VTL0's, and how is it copied exactly once?
 *
 * The only way to VTL0's memory. A struct gpa_range exists only after the check that every byte of
 * it is VTL0's own RAM; what a handler works on is always a copy.
 */
#ifndef CORE_VTL0_MEM_H
#define CORE_VTL0_MEM_H

#include "core/err.h"
#include "core/types.h"

struct gpa_range {
	uint64_t checked_base;
	uint64_t checked_size;
};

/*
 * ERR_RANGE: not VTL0's own RAM as a whole (ours, a device, a hole, a wrap), or size 0.
 */
__must_check enum err vtl0_mem_check(gpa_t gpa, uint64_t size, struct gpa_range *range);

/* Copies all of the range. dst/src: range.checked_size bytes of ours. */
void vtl0_mem_read(void *dst, struct gpa_range range);
void vtl0_mem_write(struct gpa_range range, const void *src);
void vtl0_mem_zero(struct gpa_range range);

/* Boot only: the bytes in place, for placing and measuring the payload before VTL0 runs. */
uint8_t *vtl0_mem_boot_view(struct gpa_range range);

#endif
