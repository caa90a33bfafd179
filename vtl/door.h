/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where is the door page?
 *
 * A page of ours that VTL0 may not touch: its store ends in an intercept, and that is the call.
 */
#ifndef VTL_DOOR_H
#define VTL_DOOR_H

#include <stdbool.h>

#include "core/err.h"
#include "core/types.h"

/* Takes the page from the pool. Boot only, before our memory is taken from VTL0. */
__must_check enum err door_init(void);

gpa_t door_page(void);
bool door_is_here(gpa_t gpa);

#endif
