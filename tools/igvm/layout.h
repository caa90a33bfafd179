/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does each part lie in guest memory?
 *
 *   base                                                    base + memory
 *   | image | parameter page | device tree area | free ... | page tables |
 *   |<-------------- relocatable region ------------------>|<-- 64 KiB ->|
 *
 * The payload lies elsewhere: VTL0 gets its place back.
 */
#ifndef TOOLS_IGVM_LAYOUT_H
#define TOOLS_IGVM_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/igvm/failure.h"

#define LAYOUT_BLOCK UINT64_C(0x200000)		/* what one entry of the tables maps */
#define LAYOUT_TREE_SIZE (64u * UINT64_C(4096)) /* 256 KiB, as OpenHCL's */
#define LAYOUT_TABLES_SIZE UINT64_C(0x10000)
#define LAYOUT_MIN_BASE UINT64_C(0x200000)	/* the loader may move us down to here */
#define LAYOUT_MAX_END (UINT64_C(1) << 48)	/* ... and up to here */
#define LAYOUT_TABLES_REACH (UINT64_C(1) << 47) /* half of 48 bits */

struct layout {
	uint64_t base;
	uint64_t memory_size;
	uint64_t region_size; /* from base, without the page tables */
	uint64_t image_size;  /* padded to pages */
	uint64_t params_offset;
	uint64_t tree_offset;
	uint64_t tables_offset;
	uint64_t payload_gpa;	 /* 0: none */
	uint64_t payload_size;	 /* exact; 0: none */
	uint64_t payload_padded; /* to pages */
};

/* Sizes are those of the files; payload_size 0: no payload. False: the sentence says why these
 * numbers make no layout. */
bool layout_make(uint64_t base, uint64_t memory, uint64_t image_size, uint64_t payload_gpa,
		 uint64_t payload_size, struct layout *out, struct failure *f);

#endif
