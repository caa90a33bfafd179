/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a number read from raw bytes, whatever their alignment and the processor's byte order?
 *
 * Files and trees are looked at through these and a table of offsets, never through structs. The
 * caller has checked that the bytes are there.
 */
#ifndef TESTS_HOST_COMMON_BYTES_H
#define TESTS_HOST_COMMON_BYTES_H

#include <stddef.h>
#include <stdint.h>

static inline uint32_t bytes_le16(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t bytes_le32(const uint8_t *p)
{
	return bytes_le16(p) | bytes_le16(p + 2) << 16;
}

static inline uint64_t bytes_le64(const uint8_t *p)
{
	return bytes_le32(p) | (uint64_t)bytes_le32(p + 4) << 32;
}

static inline void bytes_put_le32(uint8_t *p, uint32_t value)
{
	size_t i;

	for (i = 0; i < 4; i++) {
		p[i] = (uint8_t)(value >> (8 * i));
	}
}

static inline void bytes_put_le64(uint8_t *p, uint64_t value)
{
	bytes_put_le32(p, (uint32_t)value);
	bytes_put_le32(p + 4, (uint32_t)(value >> 32));
}

static inline uint32_t bytes_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static inline void bytes_put_be32(uint8_t *p, uint32_t value)
{
	size_t i;

	for (i = 0; i < 4; i++) {
		p[i] = (uint8_t)(value >> (24 - 8 * i));
	}
}

static inline void bytes_put_be64(uint8_t *p, uint64_t value)
{
	bytes_put_be32(p, (uint32_t)(value >> 32));
	bytes_put_be32(p + 4, (uint32_t)value);
}

#endif
