/* SPDX-License-Identifier: BSD-2-Clause */
/* What does the fake processor do, and what was it asked for? (core/arch.h) */
#ifndef TESTS_FAKE_CPU_H
#define TESTS_FAKE_CPU_H

#include "core/arch.h"

#define FAKE_CPU_RECORDS 64

struct fake_cpu {
	/* What it answers. */
	struct vp *this_vp;
	hw_id_t hw_id;
	uint64_t counter;
	uint64_t counter_step; /* it goes on by this much each time it is read */
	uint64_t counter_hz;
	uint32_t random_words; /* that many requests are answered, then random_err */
	enum err random_err;
	enum err map_err;
	void (*on_wait)(void); /* what another VP does meanwhile */

	/* What was asked. */
	uint32_t waits;
	uint32_t wakes;
	uint32_t random_calls;
	uint32_t map_count;
	struct range map[FAKE_CPU_RECORDS];
	bool map_is_device[FAKE_CPU_RECORDS];
	uint32_t clean_count;
	struct range clean[FAKE_CPU_RECORDS];
	struct vp *stack_of;
	void (*next)(void);
};
extern struct fake_cpu fake_cpu;

void fake_cpu_reset(void);

/* The n-th word of the random number instruction, from 0. */
uint64_t fake_cpu_random_word(uint32_t n);

#endif
