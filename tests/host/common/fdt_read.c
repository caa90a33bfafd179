/* SPDX-License-Identifier: BSD-2-Clause */
/* A property of a flattened tree; fdt_read.h says what this file may and may not do. */
#include "tests/host/common/fdt_read.h"

#include "tests/host/common/bytes.h"
#include "tests/host/common/mem.h"

/* Offsets in the header of a flattened tree. */
#define FDT_MAGIC 0
#define FDT_TOTAL_SIZE 4
#define FDT_STRUCT_OFFSET 8
#define FDT_STRINGS_OFFSET 12
#define FDT_HEADER_SIZE 40U

#define MAGIC 0xD00DFEEDU
#define TOKEN_BEGIN 1U
#define TOKEN_END 2U
#define TOKEN_PROP 3U
#define TOKEN_NOP 4U

struct reader {
	const uint8_t *fdt;
	size_t size;	/* no byte at or behind this is read */
	size_t at;	/* in the structure */
	size_t strings; /* offset of the names */
};

static bool has(const struct reader *r, size_t at, size_t size)
{
	return at <= r->size && size <= r->size - at;
}

static size_t align4(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

/* Is the NUL-terminated text at `at` this name? A node's name may go on with '@'. */
static bool is_name(const struct reader *r, size_t at, const char *name, bool node)
{
	size_t length = host_strlen(name);

	if (!has(r, at, length + 1) || memcmp(r->fdt + at, name, length) != 0) {
		return false;
	}
	return r->fdt[at + length] == '\0' || (node && length > 0 && r->fdt[at + length] == '@');
}

/* Steps over a node's name; false when it has no end. */
static bool skip_name(struct reader *r)
{
	size_t length = host_strnlen((const char *)r->fdt + r->at, r->size - r->at);

	if (length == r->size - r->at) {
		return false;
	}
	r->at = align4(r->at + length + 1);
	return true;
}

/* At a property: steps over it, and tells whether it is the one. */
static bool read_prop(struct reader *r, const char *property, struct fdt_value *value, bool *match)
{
	uint32_t size;
	uint32_t name;

	if (!has(r, r->at, 8)) {
		return false;
	}
	size = bytes_be32(r->fdt + r->at);
	name = bytes_be32(r->fdt + r->at + 4);
	r->at += 8;
	if (!has(r, r->at, size) || name > r->size) {
		return false;
	}
	*match = is_name(r, r->strings + name, property, false);
	value->data = r->fdt + r->at;
	value->size = size;
	r->at = align4(r->at + size);
	return true;
}

static bool search(struct reader *r, const char *node, const char *property,
		   struct fdt_value *value)
{
	uint32_t wanted_depth = node[0] == '\0' ? 1 : 2;
	uint32_t depth = 0;
	bool inside = false; /* directly in the node asked for */

	while (has(r, r->at, 4)) {
		uint32_t token = bytes_be32(r->fdt + r->at);
		bool match = false;

		r->at += 4;
		if (token == TOKEN_BEGIN) {
			depth++;
			inside = depth == wanted_depth && is_name(r, r->at, node, true);
			if (!skip_name(r)) {
				return false;
			}
		} else if (token == TOKEN_END) {
			inside = false;
			if (depth-- <= 1) {
				return false;
			}
		} else if (token == TOKEN_PROP) {
			if (!read_prop(r, property, value, &match)) {
				return false;
			}
			if (inside && match) {
				return true;
			}
		} else if (token != TOKEN_NOP) {
			return false;
		}
	}
	return false;
}

bool fdt_read_property(const void *fdt, size_t max, const char *node, const char *property,
		       struct fdt_value *value)
{
	struct reader r = { fdt, max, 0, 0 };
	uint32_t total;

	if (max < FDT_HEADER_SIZE || bytes_be32(r.fdt + FDT_MAGIC) != MAGIC) {
		return false;
	}
	total = bytes_be32(r.fdt + FDT_TOTAL_SIZE);
	if (total < FDT_HEADER_SIZE || total > max) {
		return false;
	}
	r.size = total;
	r.at = bytes_be32(r.fdt + FDT_STRUCT_OFFSET);
	r.strings = bytes_be32(r.fdt + FDT_STRINGS_OFFSET);
	if (r.at >= total || r.at % 4 != 0 || r.strings > total) {
		return false;
	}
	return search(&r, node, property, value);
}
