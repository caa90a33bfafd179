/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this an IGVM file that keeps all the rules?
 */
#ifndef TOOLS_IGVMCHECK_CHECK_H
#define TOOLS_IGVMCHECK_CHECK_H

#include "tools/igvmcheck/image.h"

/* Checks these bytes against all rules, in a fixed order, up to the first that is broken: then
 * false, and image->verdict says which. Call check_free() in any case. */
bool check_bytes(struct image *image, const uint8_t *bytes, size_t size);

void check_free(struct image *image);

#endif
