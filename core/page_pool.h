/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where do our pages come from?
 *
 * From the part of our memory that the image does not fill, at boot only. Nothing is given back:
 * after the first VTL return nothing allocates.
 */
#ifndef CORE_PAGE_POOL_H
#define CORE_PAGE_POOL_H

#include "core/arch.h"
#include "core/err.h"
#include "core/types.h"

/* The pool hands out from here. free: page aligned, ours, in use by nobody. */
void page_pool_init(struct range free);

/* count zeroed pages of 4 KiB in a row. ERR_NO_MEMORY: fewer are left. ERR_STATE: closed. */
__must_check enum err page_pool_take(uint64_t count, pa_t *pages);

/* The same with whatever the loader left in them. */
__must_check enum err page_pool_take_as_is(uint64_t count, pa_t *pages);

/* Skips to where a page of our own tables (ARCH_PAGE_SIZE) begins. */
void page_pool_skip(void);

static inline void page_pool_align(void)
{
	if (ARCH_PAGE_SIZE > HV_HYP_PAGE_SIZE) {
		page_pool_skip();
	}
}

/* From here on every request fails. */
void page_pool_close(void);

uint64_t page_pool_pages_left(void);

#endif
