/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a defect of a tree named?
 *
 * By node, property and a sentence of ours, so that whoever wrote the tree finds the place. What
 * comes from the tree is copied, cut to length and stripped of anything that is not printable:
 * these texts end up on a console, and a tree must not be able to draw on it.
 */
#ifndef DT_DEFECT_H
#define DT_DEFECT_H

#include "core/err.h"

#define DEFECT_NODE_SIZE 64
#define DEFECT_PROPERTY_SIZE 32

struct dt_defect {
	char node[DEFECT_NODE_SIZE];	     /* path, or "(header)"; NUL-terminated */
	char property[DEFECT_PROPERTY_SIZE]; /* or header field; empty: the node as a whole */
	const char *what;		     /* constant text of ours; NULL: no defect */
};

void defect_clear(struct dt_defect *d);

/* Always returns ERR_INVALID, so that a check is one line: return defect_set(...). */
enum err __must_check defect_set(struct dt_defect *d, const char *node, const char *property,
				 const char *what);

#endif
