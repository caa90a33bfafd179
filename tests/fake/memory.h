/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the fake machine's memory look like?
 *
 * VTL2's lies at its own guest physical address, VTL0's in the window above its own, as in the
 * firmware. Nothing else is there: an access outside is a fault, not a lucky read.
 */
#ifndef TESTS_FAKE_MEMORY_H
#define TESTS_FAKE_MEMORY_H

#include <stdint.h>

#include "core/arch.h"
#include "core/platform.h"
#include "core/types.h"

/* VTL0's first RAM is told in two ranges without a gap, of two NUMA nodes. */
#define FAKE_LOW UINT64_C(0x10000000)
#define FAKE_SEAM UINT64_C(0x10200000)
#define FAKE_VTL2 UINT64_C(0x10300000)
#define FAKE_HIGH UINT64_C(0x10700000) /* VTL0's second RAM */
#define FAKE_RESERVED UINT64_C(0x10800000)
#define FAKE_END UINT64_C(0x10810000) /* a hole from here on; reserved and hole are not mapped */
#define FAKE_VTL2_SIZE (FAKE_HIGH - FAKE_VTL2)

/* A device of the host, not memory of anybody. */
#define FAKE_UART0 UINT64_C(0xEFFEC000)
#define FAKE_UART1 UINT64_C(0xEFFEB000)

/* All of it anew: zeroes, and every page reachable. */
void fake_memory_reset(void);

/* Takes the page away: touching it faults. */
void fake_memory_take(uint64_t page);
bool fake_memory_is_taken(uint64_t page);

/* The tree that describes it: cpu_count processors with hardware numbers 0x100 + n. */
void fake_platform(struct platform *platform, uint32_t cpu_count);

static inline uint8_t *fake_at(uint64_t gpa)
{
	bool is_ours = gpa >= FAKE_VTL2 && gpa < FAKE_HIGH;

	return (uint8_t *)(uintptr_t)(is_ours ? gpa : gpa + ARCH_VTL0_WINDOW);
}

/* One pattern over all of VTL2's memory, and whether each byte still is. */
void fake_vtl2_fill(uint8_t byte);
bool fake_vtl2_is(uint8_t byte);

#endif
