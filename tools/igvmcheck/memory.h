/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is imported at a guest physical address?
 */
#ifndef TOOLS_IGVMCHECK_MEMORY_H
#define TOOLS_IGVMCHECK_MEMORY_H

#include "tools/igvmcheck/image.h"

/* False: no page is imported there for this platform. *file_offset 0: a page of zeros. */
bool memory_find_page(const struct image *image, uint32_t mask, uint64_t gpa,
		      uint32_t *file_offset);

#endif
