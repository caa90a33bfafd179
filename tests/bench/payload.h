/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of the counted payload has each architecture in its own way?
 */
#ifndef TESTS_BENCH_PAYLOAD_H
#define TESTS_BENCH_PAYLOAD_H

#include "tests/guest/lib/guest.h"

#define REPEATS 16

/* marked_*.S. x: eight registers of a request; target: door_target(door). */
void counted_call(uint64_t x[8], enum door door, uint64_t target);
uint32_t counted_load(uint64_t address);
void counted_nothing(void);

/* Where a call through that door goes: an address or an MSR. */
uint64_t door_target(enum door door);

/* payload.c: the name of the next REPEATS intervals. */
void path(const char *name, const char *door);

/* The console's registers, and what else only this architecture intercepts. */
void count_devices(void);

#endif
