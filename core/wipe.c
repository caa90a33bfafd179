/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a secret forgotten?
 *
 * Must never: be left out by the compiler because nobody reads the memory again.
 */
#include "core/crypto.h"

#include <string.h>

void crypto_wipe(void *data, size_t size)
{
	memset(data, 0, size);
	/* For all that the compiler knows this reads it. */
	__asm__ volatile("" : : "r"(data) : "memory");
}
