/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order does a payload start and end?
 *
 * start.S calls guest_start() on the boot processor with a stack, vectors and a clear .bss.
 */
#include "tests/guest/lib/guest.h"

__attribute__((noreturn)) void guest_start(uint64_t handed_over);

void guest_start(uint64_t handed_over)
{
	bool has_machine = machine_init(handed_over);

	console_init();
	if (has_machine) {
		guest_main();
	} else {
		ok(false, "what was handed over is a description of the machine");
	}
	/* Without a console the way the run ends is the only word there is. */
	if (!report_end() && !console_there()) {
		reset();
	}
	power_off();
}
