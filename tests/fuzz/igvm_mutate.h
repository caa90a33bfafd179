/* SPDX-License-Identifier: BSD-2-Clause */
/* How is an IGVM file changed so that it stays one? */
#ifndef TESTS_FUZZ_IGVM_MUTATE_H
#define TESTS_FUZZ_IGVM_MUTATE_H

#include <stddef.h>
#include <stdint.h>

/* Of the kind of LLVMFuzzerCustomMutator. size is at least that of a fixed header. */
size_t igvm_mutate(uint8_t *data, size_t size, size_t max_size, unsigned int seed);

#endif
