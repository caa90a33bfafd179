/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where is a console in a tree that is not ours?
 *
 * May assume: nothing. Must never: follow a node whose address it does not understand; then there
 * is no console, and silence is right.
 */
#include "dt/console.h"

#include <libfdt.h>

#include "dt/fdt_check.h"

#define TAGS_MAX 20000

/* reg of a node directly below a root with two address cells, which every such machine has. */
static enum err base_of(const void *fdt, int node, uint64_t *base)
{
	int size;
	const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &size);

	if (reg == NULL || size < 16 || fdt_address_cells(fdt, 0) != 2 ||
	    fdt_parent_offset(fdt, node) != 0) {
		return ERR_NOT_FOUND;
	}
	*base = (uint64_t)fdt32_ld(reg) << 32 | fdt32_ld(reg + 1);
	return OK;
}

static enum err find(const void *fdt, const char *compatible, uint64_t *base)
{
	int node = fdt_node_offset_by_compatible(fdt, -1, compatible);

	while (node >= 0) {
		if (base_of(fdt, node, base) == OK) {
			return OK;
		}
		node = fdt_node_offset_by_compatible(fdt, node, compatible);
	}
	return ERR_NOT_FOUND;
}

enum err console_find(const void *fdt, size_t size, uint64_t *base)
{
	const struct fdt_limits limits = { .size = (uint32_t)size, .tags = TAGS_MAX };
	struct dt_defect defect;

	if (fdt_check(fdt, size, &limits, &defect) != OK) {
		return ERR_NOT_FOUND;
	}
	return find(fdt, "arm,pl011", base) == OK ? OK : find(fdt, "arm,sbsa-uart", base);
}
