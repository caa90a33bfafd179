/* SPDX-License-Identifier: BSD-2-Clause */
/* Frame of an IGVM file; igvm_file.h says what this file may and may not do. */
#include "tests/host/common/igvm_file.h"

#include "tests/host/common/bytes.h"

/* Offsets in the fixed header. */
#define FIXED_MAGIC 0
#define FIXED_VERSION 4
#define FIXED_HEADERS 8
#define FIXED_HEADERS_SIZE 12
#define FIXED_FILE_SIZE 16
#define FIXED_CHECKSUM 20
#define FIXED_ARCH 24
#define FIXED_PAGE_SIZE 28

#define FIXED_SIZE_V1 24U
#define FIXED_SIZE_V2 32U
#define MAGIC 0x4D564749U
#define FRAME_SIZE 8U /* type and length in front of each header */

struct type_row {
	uint16_t type;
	uint16_t length;
};

static const struct type_row types[] = {
	{ IGVM_SUPPORTED_PLATFORM, 16 },
	{ IGVM_GUEST_POLICY, 16 },
	{ IGVM_RELOCATABLE_REGION, 48 },
	{ IGVM_PAGE_TABLE_REGION, 32 },
	{ IGVM_CCA_POLICY, 32 },
	{ IGVM_PARAMETER_AREA, 16 },
	{ IGVM_PAGE_DATA, 24 },
	{ IGVM_PARAMETER_INSERT, 16 },
	{ IGVM_VP_CONTEXT, 20 },
	{ IGVM_REQUIRED_MEMORY, 24 },
	{ IGVM_VP_COUNT, 8 },
	{ IGVM_SRAT, 8 },
	{ IGVM_MADT, 8 },
	{ IGVM_MMIO_RANGES, 8 },
	{ IGVM_SNP_ID_BLOCK, 696 },
	{ IGVM_MEMORY_MAP, 8 },
	{ IGVM_ERROR_RANGE, 16 },
	{ IGVM_COMMAND_LINE, 8 },
	{ IGVM_SLIT, 8 },
	{ IGVM_PPTT, 8 },
	{ IGVM_VBS_MEASUREMENT, 864 },
	{ IGVM_DEVICE_TREE, 8 },
	{ IGVM_ENVIRONMENT_INFO, 8 },
};

/* CRC-32 as zlib has it, half a byte at a time: headers may be some hundred KiB. */
static uint32_t crc32_update(uint32_t crc, const uint8_t *bytes, uint64_t size)
{
	static const uint32_t table[16] = {
		0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
		0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
		0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
	};
	uint64_t i;

	for (i = 0; i < size; i++) {
		crc = crc ^ bytes[i];
		crc = crc >> 4 ^ table[crc & 15U];
		crc = crc >> 4 ^ table[crc & 15U];
	}
	return crc;
}

static uint32_t file_checksum(const struct igvm_file *file, uint32_t fixed_size)
{
	static const uint8_t zero[4];
	uint32_t crc = 0xFFFFFFFFU;

	crc = crc32_update(crc, file->bytes, FIXED_CHECKSUM);
	crc = crc32_update(crc, zero, sizeof(zero));
	crc = crc32_update(crc, file->bytes + FIXED_CHECKSUM + 4, fixed_size - FIXED_CHECKSUM - 4);
	crc = crc32_update(crc, file->bytes + file->headers, file->data - file->headers);
	return ~crc;
}

static enum igvm_err check_arch(const struct igvm_file *file, enum igvm_arch arch)
{
	if (file->version == 1) {
		/* Version 1 cannot say so, but is x64 always. */
		return arch == IGVM_ARCH_X64 ? IGVM_OK : IGVM_BAD_ARCH;
	}
	if (bytes_le32(file->bytes + FIXED_ARCH) != (uint32_t)arch) {
		return IGVM_BAD_ARCH;
	}
	if (bytes_le32(file->bytes + FIXED_PAGE_SIZE) != IGVM_PAGE_SIZE) {
		return IGVM_BAD_PAGE_SIZE;
	}
	return IGVM_OK;
}

enum igvm_err igvm_file_open(struct igvm_file *file, const uint8_t *bytes, uint64_t size,
			     enum igvm_arch arch)
{
	uint32_t fixed_size;
	uint32_t headers_size;
	enum igvm_err err;

	file->bytes = bytes;
	file->size = size;
	if (size < FIXED_SIZE_V1) {
		return IGVM_BAD_SHORT;
	}
	if (bytes_le32(bytes + FIXED_MAGIC) != MAGIC) {
		return IGVM_BAD_MAGIC;
	}
	file->version = bytes_le32(bytes + FIXED_VERSION);
	if (file->version != 1 && file->version != 2) {
		return IGVM_BAD_VERSION;
	}
	fixed_size = file->version == 1 ? FIXED_SIZE_V1 : FIXED_SIZE_V2;
	if (size < fixed_size) {
		return IGVM_BAD_SHORT;
	}
	err = check_arch(file, arch);
	if (err != IGVM_OK) {
		return err;
	}
	if (bytes_le32(bytes + FIXED_FILE_SIZE) != size) {
		return IGVM_BAD_FILE_SIZE;
	}
	/* A gap would be a place that no checksum covers: refused. */
	file->headers = bytes_le32(bytes + FIXED_HEADERS);
	if (file->headers != fixed_size) {
		return IGVM_BAD_HEADER_OFFSET;
	}
	headers_size = bytes_le32(bytes + FIXED_HEADERS_SIZE);
	if (headers_size % 8 != 0 || headers_size >= size - file->headers) {
		return IGVM_BAD_HEADER_SIZE;
	}
	file->data = file->headers + headers_size;
	if (file_checksum(file, fixed_size) != bytes_le32(bytes + FIXED_CHECKSUM)) {
		return IGVM_BAD_CHECKSUM;
	}
	return IGVM_OK;
}

void igvm_file_first(const struct igvm_file *file, struct igvm_cursor *cursor)
{
	cursor->offset = file->headers;
	cursor->section = IGVM_SECTION_PLATFORM;
}

static bool type_section(uint32_t type, enum igvm_section *section)
{
	if (type >= 0x001 && type <= 0x100) {
		*section = IGVM_SECTION_PLATFORM;
	} else if (type >= 0x101 && type <= 0x200) {
		*section = IGVM_SECTION_INIT;
	} else if (type >= 0x301 && type <= 0x400) {
		*section = IGVM_SECTION_DIRECTIVE;
	} else {
		return false;
	}
	return true;
}

static const struct type_row *type_find(uint32_t type)
{
	uint32_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].type == type) {
			return &types[i];
		}
	}
	return NULL;
}

enum igvm_err igvm_file_next(const struct igvm_file *file, struct igvm_cursor *cursor,
			     struct igvm_header *header)
{
	const struct type_row *row;
	uint64_t left = file->data - cursor->offset;
	uint64_t end;
	uint64_t i;

	header->where = cursor->offset;
	header->type = IGVM_END;
	header->body = NULL;
	header->section = cursor->section;
	if (left == 0) {
		return IGVM_OK;
	}
	/* The section is a multiple of 8, and so is each step: a frame is always there. */
	header->type = bytes_le32(file->bytes + cursor->offset);
	row = type_find(header->type);
	if (row == NULL || !type_section(header->type, &header->section)) {
		return IGVM_BAD_HEADER_TYPE;
	}
	if (bytes_le32(file->bytes + cursor->offset + 4) != row->length) {
		return IGVM_BAD_HEADER_LENGTH;
	}
	end = FRAME_SIZE + ((row->length + 7U) & ~7U);
	if (end > left) {
		return IGVM_BAD_HEADER_CUT;
	}
	if (header->section < cursor->section) {
		return IGVM_BAD_HEADER_ORDER;
	}
	for (i = FRAME_SIZE + row->length; i < end; i++) {
		if (file->bytes[cursor->offset + i] != 0) {
			return IGVM_BAD_HEADER_PADDING;
		}
	}
	header->body = file->bytes + cursor->offset + FRAME_SIZE;
	cursor->section = header->section;
	cursor->offset += end;
	return IGVM_OK;
}

enum igvm_err igvm_file_data(const struct igvm_file *file, uint64_t offset, uint64_t size,
			     const uint8_t **data)
{
	if (offset < file->data) {
		return IGVM_BAD_DATA_OFFSET;
	}
	if (offset > file->size || size > file->size - offset) {
		return IGVM_BAD_DATA_CUT;
	}
	*data = file->bytes + offset;
	return IGVM_OK;
}
