/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does hello.c ask of hello_calls.c?
 */
#ifndef GUEST_HELLO_H
#define GUEST_HELLO_H

#include "tests/guest/lib/guest.h"

/* Every call of the first payload by one door; name is what the report calls it. */
void calls_by(enum door door, const char *name);

/* hello_arm64.c, hello_x86_64.c: what only one architecture has. */

/* Is what was handed over nothing that the library reads? Says so. */
bool hello_is_skipped(void);
/* Calls that the hypervisor may hand on: says what came back; both answers are legal. */
void forwarded_calls(void);

/* Does Paravane offer this call there? */
bool offered(enum door door, uint64_t id);

/* A counter of Paravane's, or all ones if the call failed. */
uint64_t statistic(enum door door, uint64_t index);

#endif
