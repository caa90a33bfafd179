/* SPDX-License-Identifier: BSD-2-Clause */
/* Which interrupt lines into VTL0 were set and taken back? */
#include "tests/fake/line.h"

#include "core/devices.h"

struct fake_line fake_line;

void vtl0_line_set(uint32_t number, bool asserted)
{
	fake_line.number = number;
	fake_line.asserted = asserted;
	fake_line.changes++;
}
