/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does VTL2's memory begin? Nobody tells VTL0. A door page lies in its first block; without
 * one it is the first hole between two ranges of our memory; the command line knows better than
 * either ("vtl2=0x...").
 */
#include "tests/guest/lib/guest.h"

#define BLOCK (UINT64_C(2) << 20)
#define PREFERRED UINT64_C(0x08000000) /* by the image's builder */

static uint64_t next_memory(uint64_t from)
{
	uint64_t nearest = UINT64_MAX;
	uint64_t base;
	uint64_t size;

	for (unsigned int n = 0; machine_memory(n, &base, &size); n++) {
		if (base >= from && base < nearest) {
			nearest = base;
		}
	}
	return nearest;
}

static uint64_t first_hole(void)
{
	uint64_t found = UINT64_MAX;
	uint64_t base;
	uint64_t size;

	for (unsigned int n = 0; machine_memory(n, &base, &size); n++) {
		uint64_t end = base + size;
		uint64_t next = next_memory(end);

		if (end % BLOCK == 0 && next != UINT64_MAX && next % BLOCK == 0 && next > end &&
		    end < found) {
			found = end;
		}
	}
	return found != UINT64_MAX ? found : PREFERRED;
}

uint64_t vtl2_begin(void)
{
	uint64_t door = paravane_door_page();

	return option("vtl2", door != 0 ? door - door % BLOCK : first_hole());
}
