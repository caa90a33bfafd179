/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are little-endian tables put into a block, one after the other?
 *
 * Shared by the two files that write VTL0's tables. What does not fit is not written and is
 * remembered, so that only the end asks.
 */
#ifndef CORE_VTL0_BLOCK_H
#define CORE_VTL0_BLOCK_H

#include "core/vtl0_acpi.h"

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

/* The definition block of VTL0's DSDT, in vtl0_aml.c: its serial port and our services. */
void vtl0_aml_put(struct block *b, const struct vtl0_acpi_input *in);

#endif
