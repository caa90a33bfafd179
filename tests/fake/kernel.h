/* SPDX-License-Identifier: BSD-2-Clause */
/* What does the fake boot protocol say about a kernel? */
#ifndef TESTS_FAKE_KERNEL_H
#define TESTS_FAKE_KERNEL_H

#include "core/arch.h"

struct fake_kernel {
	enum err err;
	struct arch_kernel kernel;
};
extern struct fake_kernel fake_kernel;

#endif
