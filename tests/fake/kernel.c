/* SPDX-License-Identifier: BSD-2-Clause */
/* What does the fake boot protocol say about a kernel? (core/arch.h) */
#include "tests/fake/kernel.h"

struct fake_kernel fake_kernel;

enum err arch_kernel_check(const uint8_t *image, uint64_t size, struct arch_kernel *kernel)
{
	(void)image;
	(void)size;
	*kernel = fake_kernel.kernel;
	return fake_kernel.err;
}
