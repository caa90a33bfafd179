/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is one property taken from a checked tree?
 *
 * Each reader either gives a value of exactly the shape asked for, or names the defect. The first
 * defect sticks: after it every reader gives nothing (0, "", NULL, -1) and no later defect hides
 * it, so that code reads like the rules it enforces and looks at r->err where it matters: before
 * it uses a pointer, and at the end.
 *
 * libfdt's own look-ups take the first of several properties or nodes of one name, and let "a"
 * match "a@0". Here both are refused, because two readers could see two trees in such a blob.
 */
#ifndef DT_PROP_H
#define DT_PROP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "dt/defect.h"
#include "dt/fdt_check.h"

enum prop_need {
	PROP_REQUIRED, /* absence is a defect */
	PROP_OPTIONAL,
};

struct prop {
	const char *name;
	enum prop_need need;
	const uint8_t *value; /* NULL: absent */
	uint32_t size;
};

/* Nodes are numbers of the index; 0 is the root. */
struct prop_reader {
	const void *fdt;
	const uint8_t *structure; /* its two blocks */
	const char *strings;
	const struct fdt_index *index;
	struct dt_defect *defect;
	enum err err; /* OK until the first defect */
};

/* Checks the blob; a defect is r->err. One tree at a time: the next one takes this one's index. */
void prop_open(struct prop_reader *r, const void *fdt, size_t size, const struct fdt_limits *limits,
	       struct dt_defect *defect);

/* The first child for 0, else the one behind that child; 0: none. */
int prop_next(const struct prop_reader *r, int parent, int child);

const char *prop_name(const struct prop_reader *r, int node);

/* Names a defect of the node, if it is the first. */
void prop_refuse(struct prop_reader *r, int node, const char *property, const char *what);

/* The same, unless the condition holds. */
void prop_require(struct prop_reader *r, int node, const char *property, bool condition,
		  const char *what);

/* Finds so many properties in one walk over the node; what they hold: a number of 4 or 8 bytes, one
 * string that ends with the value. */
void prop_find(struct prop_reader *r, int node, struct prop *wanted, uint32_t count);
uint64_t prop_number(struct prop_reader *r, int node, const struct prop *p, uint32_t size);
const char *prop_text(struct prop_reader *r, int node, const struct prop *p);

/* The raw bytes; NULL and size 0 where absent. */
const uint8_t *prop_bytes(struct prop_reader *r, int node, const char *name, enum prop_need need,
			  uint32_t *size);

/* Bytes of exactly this size; NULL where absent. */
const uint8_t *prop_exactly(struct prop_reader *r, int node, const char *name, enum prop_need need,
			    uint32_t size, const char *what);

/* Exactly one 4-byte or 8-byte number; 0 where absent. */
uint32_t prop_u32(struct prop_reader *r, int node, const char *name, enum prop_need need);
uint64_t prop_u64(struct prop_reader *r, int node, const char *name, enum prop_need need);

/* Exactly one string that ends with the value; "" where absent. */
const char *prop_string(struct prop_reader *r, int node, const char *name, enum prop_need need);

/* Is the string one of the property's list? An absent property contains nothing. */
bool prop_lists(struct prop_reader *r, int node, const char *name, const char *wanted);

/* The child of exactly this name, or -1. */
int prop_child(struct prop_reader *r, int parent, const char *name);

bool prop_string_is(const char *a, const char *b);
uint32_t prop_load32(const uint8_t *p);
uint64_t prop_load64(const uint8_t *p);

#endif
