/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does every fuzzer share?
 *
 * A fuzzer is one file that runs one input. With libFuzzer it searches, with replay.c it runs the
 * inputs that are kept. FUZZ_CHECK names an invariant; a broken one ends the program, which is how
 * both find out.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FUZZ_CHECK(condition)                                                                      \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "FUZZ_CHECK: %s:%d: %s\n", __FILE__, __LINE__,             \
				#condition);                                                       \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/* Of the fuzzer itself: its comparisons are not what the search shall look at. */
#if defined(__clang__)
#define FUZZ_OWN __attribute__((no_sanitize("coverage")))
#else
#define FUZZ_OWN
#endif

/* An input that is a stream of numbers; behind its end there are zeros. */
struct fuzz_input {
	const uint8_t *data;
	size_t left;
};

FUZZ_OWN static inline uint64_t fuzz_take(struct fuzz_input *in, size_t bytes)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < bytes && in->left > 0; i++, in->left--) {
		value |= (uint64_t)*in->data++ << (8 * i);
	}
	return value;
}

/* Runs one input. The names are libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

#endif
