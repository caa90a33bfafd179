/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which tree does VTL0 get?
 *
 * Made from facts that the firmware checked, never from the host's tree. Two forms: the whole
 * machine, or (ACPI mode) /chosen alone, which makes an arm64 Linux look for the EFI and ACPI
 * tables that it points to.
 */
#ifndef DT_VTL0_TREE_H
#define DT_VTL0_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/types.h"

#define VTL0_TREE_DEFAULT_TIMER_INTID 20u
#define VTL0_TREE_SIZE 0x10000u /* room enough for the largest platform */

/* Where the tables of the ACPI mode lie; see core/vtl0_acpi.h. */
struct vtl0_tree_efi {
	uint64_t system_table; /* 0: no ACPI mode, the whole machine is described */
	uint64_t memory_map;
	uint32_t memory_map_size;
	uint32_t descriptor_size;
	uint32_t descriptor_version;
};

struct vtl0_tree_input {
	const struct range *memory; /* VTL0's RAM */
	uint32_t memory_count;

	const hw_id_t *cpus; /* MPIDR affinity fields, in the order VTL0 shall count them */
	uint32_t cpu_count;
	hw_id_t boot_cpu; /* one of them */

	uint64_t gicd_base;
	uint64_t gicr_base;
	uint32_t gicr_count;  /* frames of 0x20000 bytes: also of processors VTL0 has not got */
	uint32_t timer_intid; /* virtual timer, a PPI: 16 to 31 */

	bool has_uart;
	uint64_t uart_base;
	uint32_t uart_intid; /* an SPI: 32 to 1019 */

	uint64_t door_page; /* 0: none */
	bool has_vtl_call;
	uint32_t services_intid; /* what services raise, an SPI; 0: none */

	struct range initrd; /* size 0: none */
	const char *bootargs;
	uint64_t kaslr_seed;	 /* 0: none */
	const uint8_t *rng_seed; /* of rng_seed_size bytes; size 0: none */
	uint32_t rng_seed_size;

	struct vtl0_tree_efi efi;
};

/*
 * Writes the tree into the buffer (8-byte aligned) and its size into *used. ERR_INVALID: a fact
 * that no tree can express. ERR_NO_MEMORY: the buffer is too small. The buffer's contents are
 * unspecified after a failure.
 */
enum err __must_check vtl0_tree_build(const struct vtl0_tree_input *in, void *buffer,
				      size_t buffer_size, uint32_t *used);

#endif
