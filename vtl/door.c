/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where is the door page?
 *
 * It lies in our own memory, so that it is protected like everything else and needs no capability
 * of the hypervisor but the protection itself.
 */
#include "vtl/door.h"

#include "core/page_pool.h"

static pa_t page;

enum err door_init(void)
{
	return page_pool_take(1, &page);
}

gpa_t door_page(void)
{
	return (gpa_t){ page.v };
}

bool door_is_here(gpa_t gpa)
{
	return gpa.v - page.v < HV_HYP_PAGE_SIZE;
}
