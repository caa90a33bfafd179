/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where is a console in a tree that is not ours?
 *
 * May assume: nothing. Must never: follow a node whose address it does not understand; then there
 * is no console, and silence is right.
 */
#include "dt/console.h"

#include "dt/prop.h"

#define TAGS_MAX 20000

/* A node directly below a root with two address cells, which every such machine has. */
static enum err find(struct prop_reader *r, const char *compatible, uint64_t *base)
{
	const uint8_t *reg;
	uint32_t size;
	int node;

	for (node = 0; (node = prop_next(r, 0, node)) != 0;) {
		reg = prop_lists(r, node, "compatible", compatible) ?
			      prop_bytes(r, node, "reg", PROP_OPTIONAL, &size) :
			      NULL;
		if (reg != NULL && size >= 16) {
			*base = prop_load64(reg);
			return OK;
		}
	}
	return ERR_NOT_FOUND;
}

enum err console_find(const void *fdt, size_t size, uint64_t *base)
{
	const struct fdt_limits limits = { .size = (uint32_t)size, .tags = TAGS_MAX };
	struct dt_defect defect;
	struct prop_reader r;

	prop_open(&r, fdt, size, &limits, &defect);
	if (r.err != OK || prop_u32(&r, 0, "#address-cells", PROP_REQUIRED) != 2) {
		return ERR_NOT_FOUND;
	}
	return find(&r, "arm,pl011", base) == OK ? OK : find(&r, "arm,sbsa-uart", base);
}
