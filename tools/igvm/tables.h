/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which page tables does the first instruction run on?
 */
#ifndef TOOLS_IGVM_TABLES_H
#define TOOLS_IGVM_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "tools/igvm/machine.h"

/*
 * Fills `tables` (size bytes, a multiple of 4096, to be imported at tables_gpa) with an identity
 * map of [base, base + memory) in 2 MiB blocks: normal write-back memory, readable, writable and
 * executable. The root is the first page. base and memory are multiples of 2 MiB, below
 * 2^47. Returns the bytes used, or 0 when size is too small.
 */
size_t tables_build(const struct machine *m, uint8_t *tables, size_t size, uint64_t tables_gpa,
		    uint64_t base, uint64_t memory);

#endif
