/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which IGVM files do the loader's tests start from?
 *
 * Two files with all parts of a relocatable VTL2 image, as raw bytes written down from the format's
 * description. Tests change a byte or insert a header and compute the checksum anew, by a CRC that
 * is not the loader's.
 */
#ifndef TESTS_UNIT_HOST_IGVM_SAMPLE_H
#define TESTS_UNIT_HOST_IGVM_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

/* Offsets of the headers' contents in the arm64 sample (each header's frame is 8 bytes before). */
#define S_PLATFORM 0x028U
#define S_REGION 0x040U
#define S_TABLES 0x078U
#define S_REQUIRED 0x0A0U
#define S_REQUIRED_PAYLOAD 0x0C0U
#define S_AREA 0x0E0U
#define S_PARAM_TREE 0x0F8U
#define S_PARAM_COUNT 0x108U
#define S_VP 0x118U
#define S_INSERT 0x138U
#define S_PAGE_IMAGE 0x150U
#define S_PAGE_ZERO 0x170U
#define S_PAGE_L0 0x190U
#define S_PAGE_L1 0x1B0U
#define S_PAGE_L2 0x1D0U
#define S_PAGE_PAYLOAD 0x1F0U
#define S_DATA 0x208U	/* end of headers */
#define S_REGS 0x210U	/* the register list: a count, then records of 32 bytes */
#define S_REG_COUNT 10U /* PC is record 0, TTBR0 record 5 */
#define S_IMAGE 0x400U
#define S_L0 0x1400U
#define S_L1 0x2400U
#define S_L2 0x3400U
#define S_PAYLOAD 0x4400U
#define S_SIZE 0x5400U

/* Where it all lies. */
#define S_BASE 0x08000000ULL
#define S_MEMORY_SIZE 0x400000ULL
#define S_TABLES_GPA 0x083F0000ULL
#define S_TREE_GPA 0x08002000ULL
#define S_TREE_SIZE 0x40000ULL
#define S_PAYLOAD_GPA 0x0C000000ULL

struct sample {
	uint8_t bytes[0x8000];
	size_t size;
};

/* arm64, version 2. */
void sample_arm64(struct sample *sample);

/*
 * x64, version 1: the same headers and addresses, 8 bytes earlier all of them; the same number of
 * pages of tables.
 */
void sample_x64(struct sample *sample);

/* Little-endian numbers into the file. */
void sample_put16(struct sample *sample, size_t at, uint16_t value);
void sample_put32(struct sample *sample, size_t at, uint32_t value);
void sample_put64(struct sample *sample, size_t at, uint64_t value);

/* The checksum and the file size that fit the bytes. */
void sample_seal(struct sample *sample);

/*
 * A further header behind the last one: all data move up, and so do the file offsets of the
 * sample's own headers. Returns the offset of the contents, which are `length` bytes from `body`.
 */
size_t sample_add_header(struct sample *sample, uint32_t type, const void *body, uint32_t length);

/* Takes a header's frame and contents of a sample out, by the offset of its contents. */
void sample_remove_header(struct sample *sample, size_t at);

#endif
