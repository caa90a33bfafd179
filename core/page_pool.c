/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where do our pages come from?
 *
 * May assume: one VP at a time (boot). Must never: hand out a page twice.
 */
#include "core/page_pool.h"

#include <string.h>

static struct {
	struct range free;
	bool closed;
} pool = { .closed = true };

void page_pool_init(struct range free)
{
	pool.free = free;
	pool.closed = false;
}

enum err page_pool_take_as_is(uint64_t count, pa_t *pages)
{
	uint64_t size = count * HV_HYP_PAGE_SIZE;

	if (pool.closed) {
		return ERR_STATE;
	}
	if (count > pool.free.size / HV_HYP_PAGE_SIZE) {
		return ERR_NO_MEMORY;
	}
	pages->v = pool.free.base;
	pool.free.base += size;
	pool.free.size -= size;
	return OK;
}

enum err page_pool_take(uint64_t count, pa_t *pages)
{
	enum err err = page_pool_take_as_is(count, pages);

	if (err == OK) {
		memset((void *)(uintptr_t)pages->v, 0, count * HV_HYP_PAGE_SIZE);
	}
	return err;
}

void page_pool_skip(void)
{
	uint64_t skip = -pool.free.base % ARCH_PAGE_SIZE;

	skip = skip < pool.free.size ? skip : pool.free.size;
	pool.free.base += skip;
	pool.free.size -= skip;
}

void page_pool_close(void)
{
	pool.closed = true;
}

uint64_t page_pool_pages_left(void)
{
	return pool.free.size / HV_HYP_PAGE_SIZE;
}
