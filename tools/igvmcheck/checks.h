/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which checks are there, and what may each assume?
 *
 * All return true when their rules hold, else the result of refuse(). Those of one header run in
 * file order and may look at every header's fields, but only believe what an earlier one checked.
 * Those of the whole image run after all headers have passed by themselves.
 */
#ifndef TOOLS_IGVMCHECK_CHECKS_H
#define TOOLS_IGVMCHECK_CHECKS_H

#include "tools/igvmcheck/image.h"

/* One header by itself (the rows of kinds.c). */
bool platforms_check(struct image *image, const struct header *header);
bool policy_check_guest(struct image *image, const struct header *header);
bool policy_check_corim(struct image *image, const struct header *header);
bool policy_check_cca(struct image *image, const struct header *header);
bool regions_check_relocatable(struct image *image, const struct header *header);
bool regions_check_tables(struct image *image, const struct header *header);
bool memory_check_page(struct image *image, const struct header *header);
bool memory_check_required(struct image *image, const struct header *header);
bool memory_check_error_range(struct image *image, const struct header *header);
bool params_check_area(struct image *image, const struct header *header);
bool params_check_use(struct image *image, const struct header *header);
bool params_check_insert(struct image *image, const struct header *header);
bool context_check(struct image *image, const struct header *header);

/* The fixed header; fills version, arch and the two starts. */
bool fixed_check(struct image *image);

/* The list of headers; fills headers (to be freed by the caller, also after a refusal). */
bool list_check(struct image *image);

/* Are there platforms, and does every mask name some of them? */
bool platforms_check_all(struct image *image);

/* Do regions stand apart, and has each its VP context? */
bool regions_check_all(struct image *image);

/* Is each page imported once, inside memory that the file requires? */
bool memory_check_all(struct image *image);

/* Is every area inserted, over nothing else, inside memory that the file requires? */
bool params_check_all(struct image *image);

/* Can the first instruction run? */
bool entry_check_all(struct image *image);

/* Do `size` bytes at this file offset lie in the data? `field` is where the offset stands. */
bool data_check(struct image *image, uint32_t file_offset, uint64_t size, size_t field);

/* Is [gpa, gpa + size) inside one REQUIRED_MEMORY of this platform, a VTL2-protectable one where
 * `protectable` says so? */
bool memory_required(const struct image *image, uint32_t mask, uint64_t gpa, uint64_t size,
		     bool protectable);

/* The platform whose mask is exactly this one, or NULL. */
const struct platform *platform_find(const struct image *image, uint32_t mask);

#endif
