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
	return fdt32_ld((const fdt32_t *)p);
}

uint64_t prop_load64(const uint8_t *p)
{
	return fdt64_ld((const fdt64_t *)p);
}

void prop_refuse(struct prop_reader *r, int node, const char *property, const char *what)
{
	char path[DEFECT_NODE_SIZE];
	const char *name;

	if (r->err != OK) {
		return;
	}
	if (fdt_get_path(r->fdt, node, path, sizeof(path)) == 0) {
		r->err = defect_set(r->defect, path, property, what);
		return;
	}
	/* Longer than what we print: the node's own name has to do. */
	name = fdt_get_name(r->fdt, node, NULL);
	r->err = defect_set(r->defect, name != NULL ? name : "?", property, what);
}

void prop_require(struct prop_reader *r, int node, const char *property, bool condition,
		  const char *what)
{
	if (!condition) {
		prop_refuse(r, node, property, what);
	}
}

const uint8_t *prop_bytes(struct prop_reader *r, int node, const char *name, enum prop_need need,
			  uint32_t *size)
{
	const uint8_t *value = NULL;
	const char *found_name;
	const void *found;
	int offset, length;

	*size = 0;
	if (r->err != OK) {
		return NULL;
	}
	fdt_for_each_property_offset(offset, r->fdt, node)
	{
		found = fdt_getprop_by_offset(r->fdt, offset, &found_name, &length);
		if (found == NULL || !prop_string_is(found_name, name)) {
			continue;
		}
		prop_require(r, node, name, value == NULL, "there twice");
		value = found;
		*size = (uint32_t)length;
	}
	prop_require(r, node, name, value != NULL || need == PROP_OPTIONAL, "missing");
	return r->err == OK ? value : NULL;
}

const uint8_t *prop_exactly(struct prop_reader *r, int node, const char *name, enum prop_need need,
			    uint32_t size, const char *what)
{
	uint32_t found;
	const uint8_t *value = prop_bytes(r, node, name, need, &found);

	prop_require(r, node, name, value == NULL || found == size, what);
	return r->err == OK ? value : NULL;
}

uint32_t prop_u32(struct prop_reader *r, int node, const char *name, enum prop_need need)
{
	const uint8_t *value = prop_exactly(r, node, name, need, 4, "not a 4-byte number");

	return value != NULL ? prop_load32(value) : 0;
}

uint64_t prop_u64(struct prop_reader *r, int node, const char *name, enum prop_need need)
{
	const uint8_t *value = prop_exactly(r, node, name, need, 8, "not an 8-byte number");

	return value != NULL ? prop_load64(value) : 0;
}

const char *prop_string(struct prop_reader *r, int node, const char *name, enum prop_need need)
{
	uint32_t size;
	const uint8_t *value = prop_bytes(r, node, name, need, &size);

	if (value == NULL) {
		return "";
	}
	if (size == 0 || memchr(value, '\0', size) != value + size - 1) {
		prop_refuse(r, node, name, "not one string");
		return "";
	}
	return (const char *)value;
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
	const char *found;
	int child = -1;
	int node;

	if (r->err != OK) {
		return -1;
	}
	fdt_for_each_subnode(node, r->fdt, parent)
	{
		found = fdt_get_name(r->fdt, node, NULL);
		if (found != NULL && prop_string_is(found, name)) {
			prop_require(r, node, "", child < 0, "a second node of this name");
			child = node;
		}
	}
	return r->err == OK ? child : -1;
}
