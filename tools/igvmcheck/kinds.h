/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which variable headers exist, and which fields do they have?
 *
 * The checker's own table of the document: nothing here comes from the builder.
 */
#ifndef TOOLS_IGVMCHECK_KINDS_H
#define TOOLS_IGVMCHECK_KINDS_H

#include "tools/igvmcheck/image.h"

enum type {
	TYPE_SUPPORTED_PLATFORM = 0x001,
	TYPE_GUEST_POLICY = 0x101,
	TYPE_RELOCATABLE_REGION = 0x102,
	TYPE_PAGE_TABLE_REGION = 0x103,
	TYPE_CORIM_DOCUMENT = 0x104,
	TYPE_CORIM_SIGNATURE = 0x105,
	TYPE_CCA_POLICY = 0x106,
	TYPE_PARAMETER_AREA = 0x301,
	TYPE_PAGE_DATA = 0x302,
	TYPE_PARAMETER_INSERT = 0x303,
	TYPE_VP_CONTEXT = 0x304,
	TYPE_REQUIRED_MEMORY = 0x305,
	TYPE_ERROR_RANGE = 0x30D,
};

enum section {
	SECTION_PLATFORM,
	SECTION_INITIALIZATION,
	SECTION_DIRECTIVE
};

#define NO_MASK 0xFF

struct field {
	const char *name; /* NULL ends a list */
	uint8_t at;
	uint8_t size; /* 1, 2, 4 or 8 */
};

struct kind {
	uint32_t type;
	uint32_t length; /* of the content, without padding */
	const char *name;
	enum section section;
	uint8_t mask_at;   /* of the compatibility mask, or NO_MASK */
	bool is_parameter; /* one of those that share area index and byte offset */
	const struct field *fields;
	/* The rules of one header by itself; may look at the headers before it. NULL: none. */
	bool (*check)(struct image *image, const struct header *header);
};

/* NULL: no such header. */
const struct kind *kind_find(uint32_t type);

/* The mask of a header; 0xFFFFFFFF when its kind has none. */
uint32_t header_mask(const struct image *image, const struct header *header);

static inline bool header_is(const struct header *header, enum type type)
{
	return header->kind->type == (uint32_t)type;
}

#endif
