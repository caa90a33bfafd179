/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the firmware's image do when it is started by somebody who is not its loader?
 *
 * A launcher, no test of its own: jumps into the very bytes of the image, which something else has
 * put into memory ("image=0x..." on the command line), as a boot loader jumps into a kernel: X0 is
 * the device tree, X1 to X3 are zero, so the entry magic is missing. What follows is the image's.
 */
#include "tests/guest/lib/arm64/arm64.h"

void guest_main(void)
{
	uint64_t image = option("image", 0);

	if (image == 0) {
		ok(false, "the command line says where the image is");
		return;
	}
	print("# entering 0x%lx\n", image);
	jump_to(tree_address(), image);
}
