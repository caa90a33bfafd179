/* SPDX-License-Identifier: BSD-2-Clause */
/* How was the end of the machine asked for? */
#ifndef TESTS_FAKE_END_H
#define TESTS_FAKE_END_H

#include <stdbool.h>
#include <stdint.h>

#include "vtl/vtl_arch.h"

struct fake_end {
	enum reset_kind kind;
	bool is_ending; /* another VP began it */
	uint32_t checks;
	uint32_t at_once;
};
extern struct fake_end fake_end;

#endif
