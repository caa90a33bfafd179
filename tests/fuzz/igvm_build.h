/* SPDX-License-Identifier: BSD-2-Clause */
/* What does the builder make of any numbers that its layout takes? */
#ifndef TESTS_FUZZ_IGVM_BUILD_H
#define TESTS_FUZZ_IGVM_BUILD_H

#include <stdbool.h>

#include "tests/fuzz/fuzz.h"

struct igvm_built {
	uint8_t *bytes; /* to be freed */
	size_t size;
	uint64_t base;
	uint64_t memory;
	uint64_t move_to; /* where a loader might be asked to put it */
};

/* False: the builder refused, and said why. */
bool igvm_build(struct fuzz_input *in, struct igvm_built *built);

#endif
