/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a test give a changed file a checksum that matches again?
 */
#ifndef TESTS_UNIT_TOOLS_SUM_H
#define TESTS_UNIT_TOOLS_SUM_H

#include <stddef.h>
#include <stdint.h>

/* Where the fields that it needs do not make sense, the file is left alone. */
void sum_update(uint8_t *bytes, size_t size);

#endif
