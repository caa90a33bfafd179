/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are little endian numbers put into bytes, whatever the machine the builder runs on?
 */
#ifndef TOOLS_IGVM_BYTES_H
#define TOOLS_IGVM_BYTES_H

#include <stdint.h>

static inline void put16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t)(value & 0xFF);
	at[1] = (uint8_t)(value >> 8);
}

static inline void put32(uint8_t *at, uint32_t value)
{
	put16(at, (uint16_t)(value & 0xFFFF));
	put16(at + 2, (uint16_t)(value >> 16));
}

static inline void put64(uint8_t *at, uint64_t value)
{
	put32(at, (uint32_t)(value & 0xFFFFFFFF));
	put32(at + 4, (uint32_t)(value >> 32));
}

static inline uint32_t get32(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

static inline uint64_t get64(const uint8_t *at)
{
	return get32(at) | (uint64_t)get32(at + 4) << 32;
}

#endif
