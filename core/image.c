/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where do we lie, and what did the image's builder leave for us?
 *
 * The parameter page is measured, but a loader may have put another one there: each field is
 * checked against the others before it is used.
 */
#include "core/image.h"

#include <string.h>

#define OFFSET_MAX (UINT64_C(1) << 32)
#define MEMORY_ALIGNMENT UINT64_C(0x200000)

static bool is_page_multiple(uint64_t v)
{
	return v % HV_HYP_PAGE_SIZE == 0;
}

/* Does [offset, offset + size) lie inside our memory, on page boundaries, and is it not empty? */
static bool fits(const struct paravane_params *p, uint64_t offset, uint64_t size)
{
	return is_page_multiple(offset) && is_page_multiple(size) && size != 0 &&
	       size <= p->memory_size && offset <= p->memory_size - size;
}

static bool is_consistent(const struct paravane_params *p, uint64_t param_offset)
{
	return p->magic == PARAVANE_PARAMS_MAGIC && p->version == PARAVANE_PARAMS_VERSION &&
	       p->size == PARAVANE_PARAMS_SIZE && p->memory_size < OFFSET_MAX &&
	       p->memory_size % MEMORY_ALIGNMENT == 0 && fits(p, 0, p->image_size) &&
	       fits(p, p->tree_offset, p->tree_size) && fits(p, p->tables_offset, p->tables_size) &&
	       p->image_size <= param_offset && param_offset < p->tree_offset &&
	       p->tree_offset + p->tree_size <= p->tables_offset;
}

enum err image_read(uint64_t image_base, uint64_t param_offset, struct image *image)
{
	struct paravane_params p;

	if (param_offset >= OFFSET_MAX || !is_page_multiple(param_offset) || param_offset == 0 ||
	    !is_page_multiple(image_base)) {
		return ERR_INVALID;
	}
	memcpy(&p, (const void *)(uintptr_t)(image_base + param_offset), sizeof(p));
	if (!is_consistent(&p, param_offset)) {
		return ERR_INVALID;
	}
	image->memory = (struct range){ image_base, p.memory_size };
	image->file = (struct range){ image_base, p.image_size };
	image->tree = (struct range){ image_base + p.tree_offset, p.tree_size };
	image->free.base = range_end(image->tree);
	image->free.size = image_base + p.tables_offset - image->free.base;
	image->payload = (struct range){ p.payload_gpa, p.payload_size };
	memcpy(image->payload_sha256, p.payload_sha256, sizeof(image->payload_sha256));
	return OK;
}
