/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL0 get its kernel, its command line and its tree?
 */
#ifndef CORE_MAIN_VTL0_H
#define CORE_MAIN_VTL0_H

#include "core/err.h"
#include "core/image.h"
#include "core/platform.h"
#include "core/types.h"

struct vtl0_start {
	uint64_t entry;	   /* first instruction */
	uint64_t handover; /* what the boot protocol hands over: the tree */
};

/*
 * Measures the payload, puts its parts into VTL0's memory, writes the tree, and gives the payload's
 * own place back zeroed. Boot VP, before VTL0 runs. Says on the log what is wrong; ERR_NOT_FOUND:
 * the image carries no payload.
 */
__must_check enum err main_start_vtl0(const struct image *image, const struct platform *platform,
				      gpa_t door_page, struct vtl0_start *start);

#endif
