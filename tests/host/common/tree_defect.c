/* SPDX-License-Identifier: BSD-2-Clause */
/* Deliberate defects; tree_defect.h lists them. */
#include "tests/host/common/tree_defect.h"

#include "tests/host/common/bytes.h"
#include "tests/host/common/mem.h"

/* Offsets in the header of a flattened tree. */
#define FDT_MAGIC 0
#define FDT_TOTAL_SIZE 4
#define FDT_STRUCT_OFFSET 8
#define FDT_STRINGS_OFFSET 12
#define FDT_RESERVE_OFFSET 16
#define FDT_LAST_COMPATIBLE 24
#define FDT_STRINGS_SIZE 32
#define FDT_STRUCT_SIZE 36

#define TOKEN_NOP 4U
#define TOKEN_UNKNOWN 7U

/* The root has an empty name, so its first property's token stands 8 bytes into the structure. */
#define FIRST_PROP 8U
#define FIRST_PROP_SIZE 12U
#define FIRST_PROP_NAME 16U

#define TREE_DEFECT_ROW(id, name, text) { name, text },

static const struct tree_defect defects[] = { TREE_DEFECTS(TREE_DEFECT_ROW) };

const struct tree_defect *tree_defect(uint32_t n)
{
	return n < sizeof(defects) / sizeof(defects[0]) ? &defects[n] : NULL;
}

enum tree_defect_id tree_defect_find(const char *name)
{
	uint32_t n;

	if (name == NULL || name[0] == '\0') {
		return TREE_GOOD;
	}
	for (n = 0; tree_defect(n) != NULL; n++) {
		if (host_streq(tree_defect(n)->name, name)) {
			return (enum tree_defect_id)(TREE_GOOD + 1 + n);
		}
	}
	return TREE_DEFECT_COUNT;
}

/* Defects that need one number of the header to be another one. */
static void spoil_header(enum tree_defect_id defect, uint8_t *fdt, size_t size)
{
	uint32_t structure = bytes_be32(fdt + FDT_STRUCT_OFFSET);
	uint32_t structure_size = bytes_be32(fdt + FDT_STRUCT_SIZE);
	uint32_t field = FDT_TOTAL_SIZE;
	uint32_t value = (uint32_t)size;

	switch (defect) {
	case TREE_BAD_MAGIC:
		field = FDT_MAGIC;
		value = 0xD00DFEEEU;
		break;
	case TREE_BAD_VERSION:
		field = FDT_LAST_COMPATIBLE;
		value = 18;
		break;
	case TREE_TOTAL_LARGE:
		value = 0x10000000U;
		break;
	case TREE_TOTAL_SMALL:
		value = structure + (structure_size / 2 & ~3U);
		break;
	case TREE_TOTAL_TINY:
		value = 16;
		break;
	case TREE_RESERVE_PAST:
		field = FDT_RESERVE_OFFSET;
		value = ((uint32_t)size + 0x1000U) & ~7U;
		break;
	case TREE_STRUCT_PAST:
		field = FDT_STRUCT_OFFSET;
		value = ((uint32_t)size + 0x1000U) & ~3U;
		break;
	case TREE_STRUCT_ODD:
		field = FDT_STRUCT_OFFSET;
		value = structure + 2;
		break;
	case TREE_STRUCT_CUT:
		field = FDT_STRUCT_SIZE;
		value = structure_size / 2 & ~3U;
		break;
	case TREE_STRINGS_PAST:
		field = FDT_STRINGS_OFFSET;
		value = 0x7FFFFFF0U;
		break;
	case TREE_STRINGS_CUT:
		field = FDT_STRINGS_SIZE;
		value = 4;
		break;
	default:
		return;
	}
	bytes_put_be32(fdt + field, value);
}

void tree_defect_spoil(enum tree_defect_id defect, uint8_t *fdt, size_t size)
{
	uint8_t *structure = fdt + bytes_be32(fdt + FDT_STRUCT_OFFSET);
	uint8_t *end = structure + bytes_be32(fdt + FDT_STRUCT_SIZE);

	switch (defect) {
	case TREE_FIRST_ZERO:
		fdt[0] = 0;
		break;
	case TREE_NO_END:
		bytes_put_be32(end - 4, TOKEN_NOP);
		break;
	case TREE_NO_NODE_END:
		bytes_put_be32(end - 8, TOKEN_NOP);
		break;
	case TREE_BAD_TOKEN:
		bytes_put_be32(structure + FIRST_PROP, TOKEN_UNKNOWN);
		break;
	case TREE_PROP_LONG:
		bytes_put_be32(structure + FIRST_PROP_SIZE, 0x80000000U);
		break;
	case TREE_PROP_NAME_PAST:
		bytes_put_be32(structure + FIRST_PROP_NAME, 0x7FFFFFF0U);
		break;
	default:
		spoil_header(defect, fdt, size);
		break;
	}
}
