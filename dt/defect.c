/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a defect of a tree named?
 *
 * May assume NUL-terminated strings. Must never write more than the fixed fields, whatever the
 * names are, and never lets an unprintable byte through.
 */
#include "dt/defect.h"

#include <stddef.h>

static void copy_printable(char *to, size_t size, const char *from)
{
	size_t i;

	for (i = 0; i + 1 < size && from[i] != '\0'; i++) {
		to[i] = (char)(from[i] >= 0x20 && from[i] < 0x7f ? from[i] : '?');
	}
	to[i] = '\0';
}

void defect_clear(struct dt_defect *d)
{
	d->node[0] = '\0';
	d->property[0] = '\0';
	d->what = NULL;
}

enum err defect_set(struct dt_defect *d, const char *node, const char *property, const char *what)
{
	copy_printable(d->node, sizeof(d->node), node);
	copy_printable(d->property, sizeof(d->property), property);
	d->what = what;
	return ERR_INVALID;
}
