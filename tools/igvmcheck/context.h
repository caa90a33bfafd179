/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With which registers does a virtual processor start?
 *
 * For contexts in the form of a VBS register list that have passed context_check().
 */
#ifndef TOOLS_IGVMCHECK_CONTEXT_H
#define TOOLS_IGVMCHECK_CONTEXT_H

#include "tools/igvmcheck/image.h"

/* One record of a register list. */
struct context_record {
	uint8_t vtl;
	uint32_t name;
	uint64_t low; /* the value's first and last eight bytes */
	uint64_t high;
};

/* The record `index` of the list at a file offset. */
void context_record(const struct image *image, uint32_t list, uint32_t index,
		    struct context_record *out);

/* The register list of VP 0 of this platform and VTL, or NULL. */
const struct header *context_find(const struct image *image, uint32_t mask, uint8_t vtl);

/* False: the list does not name this register. */
bool context_register(const struct image *image, const struct header *context, uint32_t name,
		      uint64_t *value);

/* A register's name on this architecture, or NULL. */
const char *register_name(enum arch arch, uint32_t name);

#endif
