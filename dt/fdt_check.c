/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this blob safe to hand to libfdt?
 *
 * May assume nothing about the bytes. Must never read outside the buffer, call itself, or look
 * at the contents of a property. The order of the blocks is not prescribed: the specification
 * only recommends one, and OpenVMM writes the strings before the structure; what is required is
 * that they do not overlap.
 */
#include "dt/fdt_check.h"

#include <stdbool.h>
#include <string.h>

#include <libfdt.h>

#include "core/types.h"

#define HEADER "(header)"

struct walk {
	const uint8_t *structure;
	const char *strings;
	uint32_t structure_size;
	uint32_t strings_size;
	uint32_t pos; /* in the structure block, always a multiple of 4 */
	uint32_t depth;
	uint8_t path_size[FDT_CHECK_MAX_DEPTH + 1]; /* by depth: what to cut back to */
	uint16_t last[FDT_CHECK_MAX_DEPTH + 2]; /* by depth: 1 + number of the parent's newest */
	char path[DEFECT_NODE_SIZE];
	struct fdt_index *index;
	struct dt_defect *defect;
};

static uint32_t load32(const void *p)
{
	return fdt32_to_cpu(*(const fdt32_t *)p);
}

static enum err refuse(struct walk *w, const char *property, const char *what)
{
	return defect_set(w->defect, w->path[0] != '\0' ? w->path : "/", property, what);
}

/* Bytes of the string at p without its end, or limit + 1 if none of limit + 1 bytes ends it. */
static uint32_t name_size(const char *p, uint32_t available)
{
	uint32_t i;

	for (i = 0; i < available && i <= FDT_CHECK_MAX_NAME; i++) {
		if (p[i] == '\0') {
			return i;
		}
	}
	return FDT_CHECK_MAX_NAME + 1;
}

static bool name_is_plain(const char *name, uint32_t size)
{
	uint32_t i;

	for (i = 0; i < size; i++) {
		if (name[i] <= 0x20 || name[i] >= 0x7f || name[i] == '/') {
			return false;
		}
	}
	return true;
}

static void path_push(struct walk *w, const char *name, uint32_t size)
{
	uint32_t end = w->path_size[w->depth - 1];
	uint32_t room = (uint32_t)sizeof(w->path) - 1 - end;

	if (w->depth > 1 && room > 0) {
		w->path[end++] = '/';
		room--;
		size = size < room ? size : room;
		memcpy(w->path + end, name, size);
		end += size;
	}
	w->path[end] = '\0';
	w->path_size[w->depth] = (uint8_t)end;
}

/* The node that begins at that offset, at the walk's depth. */
static void add_node(struct walk *w, uint32_t offset)
{
	struct fdt_node *node = w->index->node;
	uint16_t number = (uint16_t)w->index->count++;
	uint16_t before = w->last[w->depth];

	node[number] = (struct fdt_node){ .offset = offset, .inside = w->pos };
	if (before != 0) {
		node[before - 1].next = number;
	} else if (w->depth > 1) {
		node[w->last[w->depth - 1] - 1].child = number;
	}
	w->last[w->depth] = number + 1;
	w->last[w->depth + 1] = 0;
}

static enum err begin_node(struct walk *w)
{
	uint32_t offset = w->pos - FDT_TAGSIZE;
	const char *name = (const char *)w->structure + w->pos;
	uint32_t size = name_size(name, w->structure_size - w->pos);

	if (w->depth == FDT_CHECK_MAX_DEPTH) {
		return refuse(w, "", "nodes nested too deep");
	}
	if (size > FDT_CHECK_MAX_NAME) {
		return refuse(w, "", "a sub node's name has no end or is too long");
	}
	if (w->depth == 0 ? size != 0 : size == 0) {
		return refuse(w, "", "root with a name, or sub node without");
	}
	if (!name_is_plain(name, size)) {
		return refuse(w, "", "a sub node's name has a character that names must not have");
	}
	if (w->index->count == FDT_CHECK_MAX_NODES) {
		return refuse(w, "", "more nodes than supported");
	}
	w->depth++;
	path_push(w, name, size);
	w->pos += (size + 1 + 3) & ~3u;
	add_node(w, offset);
	return OK;
}

static enum err property(struct walk *w)
{
	uint32_t left = w->structure_size - w->pos;
	uint32_t size, name_offset;
	const char *name;

	if (w->depth == 0) {
		return refuse(w, "", "property outside of any node");
	}
	if (left < 8) {
		return refuse(w, "", "a property is cut off");
	}
	size = load32(w->structure + w->pos);
	name_offset = load32(w->structure + w->pos + 4);
	if (name_offset >= w->strings_size) {
		return refuse(w, "", "a property's name lies outside the strings block");
	}
	name = w->strings + name_offset;
	left = name_size(name, w->strings_size - name_offset);
	if (left == 0 || left > FDT_CHECK_MAX_NAME) {
		return refuse(w, "", "a property's name is empty, has no end or is too long");
	}
	if (w->last[w->depth + 1] != 0) {
		return refuse(w, name, "property after a sub node");
	}
	left = w->structure_size - w->pos - 8;
	if (size > left) {
		return refuse(w, name, "value runs past the structure block");
	}
	/* No overflow: size is at most left, and left is below 2^31. */
	w->pos += 8 + ((size + 3) & ~3u);
	return OK;
}

/* One tag. *done: it was the end of the whole structure. */
static enum err one_tag(struct walk *w, bool *done)
{
	uint32_t tag;

	if (w->pos > w->structure_size || w->structure_size - w->pos < FDT_TAGSIZE) {
		return refuse(w, "", "structure block has no end");
	}
	tag = load32(w->structure + w->pos);
	w->pos += FDT_TAGSIZE;
	if (w->depth == 0 && w->last[1] != 0 && tag != FDT_END && tag != FDT_NOP) {
		return refuse(w, "", "more after the end of the root");
	}
	switch (tag) {
	case FDT_BEGIN_NODE:
		return begin_node(w);
	case FDT_PROP:
		return property(w);
	case FDT_END_NODE:
		if (w->depth == 0) {
			return refuse(w, "", "more ends than nodes");
		}
		w->depth--;
		w->path[w->path_size[w->depth]] = '\0';
		return OK;
	case FDT_NOP:
		return OK;
	case FDT_END:
		if (w->depth != 0 || w->last[1] == 0) {
			return refuse(w, "", "structure block ends inside a node");
		}
		if (w->pos != w->structure_size) {
			return refuse(w, "", "bytes after the end of the structure block");
		}
		*done = true;
		return OK;
	default:
		return refuse(w, "", "unknown tag in the structure block");
	}
}

static enum err check_structure(const uint8_t *blob, uint32_t max_tags, struct fdt_index *index,
				struct dt_defect *defect)
{
	struct walk w = {
		.structure = blob + fdt_off_dt_struct(blob),
		.structure_size = fdt_size_dt_struct(blob),
		.strings = (const char *)blob + fdt_off_dt_strings(blob),
		.strings_size = fdt_size_dt_strings(blob),
		.index = index,
		.defect = defect,
	};
	bool done = false;
	uint32_t tags;
	enum err e;

	for (tags = 0; !done; tags++) {
		if (tags == max_tags) {
			return defect_set(defect, HEADER, "size_dt_struct",
					  "too many nodes and properties");
		}
		e = one_tag(&w, &done);
		if (e != OK) {
			return e;
		}
	}
	return OK;
}

/* Finds how long the list of reservations is; it has an end mark and no size. */
static enum err measure_reservations(const uint8_t *blob, struct range *b, struct dt_defect *defect)
{
	uint64_t total = fdt_totalsize(blob);
	const uint8_t *entry;
	uint32_t i;

	b->base = fdt_off_mem_rsvmap(blob);
	b->size = 0;
	if (b->base < FDT_CHECK_HEADER_SIZE || b->base % 8 != 0) {
		return defect_set(defect, HEADER, "off_mem_rsvmap",
				  "inside the header or misaligned");
	}
	for (i = 0; i <= FDT_CHECK_MAX_RESERVED; i++) {
		entry = blob + b->base + b->size;
		b->size += 16;
		if (b->base + b->size > total) {
			return defect_set(defect, HEADER, "off_mem_rsvmap",
					  "reservations run past the blob");
		}
		if (fdt64_ld((const fdt64_t *)entry) == 0 &&
		    fdt64_ld((const fdt64_t *)(entry + 8)) == 0) {
			return OK;
		}
	}
	return defect_set(defect, HEADER, "off_mem_rsvmap", "too many memory reservations");
}

/* The first defect of the header sticks. */
static void require(enum err *e, bool good, struct dt_defect *defect, const char *field,
		    const char *what)
{
	if (*e == OK && !good) {
		*e = defect_set(defect, HEADER, field, what);
	}
}

static enum err check_blocks(const uint8_t *blob, struct dt_defect *defect)
{
	struct range structure = { fdt_off_dt_struct(blob), fdt_size_dt_struct(blob) };
	struct range strings = { fdt_off_dt_strings(blob), fdt_size_dt_strings(blob) };
	uint64_t total = fdt_totalsize(blob);
	struct range reserved = { 0 };
	enum err e = OK;

	require(&e, structure.base >= FDT_CHECK_HEADER_SIZE && structure.base % 4 == 0, defect,
		"off_dt_struct", "inside the header or misaligned");
	require(&e, range_end(structure) <= total && structure.size % 4 == 0, defect,
		"size_dt_struct", "past the blob or misaligned");
	require(&e, strings.base >= FDT_CHECK_HEADER_SIZE, defect, "off_dt_strings",
		"inside the header");
	require(&e, range_end(strings) <= total, defect, "size_dt_strings", "past the blob");
	e = e == OK ? measure_reservations(blob, &reserved, defect) : e;
	require(&e,
		!range_overlaps(structure, strings) && !range_overlaps(structure, reserved) &&
			!range_overlaps(strings, reserved),
		defect, "off_dt_struct", "blocks overlap");
	return e;
}

static enum err check_header(const uint8_t *blob, size_t buffer_size,
			     const struct fdt_limits *limits, struct dt_defect *d)
{
	enum err e = OK;

	require(&e, buffer_size >= FDT_CHECK_HEADER_SIZE, d, "", "buffer is shorter than a header");
	/* libfdt refuses anything else, and reads whole words at 4-byte steps. */
	require(&e, (uintptr_t)blob % 8 == 0, d, "", "blob is not 8-byte aligned");
	if (e != OK) {
		return e;
	}
	require(&e, blob[0] != 0, d, "magic", "no device tree given");
	require(&e, fdt_magic(blob) == FDT_MAGIC, d, "magic", "not a device tree");
	require(&e, fdt_version(blob) >= 17, d, "version", "older than 17");
	require(&e, fdt_last_comp_version(blob) <= 17, d, "last_comp_version", "newer than 17");
	require(&e, fdt_totalsize(blob) >= FDT_CHECK_HEADER_SIZE, d, "totalsize",
		"smaller than the header");
	require(&e, fdt_totalsize(blob) <= limits->size, d, "totalsize", "over the limit");
	require(&e, fdt_totalsize(blob) <= buffer_size, d, "totalsize", "larger than the buffer");
	return e;
}

enum err fdt_check(const void *blob, size_t buffer_size, const struct fdt_limits *limits,
		   struct fdt_index *index, struct dt_defect *defect)
{
	enum err e;

	index->count = 0;
	defect_clear(defect);
	e = check_header(blob, buffer_size, limits, defect);
	if (e == OK) {
		e = check_blocks(blob, defect);
	}
	if (e == OK) {
		e = check_structure(blob, limits->tags, index, defect);
	}
	return e;
}
