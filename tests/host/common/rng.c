/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does the host's chance come from? splitmix64; called under the host's lock. Not for keys.
 */
#include "tests/host/common/rng.h"

static uint64_t state;
static bool silent;
static bool poison_is_off;

void rng_seed(uint64_t seed)
{
	state = seed;
	silent = seed == 0;
}

uint64_t rng_next(void)
{
	uint64_t z;

	state += 0x9E3779B97F4A7C15ull;
	z = state;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
	return z ^ (z >> 31);
}

void rng_poison_off(void)
{
	poison_is_off = true;
}

uint64_t rng_poison(void)
{
	return poison_is_off ? 0 : rng_next();
}

bool rng_once_in(uint32_t n)
{
	if (silent) {
		return false;
	}
	return rng_next() % n == 0;
}
