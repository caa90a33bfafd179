/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * On which machine do the requests run?
 *
 * It is made once; before each input only what an input can touch is put back. VTL0's memory is
 * mapped twice: where the firmware sees it, it is read-only, so that a store of a service faults.
 */
#ifndef TESTS_FUZZ_DISPATCH_WORLD_H
#define TESTS_FUZZ_DISPATCH_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/vp.h"

#define WORLD_VPS 4

/* The machine as after boot; seeded: with entropy. */
void world_start(bool seeded);

/* VTL0 writes to its own memory, below the end of a range of it. */
void world_write(uint64_t gpa, const uint8_t *bytes, size_t size);

/* State of files that have no way to forget it. */
void world_forget_state(void);

#endif
