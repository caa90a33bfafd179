/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this a well-formed IGVM file, and which headers does it hold, one after the other?
 *
 * Knows the fixed header, the checksum and the frame around each variable header (type, length,
 * padding, section), but not what the headers mean. Reads nothing outside the file.
 */
#ifndef TESTS_HOST_COMMON_IGVM_FILE_H
#define TESTS_HOST_COMMON_IGVM_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/igvm_err.h"
#include "tests/host/common/igvm_load.h"

#define IGVM_PAGE_SIZE 4096U

enum igvm_type {
	IGVM_END = 0, /* not in files: behind the last header */
	IGVM_SUPPORTED_PLATFORM = 0x001,
	IGVM_GUEST_POLICY = 0x101,
	IGVM_RELOCATABLE_REGION = 0x102,
	IGVM_PAGE_TABLE_REGION = 0x103,
	IGVM_CCA_POLICY = 0x106,
	IGVM_PARAMETER_AREA = 0x301,
	IGVM_PAGE_DATA = 0x302,
	IGVM_PARAMETER_INSERT = 0x303,
	IGVM_VP_CONTEXT = 0x304,
	IGVM_REQUIRED_MEMORY = 0x305,
	IGVM_VP_COUNT = 0x307,
	IGVM_SRAT = 0x308,
	IGVM_MADT = 0x309,
	IGVM_MMIO_RANGES = 0x30A,
	IGVM_SNP_ID_BLOCK = 0x30B,
	IGVM_MEMORY_MAP = 0x30C,
	IGVM_ERROR_RANGE = 0x30D,
	IGVM_COMMAND_LINE = 0x30E,
	IGVM_SLIT = 0x30F,
	IGVM_PPTT = 0x310,
	IGVM_VBS_MEASUREMENT = 0x311,
	IGVM_DEVICE_TREE = 0x312,
	IGVM_ENVIRONMENT_INFO = 0x313,
};

enum igvm_section {
	IGVM_SECTION_PLATFORM,
	IGVM_SECTION_INIT,
	IGVM_SECTION_DIRECTIVE
};

struct igvm_file {
	const uint8_t *bytes;
	uint64_t size;
	uint64_t headers; /* first variable header */
	uint64_t data;	  /* end of the variable headers, begin of the data */
	uint32_t version;
};

struct igvm_header {
	uint32_t type;	     /* IGVM_END behind the last; then the rest means nothing */
	const uint8_t *body; /* as many bytes as the type has, checked */
	uint64_t where;	     /* offset in the file */
	enum igvm_section section;
};

struct igvm_cursor {
	uint64_t offset;
	enum igvm_section section;
};

/* Checks fixed header and checksum for an image of this architecture. */
enum igvm_err igvm_file_open(struct igvm_file *file, const uint8_t *bytes, uint64_t size,
			     enum igvm_arch arch);

/* Begins at the first header; igvm_file_next gives it, then the others. */
void igvm_file_first(const struct igvm_file *file, struct igvm_cursor *cursor);
enum igvm_err igvm_file_next(const struct igvm_file *file, struct igvm_cursor *cursor,
			     struct igvm_header *header);

/* The `size` bytes at a file offset that a header gave; only inside the data section. */
enum igvm_err igvm_file_data(const struct igvm_file *file, uint64_t offset, uint64_t size,
			     const uint8_t **data);

#endif
