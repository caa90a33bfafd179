/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where is a console in a tree that is not ours?
 *
 * For an image that finds itself started by somebody else: the tree is any machine's, and all that
 * is wanted of it is a PL011 to say so on.
 */
#ifndef DT_CONSOLE_H
#define DT_CONSOLE_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/* The first enabled PL011 or SBSA UART. ERR_NOT_FOUND: none, or no tree. */
enum err __must_check console_find(const void *fdt, size_t size, uint64_t *base);

#endif
