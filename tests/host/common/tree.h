/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which device tree does the host give to VTL2?
 *
 * The tree of a host, as far as it is publicly known: cpus, memory, /openhcl, the two VMBus roots,
 * two UARTs, /chosen when there are bootargs, /intc, /psci and /timer only when asked for. On
 * request one deliberate defect, by name (tree_defect.h). The tree is a pure function of its
 * parameters.
 */
#ifndef TESTS_HOST_COMMON_TREE_H
#define TESTS_HOST_COMMON_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Values of microsoft,igvm-type. */
#define TREE_MEMORY 0U
#define TREE_MEMORY_RESERVED 1U
#define TREE_MEMORY_PERSISTENT 2U
#define TREE_MEMORY_VTL2 3U

struct tree_range {
	uint64_t base;
	uint64_t size;
	uint32_t type;
};

struct tree_uart {
	uint64_t base;	/* below 4 GiB; 4 KiB long */
	uint32_t intid; /* absolute, an SPI */
};

struct tree_params {
	/* One entry for each VP, in order of VP index; written in that order, or reversed. */
	const uint64_t *hw_id; /* MPIDR affinity, or APIC id */
	uint32_t vp_count;
	bool cpus_reversed;
	uint32_t cpu_cells;  /* address cells of /cpus: 1 or 2 */
	uint32_t boot_cpuid; /* low half of the boot processor's */

	/* Ascending and without overlap; written in reverse, as hosts do. */
	const struct tree_range *memory;
	uint32_t memory_count;

	struct tree_uart uart[2]; /* com1 (firmware's log) and com2, in this order */
	bool ports;		  /* their bases are ports, as x86 has them */

	/* MMIO of the two VMBus roots; size 0: an empty ranges property, and no unit address. */
	struct tree_range vmbus_vtl0;
	struct tree_range vmbus_vtl2;

	bool vmbus_size1; /* VMBus nodes as Linux's binding has them: one size cell, an interrupt */
	bool types_vtl2;  /* only VTL2's memory nodes say their type */

	bool gic; /* write /intc with the two addresses below */
	uint64_t gicd_base;
	uint64_t gicr_base; /* one region of 0x20000 for each VP */

	bool kernel_nodes;    /* what a kernel wants besides (tree_kernel.h) */
	uint32_t timer_intid; /* absolute, a PPI, then with gic; 0: there is none */

	const uint8_t *entropy; /* size 0: no /openhcl/entropy */
	uint32_t entropy_size;

	const char *bootargs; /* NULL or empty: no /chosen */
	const char *defect;   /* NULL or empty: a good tree */
};

/*
 * Writes the tree into `buf` (8-byte aligned). NULL when done, with the length in *size; else a
 * sentence that says what is wrong (no room, an unknown defect).
 */
const char *tree_build(const struct tree_params *params, void *buf, size_t cap, size_t *size);

/*
 * Cuts RAM along VTL2's ranges: writes ascending ranges of type 0 and 3 to `out`. Both inputs must
 * be ascending, page aligned and without overlap, and VTL2's must lie in RAM as a whole. Returns
 * how many were written, 0 when the inputs are not so or `out` is too small.
 */
uint32_t tree_split_memory(const struct tree_range *ram, uint32_t ram_count,
			   const struct tree_range *vtl2, uint32_t vtl2_count,
			   struct tree_range *out, uint32_t out_max);

#endif
