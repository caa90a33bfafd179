/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who owns each page of physical memory?
 *
 * Made once from the checked tree; afterwards only read, so that any VP may ask without a lock.
 */
#ifndef CORE_MEM_MAP_H
#define CORE_MEM_MAP_H

#include "core/err.h"
#include "core/platform.h"
#include "core/types.h"

/*
 * Sorts the tree's memory into ours and VTL0's. memory: what the image was told is its own.
 * ERR_RANGE: the tree does not give us all of that. ERR_NO_MEMORY: no memory for VTL0.
 */
__must_check enum err mem_map_init(const struct platform *platform, struct range memory);

/* Ranges in ascending order, without overlap or gap-free neighbours. */
uint32_t mem_map_vtl0_count(void);
struct range mem_map_vtl0(uint32_t i);
uint32_t mem_map_vtl2_count(void);
struct range mem_map_vtl2(uint32_t i);

/* Where the tree keeps memory over a restart, which is then ours too; size 0: nowhere. */
struct range mem_map_kept(void);

/* Is every byte of the range VTL0's own RAM (one range, no hole)? An empty one never is. */
bool mem_map_is_vtl0(struct range range);

/* Does the range touch a byte of ours? */
bool mem_map_touches_vtl2(struct range range);

#endif
