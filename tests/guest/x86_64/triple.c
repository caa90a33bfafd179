/* SPDX-License-Identifier: BSD-2-Clause */
/* What becomes of a VTL0 whose exceptions have nowhere to go? It does not come back from here. */
#include "tests/guest/x86_64/port.h"
#include "tests/guest/x86_64/x64.h"

void guest_main(void)
{
	static const struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) none = { 0, 0 };

	print("VTL0 ends in a triple fault\n");
	load_idt(&none);
	__builtin_trap();
}
