/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which hypervisor is this host today? Where the published sources differ or are silent, a dialect
 * chooses: by its number for each option by itself, or as one of the fixed lists.
 */
#ifndef TESTS_HOST_COMMON_DIALECT_H
#define TESTS_HOST_COMMON_DIALECT_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/options.h"

/* A number, or the name of a list. */
bool dialect_known(const char *dialect);

/* The n-th option that a dialect chooses; NULL behind the last. */
const char *dialect_key(uint32_t n);

/*
 * Gives the n-th option the value that options->dialect chooses, and adds it to options->drawn.
 * The value depends on the number and the option's name alone, not on what else is drawn.
 */
void dialect_draw(struct host_options *options, uint32_t n);

#endif
