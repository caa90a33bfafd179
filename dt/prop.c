/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is one property taken from a checked tree?
 *
 * May assume that fdt_check() passed: libfdt's walks end and stay inside. Must never guess: a
 * value of another size, a string with a hole, a second property or node of one name is refused.
 */
#include "dt/prop.h"

#include <stddef.h>
#include <string.h>

#include <libfdt.h>

bool prop_string_is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

uint32_t prop_load32(const uint8_t *p)
{
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): no value lies at address 0 */
	return fdt32_to_cpu(*(const fdt32_t *)p);
}

uint64_t prop_load64(const uint8_t *p)
{
	return (uint64_t)prop_load32(p) << 32 | prop_load32(p + 4);
}

void prop_open(struct prop_reader *r, const void *fdt, size_t size, const struct fdt_limits *limits,
	       struct dt_defect *defect)
{
	static struct fdt_index index;

	r->fdt = fdt;
	r->index = &index;
	r->defect = defect;
	r->err = fdt_check(fdt, size, limits, &index, defect);
	if (r->err == OK) {
		r->structure = (const uint8_t *)fdt + fdt_off_dt_struct(fdt);
		r->strings = (const char *)fdt + fdt_off_dt_strings(fdt);
	}
}

int prop_next(const struct prop_reader *r, int parent, int child)
{
	const struct fdt_node *node = r->index->node;

	return child == 0 ? node[parent].child : node[child].next;
}

const char *prop_name(const struct prop_reader *r, int node)
{
	return (const char *)r->structure + r->index->node[node].offset + FDT_TAGSIZE;
}

void prop_refuse(struct prop_reader *r, int node, const char *property, const char *what)
{
	char path[DEFECT_NODE_SIZE];
	int offset;

	if (r->err != OK) {
		return;
	}
	offset = (int)r->index->node[node].offset;
	/* Longer than what we print: the node's own name has to do. */
	r->err = defect_set(
		r->defect,
		fdt_get_path(r->fdt, offset, path, sizeof(path)) == 0 ? path : prop_name(r, node),
		property, what);
}

void prop_require(struct prop_reader *r, int node, const char *property, bool condition,
		  const char *what)
{
	if (!condition) {
		prop_refuse(r, node, property, what);
	}
}

/* The tag at offset, and the property if it is one. */
static uint32_t next_property(const struct prop_reader *r, int *offset, struct prop *property)
{
	int at = *offset;
	uint32_t tag = fdt_next_tag(r->fdt, at, offset);
	const uint8_t *p = r->structure + at;

	if (tag == FDT_PROP) {
		property->size = prop_load32(p + offsetof(struct fdt_property, len));
		property->name =
			r->strings + prop_load32(p + offsetof(struct fdt_property, nameoff));
		property->value = p + offsetof(struct fdt_property, data);
	}
	return tag;
}

void prop_find(struct prop_reader *r, int node, struct prop *wanted, uint32_t count)
{
	int offset = r->err == OK ? (int)r->index->node[node].inside : 0;
	struct prop p;
	uint32_t tag, i;

	for (tag = FDT_NOP; r->err == OK && (tag == FDT_NOP || tag == FDT_PROP);) {
		tag = next_property(r, &offset, &p);
		for (i = 0; tag == FDT_PROP && i < count; i++) {
			if (p.name[0] == wanted[i].name[0] &&
			    prop_string_is(p.name, wanted[i].name)) {
				prop_require(r, node, p.name, wanted[i].value == NULL,
					     "there twice");
				wanted[i].value = p.value;
				wanted[i].size = p.size;
			}
		}
	}
	for (i = 0; i < count; i++) {
		prop_require(r, node, wanted[i].name,
			     wanted[i].value != NULL || wanted[i].need == PROP_OPTIONAL, "missing");
	}
}

static const uint8_t *exactly(struct prop_reader *r, int node, const struct prop *p, uint32_t size,
			      const char *what)
{
	prop_require(r, node, p->name, p->value == NULL || p->size == size, what);
	return r->err == OK ? p->value : NULL;
}

uint64_t prop_number(struct prop_reader *r, int node, const struct prop *p, uint32_t size)
{
	const uint8_t *value = exactly(r, node, p, size,
				       size == 4 ? "not a 4-byte number" : "not an 8-byte number");

	return value == NULL ? 0 : size == 4 ? prop_load32(value) : prop_load64(value);
}

const char *prop_text(struct prop_reader *r, int node, const struct prop *p)
{
	const uint8_t *text = p->value;
	uint32_t size = p->size;

	prop_require(r, node, p->name,
		     text == NULL || (size != 0 && memchr(text, '\0', size) == text + size - 1),
		     "not one string");
	return r->err == OK && text != NULL ? (const char *)text : "";
}

static struct prop find_one(struct prop_reader *r, int node, const char *name, enum prop_need need)
{
	struct prop p = { .name = name, .need = need };

	prop_find(r, node, &p, 1);
	return p;
}

const uint8_t *prop_bytes(struct prop_reader *r, int node, const char *name, enum prop_need need,
			  uint32_t *size)
{
	struct prop p = find_one(r, node, name, need);

	*size = r->err == OK ? p.size : 0;
	return r->err == OK ? p.value : NULL;
}

const uint8_t *prop_exactly(struct prop_reader *r, int node, const char *name, enum prop_need need,
			    uint32_t size, const char *what)
{
	struct prop p = find_one(r, node, name, need);

	return exactly(r, node, &p, size, what);
}

uint32_t prop_u32(struct prop_reader *r, int node, const char *name, enum prop_need need)
{
	struct prop p = find_one(r, node, name, need);

	return (uint32_t)prop_number(r, node, &p, 4);
}

uint64_t prop_u64(struct prop_reader *r, int node, const char *name, enum prop_need need)
{
	struct prop p = find_one(r, node, name, need);

	return prop_number(r, node, &p, 8);
}

const char *prop_string(struct prop_reader *r, int node, const char *name, enum prop_need need)
{
	struct prop p = find_one(r, node, name, need);

	return prop_text(r, node, &p);
}

bool prop_lists(struct prop_reader *r, int node, const char *name, const char *wanted)
{
	uint32_t size, pos;
	const uint8_t *value = prop_bytes(r, node, name, PROP_OPTIONAL, &size);

	if (value == NULL) {
		return false;
	}
	if (size == 0 || value[size - 1] != '\0') {
		prop_refuse(r, node, name, "not a list of strings");
		return false;
	}
	for (pos = 0; pos < size; pos += (uint32_t)strlen((const char *)value + pos) + 1) {
		if (prop_string_is((const char *)value + pos, wanted)) {
			return true;
		}
	}
	return false;
}

int prop_child(struct prop_reader *r, int parent, const char *name)
{
	int child = -1;
	int node;

	if (r->err != OK) {
		return -1;
	}
	for (node = 0; (node = prop_next(r, parent, node)) != 0;) {
		if (prop_string_is(prop_name(r, node), name)) {
			prop_require(r, node, "", child < 0, "a second node of this name");
			child = node;
		}
	}
	return r->err == OK ? child : -1;
}
