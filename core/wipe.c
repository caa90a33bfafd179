/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a secret forgotten?
 *
 * Must never: be left out by the compiler because nobody reads the memory again.
 */
#include "core/crypto.h"

void crypto_wipe(void *data, size_t size)
{
	volatile uint8_t *p = data;

	while (size-- > 0) {
		*p++ = 0;
	}
}
