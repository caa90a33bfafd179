/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order does a payload start and end?
 *
 * start.S calls guest_start() on the boot processor with a stack, vectors and a clear .bss.
 */
#include "tests/guest/lib/guest.h"

__attribute__((noreturn)) void guest_start(uint64_t tree);

void guest_start(uint64_t tree)
{
	bool has_tree = tree_init(tree);

	console_init();
	if (has_tree) {
		guest_main();
	} else {
		ok(false, "a device tree in X0");
	}
	/* Without a console the way the run ends is the only word there is. */
	if (!report_end() && !console_there()) {
		reset();
	}
	power_off();
}
