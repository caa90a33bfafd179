/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a checksum set again? See sum.h. The test's own code: neither the builder's nor the
 * checker's, which are what is tested.
 */
#include "tests/unit/tools/sum.h"

static uint32_t word(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

static uint32_t add(uint32_t crc, const uint8_t *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < 8 * size; i++) {
		const uint32_t in = (uint32_t)(bytes[i / 8] >> (i % 8)) & 1;

		crc = (crc >> 1) ^ (((crc ^ in) & 1) != 0 ? 0xEDB88320 : 0);
	}
	return crc;
}

void sum_update(uint8_t *bytes, size_t size)
{
	static const uint8_t zeros[4] = { 0 };
	size_t fixed;
	uint32_t start;
	uint32_t length;
	uint32_t crc;
	unsigned int i;

	if (size < 32) {
		return;
	}
	fixed = word(bytes + 4) == 1 ? 24 : 32;
	start = word(bytes + 8);
	length = word(bytes + 12);
	if (start > size || length > size - start) {
		return;
	}
	crc = add(UINT32_MAX, bytes, 20);
	crc = add(crc, zeros, 4);
	crc = add(crc, bytes + 24, fixed - 24);
	crc = ~add(crc, bytes + start, length);
	for (i = 0; i < 4; i++) {
		bytes[20 + i] = (uint8_t)(crc >> (8 * i));
	}
}
