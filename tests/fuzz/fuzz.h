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

/* Runs one input. The names are libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

#endif
