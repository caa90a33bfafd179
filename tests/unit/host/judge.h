/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does somebody else's reader say about our tree?
 *
 * Runs the device tree compiler as a program: it shares nothing with the host's writer.
 */
#ifndef TESTS_UNIT_HOST_JUDGE_H
#define TESTS_UNIT_HOST_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

/* Is it installed? */
bool judge_present(void);

/*
 * Does it read the blob? The tree as source text, up to out_size - 1 bytes, goes to `out` (NULL:
 * not wanted).
 */
bool judge_reads(const void *fdt, size_t size, char *out, size_t out_size);

#endif
