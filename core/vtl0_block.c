/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are little-endian tables put into a block, one after the other?
 *
 * May assume that the block was zeroed. Must never write outside it.
 */
#include "core/vtl0_block.h"

#include <string.h>

void block_put_bytes(struct block *b, const void *bytes, size_t size)
{
	if (b->full || size > b->size - b->used) {
		b->full = true;
		return;
	}
	memcpy(b->bytes + b->used, bytes, size);
	b->used += size;
}

void block_put(struct block *b, uint64_t value, uint32_t count)
{
	uint8_t bytes[8];
	uint32_t i;

	for (i = 0; i < count; i++) {
		bytes[i] = (uint8_t)(value >> (8 * i));
	}
	block_put_bytes(b, bytes, count);
}

void block_put_zeros(struct block *b, size_t size)
{
	/* The block was zeroed as a whole. */
	if (b->full || size > b->size - b->used) {
		b->full = true;
		return;
	}
	b->used += size;
}

void block_align(struct block *b, size_t alignment)
{
	block_put_zeros(b, (alignment - b->used % alignment) % alignment);
}

void block_set(struct block *b, size_t at, uint64_t value, uint32_t count)
{
	uint32_t i;

	for (i = 0; !b->full && i < count; i++) {
		b->bytes[at + i] = (uint8_t)(value >> (8 * i));
	}
}

uint8_t block_checksum(const uint8_t *bytes, size_t size)
{
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i < size; i++) {
		sum = (uint8_t)(sum + bytes[i]);
	}
	return (uint8_t)(0u - sum);
}

/* ---- ACPI tables: ACPI 6.3, section 5.2 ------------------------------------------------------ */

size_t block_begin_table(struct block *b, const char *signature, uint32_t revision)
{
	size_t start;

	block_align(b, 8);
	start = b->used;
	block_put_bytes(b, signature, 4);
	block_put(b, 0, 4);	   /* length, set by block_end_table() */
	block_put(b, revision, 2); /* and the checksum, set by block_end_table() */
	block_put_bytes(b, "PARAVNPARAVANE", 14);
	block_put(b, 1, 4);
	block_put_bytes(b, "PRVN", 4);
	block_put(b, 1, 4);
	return start;
}

void block_end_table(struct block *b, size_t start)
{
	block_set(b, start + 4, b->used - start, 4);
	block_set(b, start + 9, block_checksum(b->bytes + start, b->used - start), 1);
}

void block_put_roots(struct block *b, size_t rsdp, uint64_t gpa, const size_t *tables,
		     uint32_t count)
{
	size_t xsdt = block_begin_table(b, "XSDT", 1);
	uint32_t i;

	for (i = 0; i < count; i++) {
		block_put(b, gpa + tables[i], 8);
	}
	block_end_table(b, xsdt);
	if (b->full) {
		return;
	}
	memcpy(b->bytes + rsdp, "RSD PTR \0PARAVN\2", 16);
	block_set(b, rsdp + 20, 36, 4);
	block_set(b, rsdp + 24, gpa + xsdt, 8);
	block_set(b, rsdp + 8, block_checksum(b->bytes + rsdp, 20), 1);
	block_set(b, rsdp + 32, block_checksum(b->bytes + rsdp, 36), 1);
}
