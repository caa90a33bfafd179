/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What may VTL0 know of its machine?
 *
 * Collected once from what was checked and from what came up; the tree and the ACPI tables are two
 * ways of writing the same facts down.
 */
#ifndef CORE_VTL0_FACTS_H
#define CORE_VTL0_FACTS_H

#include "core/platform.h"
#include "core/types.h"

#define VTL0_SEED_SIZE 32

/* The virtual timer's PPI where the host's tree names none (OpenHCL's practice). */
#define VTL0_TIMER_INTID 20

struct vtl0_facts {
	uint32_t memory_count;
	struct range memory[PLATFORM_MAX_MEM_RANGES];
	uint32_t cpu_count;
	hw_id_t cpus[PLATFORM_MAX_CPUS]; /* the boot processor's first; only those that came up */
	uint64_t gicd_base;
	uint64_t gicr_base;
	uint32_t gicr_count; /* of all enabled processors: the last one is marked */
	uint32_t timer_intid;
	bool has_uart;
	uint64_t uart_base;
	uint32_t uart_intid;
	gpa_t door_page; /* 0: shut; else the door MSR on an architecture that has that instead */
	bool has_vtl_call;
	bool has_forwarded;  /* hypercalls that the hypervisor does not know come to us */
	uint64_t kaslr_seed; /* 0: no randomness to give */
	uint32_t rng_seed_size;
	uint8_t rng_seed[VTL0_SEED_SIZE];
};

/* Boot VP, after the processors came up and the doors are open. */
void vtl0_facts_collect(const struct platform *platform, gpa_t door_page, struct vtl0_facts *facts);

#endif
