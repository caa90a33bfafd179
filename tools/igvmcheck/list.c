/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is the list of variable headers well formed?
 *
 * Assumes fixed_check(). After it, every header has a known kind and its whole content lies inside
 * the list.
 */
#include <stdlib.h>

#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/kinds.h"

#define PREFIX 8

/* NULL: refused. */
static const struct kind *check_header(struct image *image, size_t at)
{
	const uint32_t type = read32(image, at);
	const uint32_t length = read32(image, at + 4);
	const uint64_t padded = ((uint64_t)length + 7) / 8 * 8;
	const struct kind *kind = kind_find(type);

	if (padded > image->data_start - at - PREFIX) {
		refuse(image, RULE_HEADER_CUT, at, "header of %u bytes leaves the variable headers",
		       length);
		return NULL;
	}
	if (kind == NULL) {
		refuse(image, RULE_HEADER_TYPE, at, "header type 0x%x", type);
		return NULL;
	}
	if (length != kind->length) {
		refuse(image, RULE_HEADER_LENGTH, at + 4, "%s of %u bytes, must be %u", kind->name,
		       length, kind->length);
		return NULL;
	}
	if (!is_zero(image, at + PREFIX + length, (size_t)padded - length)) {
		refuse(image, RULE_HEADER_PADDING, at + PREFIX + length,
		       "padding of %s is not zero", kind->name);
		return NULL;
	}
	return kind;
}

bool list_check(struct image *image)
{
	enum section section = SECTION_PLATFORM;
	size_t at = image->headers_start;

	/* A header takes at least its prefix. One more, so that malloc is never asked for 0. */
	image->headers = malloc(((image->data_start - at) / PREFIX + 1) * sizeof(*image->headers));
	if (image->headers == NULL) {
		abort();
	}
	/* Start and size are multiples of 8, so what is left always holds a prefix. */
	while (at < image->data_start) {
		const struct kind *kind = check_header(image, at);

		if (kind == NULL) {
			return false;
		}
		if (kind->section < section) {
			return refuse(image, RULE_SECTION_ORDER, at,
				      "%s after headers of a later section", kind->name);
		}
		section = kind->section;
		image->headers[image->header_count].kind = kind;
		image->headers[image->header_count].at = at + PREFIX;
		image->header_count++;
		at += PREFIX + (kind->length + 7) / 8 * 8;
	}
	return true;
}
