/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A hypervisor that does as it is told and writes everything down. (vtl/vtl_arch.h, hypercalls)
 *
 * Registers can be set and read, every other call succeeds; a script makes the next calls of a
 * code end otherwise. It is strict where Hyper-V is, and what it does not promise it poisons.
 * Offsets and numbers here are its own, so that a mistake in include/hv shows.
 */
#ifndef TESTS_FAKE_HV_H
#define TESTS_FAKE_HV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAKE_HV_CALLS 2200
#define FAKE_HV_POISON 0xEE

struct fake_hv_call {
	uint64_t control;
	uint16_t code;
	bool fast;
	uint32_t reps;
	uint32_t start;
	uint32_t in_pairs; /* fast */
	uint64_t in_pa;	   /* memory */
	uint64_t out_pa;
	uint8_t in[4096];
};

void fake_hv_reset(void);

/* The next calls of that code, as often as said, end with this status after done elements
 * (counted from element 0). Scripts of one code are used up in the order of their making. */
void fake_hv_script(uint16_t code, uint16_t status, uint16_t done, uint32_t times);
/* Every call of that code. */
void fake_hv_refuse(uint16_t code, uint16_t status);
/* Every access to that register, at any VTL. */
void fake_hv_refuse_register(uint32_t name, uint16_t status);

/* Registers: vtl 0 or 2. A register that nobody set reads as 0; get tells whether it was set. */
void fake_hv_set(uint32_t vtl, uint32_t name, uint64_t low);
bool fake_hv_get(uint32_t vtl, uint32_t name, uint64_t *low, uint64_t *high);
uint64_t fake_hv_value(uint32_t vtl, uint32_t name);
uint32_t fake_hv_writes(uint32_t vtl, uint32_t name);

/* What HvCallGetVpIndexFromApicId answers. */
void fake_hv_add_vp(uint64_t hw_id, uint32_t index);

/* Called at each call, after it was written down. */
void fake_hv_on_call(void (*f)(const struct fake_hv_call *call));

/* What was asked: all calls, those of one code, and the n-th of a code. */
uint32_t fake_hv_count(void);
uint32_t fake_hv_count_of(uint16_t code);
const struct fake_hv_call *fake_hv_call(uint16_t code, uint32_t n);

/* Calls that Hyper-V would refuse as malformed. A test that expects none looks at this. */
uint32_t fake_hv_malformed(void);

#endif
