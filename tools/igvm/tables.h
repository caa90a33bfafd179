/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which page tables does the first instruction run on?
 */
#ifndef TOOLS_IGVM_TABLES_H
#define TOOLS_IGVM_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* What the tables assume of the registers: 4 KiB granule, T0SZ 17 (four levels), attribute 3. */
#define TABLES_T0SZ 17
#define TABLES_ATTR_INDEX 3

/*
 * Fills `tables` (size bytes, a multiple of 4096, to be imported at tables_gpa) with an identity
 * map of [base, base + memory) in 2 MiB blocks: normal write-back memory, readable, writable and
 * executable at EL1. The root is the first page. base and memory are multiples of 2 MiB, below
 * 2^47. Returns the bytes used, or 0 when size is too small.
 */
size_t tables_build(uint8_t *tables, size_t size, uint64_t tables_gpa, uint64_t base,
		    uint64_t memory);

#endif
