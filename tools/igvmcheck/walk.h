/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do the page tables of the file map?
 */
#ifndef TOOLS_IGVMCHECK_WALK_H
#define TOOLS_IGVMCHECK_WALK_H

#include "tools/igvmcheck/image.h"

struct walk {
	uint32_t mask;	      /* of the platform whose pages these are */
	uint64_t root;	      /* guest physical address of the root table */
	unsigned int va_bits; /* of the mapped half, 30 to 48 */
	uint64_t tables_gpa;  /* all tables lie in these pages, each imported */
	uint64_t tables_used;
	/* What is looked for: how many bytes of it are mapped, and mapped executable? */
	uint64_t target;
	uint64_t target_size;
	uint64_t mapped;
	uint64_t executable;
};

/* Walks all tables and fills the last two fields. False (and a refusal): a table cannot be read,
 * or an entry maps an address to another one. */
bool walk_tables(struct image *image, struct walk *walk);

#endif
