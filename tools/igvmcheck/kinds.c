/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of variable headers: one row per type, with its length, its mask, its fields and the
 * function that checks it. Adding a type is adding a row.
 */
#include "tools/igvmcheck/kinds.h"

#include "tools/igvmcheck/checks.h"

#define FIELDS(kind) static const struct field kind[]
#define END                                                                                        \
	{                                                                                          \
		NULL, 0, 0                                                                         \
	}

FIELDS(platform) = { { "mask", 0, 4 },	  { "highest_vtl", 4, 1 },	   { "type", 5, 1 },
		     { "version", 6, 2 }, { "shared_gpa_boundary", 8, 8 }, END };
FIELDS(guest_policy) = { { "policy", 0, 8 }, { "mask", 8, 4 }, { "reserved", 12, 4 }, END };
FIELDS(relocatable) = { { "mask", 0, 4 },      { "vp", 4, 2 },
			{ "vtl", 6, 1 },       { "flags", 7, 1 },
			{ "alignment", 8, 8 }, { "gpa", 16, 8 },
			{ "size", 24, 8 },     { "min", 32, 8 },
			{ "max", 40, 8 },      END };
FIELDS(table_region) = { { "mask", 0, 4 },	 { "vp", 4, 2 },
			 { "vtl", 6, 1 },	 { "reserved", 7, 1 },
			 { "gpa", 8, 8 },	 { "size", 16, 8 },
			 { "used_size", 24, 8 }, END };
FIELDS(corim) = { { "mask", 0, 4 }, END };
FIELDS(cca_policy) = { { "mask", 0, 4 },
		       { "reserved", 4, 4 },
		       { "required_zeroes", 8, 8 },
		       { "required_ones", 16, 8 },
		       { "hash_algorithm", 24, 1 },
		       { "lfa_policy", 25, 1 },
		       END };
FIELDS(area) = { { "bytes", 0, 8 }, { "index", 8, 4 }, { "file_offset", 12, 4 }, END };
FIELDS(page) = { { "gpa", 0, 8 },
		 { "mask", 8, 4 },
		 { "file_offset", 12, 4 },
		 { "flags", 16, 4 },
		 { "data_type", 20, 2 },
		 { "reserved", 22, 2 },
		 END };
FIELDS(insert) = { { "gpa", 0, 8 }, { "mask", 8, 4 }, { "index", 12, 4 }, END };
FIELDS(context) = { { "gpa", 0, 8 }, { "mask", 8, 4 },	    { "file_offset", 12, 4 },
		    { "vp", 16, 2 }, { "reserved", 18, 2 }, END };
FIELDS(memory) = { { "gpa", 0, 8 },    { "mask", 8, 4 },      { "bytes", 12, 4 },
		   { "flags", 16, 4 }, { "reserved", 20, 4 }, END };
FIELDS(error_range) = { { "gpa", 0, 8 }, { "mask", 8, 4 }, { "bytes", 12, 4 }, END };
FIELDS(parameter) = { { "index", 0, 4 }, { "byte_offset", 4, 4 }, END };
FIELDS(opaque) = { END };

#define PLATFORM(t, n, size, mask, f, c)                                                           \
	{                                                                                          \
		t, size, n, SECTION_PLATFORM, mask, false, f, c                                    \
	}
#define INIT(t, n, size, mask, f, c)                                                               \
	{                                                                                          \
		t, size, n, SECTION_INITIALIZATION, mask, false, f, c                              \
	}
#define DIRECTIVE(t, n, size, mask, f, c)                                                          \
	{                                                                                          \
		t, size, n, SECTION_DIRECTIVE, mask, false, f, c                                   \
	}
#define PARAMETER(t, n)                                                                            \
	{                                                                                          \
		t, 8, n, SECTION_DIRECTIVE, NO_MASK, true, parameter, params_check_use             \
	}

static const struct kind kinds[] = {
	PLATFORM(0x001, "SUPPORTED_PLATFORM", 16, NO_MASK, platform, platforms_check),
	INIT(0x101, "GUEST_POLICY", 16, 8, guest_policy, policy_check_guest),
	INIT(0x102, "RELOCATABLE_REGION", 48, 0, relocatable, regions_check_relocatable),
	INIT(0x103, "PAGE_TABLE_RELOCATION_REGION", 32, 0, table_region, regions_check_tables),
	INIT(0x104, "CORIM_DOCUMENT", 16, 0, corim, policy_check_corim),
	INIT(0x105, "CORIM_SIGNATURE", 16, 0, corim, policy_check_corim),
	INIT(0x106, "CCA_POLICY", 32, 0, cca_policy, policy_check_cca),
	DIRECTIVE(0x301, "PARAMETER_AREA", 16, NO_MASK, area, params_check_area),
	DIRECTIVE(0x302, "PAGE_DATA", 24, 8, page, memory_check_page),
	DIRECTIVE(0x303, "PARAMETER_INSERT", 16, 8, insert, params_check_insert),
	DIRECTIVE(0x304, "VP_CONTEXT", 20, 8, context, context_check),
	DIRECTIVE(0x305, "REQUIRED_MEMORY", 24, 8, memory, memory_check_required),
	PARAMETER(0x307, "VP_COUNT_PARAMETER"),
	PARAMETER(0x308, "SRAT"),
	PARAMETER(0x309, "MADT"),
	PARAMETER(0x30A, "MMIO_RANGES"),
	/* Where the mask of the two opaque ones stands, the document does not say. */
	DIRECTIVE(0x30B, "SNP_ID_BLOCK", 696, NO_MASK, opaque, NULL),
	PARAMETER(0x30C, "MEMORY_MAP"),
	DIRECTIVE(0x30D, "ERROR_RANGE", 16, 8, error_range, memory_check_error_range),
	PARAMETER(0x30E, "COMMAND_LINE"),
	PARAMETER(0x30F, "SLIT"),
	PARAMETER(0x310, "PPTT"),
	DIRECTIVE(0x311, "VBS_MEASUREMENT", 864, NO_MASK, opaque, NULL),
	PARAMETER(0x312, "DEVICE_TREE"),
	PARAMETER(0x313, "ENVIRONMENT_INFO"),
};

const struct kind *kind_find(uint32_t type)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (kinds[i].type == type) {
			return &kinds[i];
		}
	}
	return NULL;
}

uint32_t header_mask(const struct image *image, const struct header *header)
{
	if (header->kind->mask_at == NO_MASK) {
		return UINT32_MAX;
	}
	return read32(image, header->at + header->kind->mask_at);
}
