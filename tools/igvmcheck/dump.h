/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands in this file, readably?
 */
#ifndef TOOLS_IGVMCHECK_DUMP_H
#define TOOLS_IGVMCHECK_DUMP_H

#include <stdio.h>

#include "tools/igvmcheck/image.h"

/* Prints the fixed header and each variable header up to where check_bytes() could follow the
 * list, whether or not it then refused the file. */
void dump_image(const struct image *image, FILE *out);

#endif
