/* SPDX-License-Identifier: BSD-2-Clause */
/* Which interrupt lines into VTL0 were set and taken back? */
#ifndef TESTS_FAKE_LINE_H
#define TESTS_FAKE_LINE_H

#include <stdbool.h>
#include <stdint.h>

struct fake_line {
	uint32_t number; /* of the last change */
	bool asserted;
	uint32_t changes;
};
extern struct fake_line fake_line;

#endif
