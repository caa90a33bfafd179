/* SPDX-License-Identifier: BSD-2-Clause */
/* What becomes of a VTL0 whose exceptions have nowhere to go? It does not come back from here. */
#include "tests/guest/lib/guest.h"
#include "tests/guest/lib/x86_64/port.h"

void guest_main(void)
{
	print("VTL0 ends in a triple fault\n");
	triple_fault();
}
