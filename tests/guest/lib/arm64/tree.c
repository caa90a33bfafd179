/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the device tree say?
 *
 * A reader of its own, so that a mistake of the firmware's library shows. It knows what a payload
 * asks for: nodes by full path, properties, reg with the parent's cells, processors. The tree is
 * the firmware's, not an enemy's: sizes are checked so that a bad one is noticed, no more.
 * Devicetree Specification 0.4, chapter 5.
 */
#include "tests/guest/lib/arm64/arm64.h"

#define FDT_MAGIC 0xD00DFEED
#define FDT_BEGIN_NODE 1
#define FDT_END_NODE 2
#define FDT_PROP 3
#define FDT_NOP 4
#define FDT_SIZE_MAX 0x200000 /* a Linux Image's limit */
#define PATH_SIZE 256
#define DEPTH_MAX 16

static const uint8_t *blob;
static uint32_t blob_size;
static uint32_t struct_start;
static uint32_t strings_start;

static uint32_t be32(const void *at)
{
	const volatile uint8_t *b = at;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

bool tree_init(uint64_t address)
{
	blob = (const uint8_t *)address;
	if (address == 0 || address % 8 != 0 || be32(blob) != FDT_MAGIC) {
		blob = NULL;
		return false;
	}
	blob_size = be32(blob + 4);
	struct_start = be32(blob + 8);
	strings_start = be32(blob + 12);
	if (blob_size > FDT_SIZE_MAX || struct_start >= blob_size || strings_start >= blob_size) {
		blob = NULL;
		return false;
	}
	return true;
}

uint64_t tree_address(void)
{
	return (uint64_t)blob;
}

/* A walk through the structure block. At a node or property, path is the node's full path. */
struct walk {
	uint32_t at;
	uint32_t token;
	unsigned int depth;
	size_t ends[DEPTH_MAX]; /* length of path at each depth */
	char path[PATH_SIZE];
	const char *name; /* of the property */
	const uint8_t *value;
	uint32_t size;
};

static void walk_begin(struct walk *walk)
{
	walk->at = struct_start;
	walk->depth = 0;
	walk->path[0] = '\0';
}

static bool enter_node(struct walk *walk)
{
	const char *name = (const char *)blob + walk->at;
	size_t length = strlen(name);
	size_t end = walk->depth == 0 ? 0 : walk->ends[walk->depth - 1];

	if (walk->depth >= DEPTH_MAX || end + length + 2 > PATH_SIZE) {
		return false;
	}
	walk->at += (uint32_t)((length + 4) & ~(size_t)3);
	if (walk->depth > 0) {
		walk->path[end++] = '/';
		memcpy(walk->path + end, name, length);
		end += length;
	}
	walk->path[end] = '\0';
	walk->ends[walk->depth++] = end;
	return true;
}

/* The next node or property; false at the end. */
static bool walk_next(struct walk *walk)
{
	while (blob != NULL && walk->at + 4 <= blob_size) {
		walk->token = be32(blob + walk->at);
		walk->at += 4;
		if (walk->token == FDT_BEGIN_NODE) {
			return enter_node(walk);
		}
		if (walk->token == FDT_PROP) {
			walk->size = be32(blob + walk->at);
			walk->name = (const char *)blob + strings_start + be32(blob + walk->at + 4);
			walk->value = blob + walk->at + 8;
			walk->at += 8 + ((walk->size + 3) & ~UINT32_C(3));
			return true;
		}
		if (walk->token == FDT_END_NODE && walk->depth > 0) {
			walk->depth--;
			walk->path[walk->depth == 0 ? 0 : walk->ends[walk->depth - 1]] = '\0';
		} else if (walk->token != FDT_NOP) {
			return false;
		}
	}
	return false;
}

static bool same_path(const char *walked, const char *path)
{
	return strcmp(walked, path) == 0 || (walked[0] == '\0' && strcmp(path, "/") == 0);
}

bool tree_has(const char *path)
{
	struct walk walk;

	walk_begin(&walk);
	while (walk_next(&walk)) {
		if (walk.token == FDT_BEGIN_NODE && same_path(walk.path, path)) {
			return true;
		}
	}
	return false;
}

const void *tree_property(const char *path, const char *name, uint32_t *size)
{
	struct walk walk;

	walk_begin(&walk);
	while (walk_next(&walk)) {
		if (walk.token == FDT_PROP && same_path(walk.path, path) &&
		    strcmp(walk.name, name) == 0) {
			*size = walk.size;
			return walk.value;
		}
	}
	return NULL;
}

const char *tree_string(const char *path, const char *name)
{
	uint32_t size = 0;
	const char *text = tree_property(path, name, &size);

	return text != NULL && size > 0 && text[size - 1] == '\0' ? text : NULL;
}

bool tree_lists(const char *path, const char *name, const char *text)
{
	uint32_t size = 0;
	const char *list = tree_property(path, name, &size);

	if (list == NULL || size == 0 || list[size - 1] != '\0') {
		return false;
	}
	for (uint32_t at = 0; at < size; at += (uint32_t)strlen(list + at) + 1) {
		if (strcmp(list + at, text) == 0) {
			return true;
		}
	}
	return false;
}

static uint32_t cell_count(const char *path, const char *name, uint32_t otherwise)
{
	uint32_t size = 0;
	const void *value = tree_property(path, name, &size);

	return value != NULL && size == 4 ? be32(value) : otherwise;
}

static uint64_t cells(const uint8_t *at, uint32_t count)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < count; i++) {
		value = value << 32 | be32(at + 4 * i);
	}
	return value;
}

bool tree_node(const char *prefix, unsigned int n, char *path, size_t size)
{
	struct walk walk;

	walk_begin(&walk);
	while (walk_next(&walk)) {
		if (walk.token != FDT_BEGIN_NODE || !starts_with(walk.path, prefix)) {
			continue;
		}
		if (n == 0 && strlen(walk.path) < size) {
			memcpy(path, walk.path, strlen(walk.path) + 1);
			return true;
		}
		n--;
	}
	return false;
}

bool tree_reg(const char *path, uint64_t *base, uint64_t *size)
{
	return tree_reg_entry(path, 0, base, size);
}

bool tree_reg_entry(const char *path, unsigned int entry, uint64_t *base, uint64_t *size)
{
	char parent[PATH_SIZE];
	size_t end = strlen(path);
	uint32_t address_cells, size_cells, bytes = 0;
	const uint8_t *reg;

	if (end >= sizeof(parent)) {
		return false;
	}
	memcpy(parent, path, end + 1);
	while (end > 0 && parent[end] != '/') {
		end--;
	}
	parent[end == 0 ? 1 : end] = '\0';
	address_cells = cell_count(parent, "#address-cells", 2);
	size_cells = cell_count(parent, "#size-cells", 1);
	reg = tree_property(path, "reg", &bytes);
	if (reg == NULL || address_cells > 2 || size_cells > 2 ||
	    bytes < 4 * (address_cells + size_cells) * (entry + 1)) {
		return false;
	}
	reg += 4 * (address_cells + size_cells) * entry;
	*base = cells(reg, address_cells);
	*size = cells(reg + 4 * address_cells, size_cells);
	return true;
}

bool tree_cpu(unsigned int n, uint64_t *mpidr)
{
	uint32_t count = cell_count("/cpus", "#address-cells", 2);
	struct walk walk;

	walk_begin(&walk);
	while (walk_next(&walk)) {
		if (walk.token != FDT_PROP || !starts_with(walk.path, "/cpus/cpu@") ||
		    walk.depth != 3 || strcmp(walk.name, "reg") != 0 || walk.size < 4 * count) {
			continue;
		}
		if (n == 0) {
			*mpidr = cells(walk.value, count);
			return true;
		}
		n--;
	}
	return false;
}
