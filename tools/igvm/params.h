/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands in the measured parameter page?
 */
#ifndef TOOLS_IGVM_PARAMS_H
#define TOOLS_IGVM_PARAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "paravane/params.h"
#include "tools/igvm/failure.h"
#include "tools/igvm/layout.h"

/* payload: l->payload_size bytes; not looked at when that is 0. */
bool params_fill(const struct layout *l, const uint8_t *payload,
		 uint8_t page[PARAVANE_PARAMS_PAGE_SIZE], struct failure *f);

#endif
