/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order are the rules checked? Each step may believe what those before it have checked.
 */
#include "tools/igvmcheck/check.h"

#include <stdlib.h>
#include <string.h>

#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/kinds.h"

static bool check_each(struct image *image, bool platforms)
{
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];

		if ((header->kind->section == SECTION_PLATFORM) == platforms &&
		    header->kind->check != NULL && !header->kind->check(image, header)) {
			return false;
		}
	}
	return true;
}

bool check_bytes(struct image *image, const uint8_t *bytes, size_t size)
{
	memset(image, 0, sizeof(*image));
	image->bytes = bytes;
	image->size = size;
	/* Masks can be judged once all platforms are known, headers once masks are. */
	return fixed_check(image) && list_check(image) && check_each(image, true) &&
	       platforms_check_all(image) && check_each(image, false) && regions_check_all(image) &&
	       memory_check_all(image) && params_check_all(image) && entry_check_all(image);
}

void check_free(struct image *image)
{
	free(image->headers);
	image->headers = NULL;
	image->header_count = 0;
}
