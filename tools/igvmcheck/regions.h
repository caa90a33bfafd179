/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do other checks need to know of a region that moves?
 */
#ifndef TOOLS_IGVMCHECK_REGIONS_H
#define TOOLS_IGVMCHECK_REGIONS_H

#include "tools/igvmcheck/image.h"

struct region {
	bool tables; /* a page-table region, else a relocatable one */
	uint32_t mask;
	uint8_t vtl;
	uint64_t gpa;
	uint64_t size; /* gpa + size does not wrap once the header has passed its own check */
	uint64_t used; /* of a page-table region */
};

/* False: this header is no region. */
bool region_read(const struct image *image, const struct header *header, struct region *out);

#endif
