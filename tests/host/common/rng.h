/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does the host's chance come from? A generator with the run's seed, so that a run repeats.
 */
#ifndef TESTS_HOST_COMMON_RNG_H
#define TESTS_HOST_COMMON_RNG_H

#include <stdbool.h>
#include <stdint.h>

void rng_seed(uint64_t seed);
uint64_t rng_next(void);
/* A value for what is not promised; 0 while poison is switched off, and nothing is drawn. */
uint64_t rng_poison(void);
void rng_poison_off(void);
/* True once in about `n` calls; never when the seed is 0. */
bool rng_once_in(uint32_t n);

#endif
