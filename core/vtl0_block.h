/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are little-endian tables put into a block, one after the other?
 *
 * Shared by the files that write VTL0's tables. What does not fit is not written and is
 * remembered, so that only the end asks.
 */
#ifndef CORE_VTL0_BLOCK_H
#define CORE_VTL0_BLOCK_H

#include "core/types.h"

struct block {
	uint8_t *bytes;
	size_t size;
	size_t used;
	bool full; /* something did not fit: the contents are worthless */
};

/* Appends the low count bytes of the value. */
void block_put(struct block *b, uint64_t value, uint32_t count);
void block_put_bytes(struct block *b, const void *bytes, size_t size);
void block_put_zeros(struct block *b, size_t size);
void block_align(struct block *b, size_t alignment);

/* Overwrites what was appended before. */
void block_set(struct block *b, size_t at, uint64_t value, uint32_t count);

/* The byte that makes the sum of all bytes 0 modulo 256, if it is 0 among them now. */
uint8_t block_checksum(const uint8_t *bytes, size_t size);

/* An ACPI table's header, at the next multiple of 8; returns where, for block_end_table(), which
 * writes length and checksum. */
size_t block_begin_table(struct block *b, const char *signature, uint32_t revision);
void block_end_table(struct block *b, size_t start);

/* The XSDT of the tables at these places, and the root pointer into 36 bytes at rsdp that were left
 * free. gpa: where VTL0 finds the block. */
void block_put_roots(struct block *b, size_t rsdp, uint64_t gpa, const size_t *tables,
		     uint32_t count);

#endif
