/* SPDX-License-Identifier: BSD-2-Clause */
/* Does VTL0's tree, and do its tables, say what their input says? Half of tree_fuzz.c. */
#ifndef TESTS_FUZZ_TREE_VTL0_H
#define TESTS_FUZZ_TREE_VTL0_H

#include <stddef.h>
#include <stdint.h>

#include "dt/vtl0_tree.h"

/* Builds the tree from these facts; what was built must say them. */
void tree_vtl0_build(const struct vtl0_tree_input *in);

/* The bytes are the facts: any that the firmware's own checks let through. */
void tree_vtl0_facts(const uint8_t *data, size_t size);

#endif
