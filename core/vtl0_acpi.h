/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which EFI and ACPI tables does VTL0 get?
 *
 * Linux before 7.x recognises Hyper-V on arm64 by the FADT alone, so a kernel that shall notice
 * it needs ACPI, and ACPI on arm64 is found through EFI. This is the smallest set that satisfies
 * both without any firmware running: one block of bytes in VTL0's memory, pointed to by a tree
 * that holds /chosen only. There are no runtime services: boot with efi=noruntime.
 */
#ifndef CORE_VTL0_ACPI_H
#define CORE_VTL0_ACPI_H

#include "core/err.h"
#include "core/types.h"

/* The block: whole pages, enough for 64 processors and 64 memory ranges. */
#define VTL0_ACPI_SIZE 0x4000u
#define VTL0_ACPI_MAX_CPUS 64u
#define VTL0_ACPI_MAX_RANGES 64u

/* EFI memory descriptors as this block writes them. */
#define VTL0_ACPI_DESCRIPTOR_SIZE 40u
#define VTL0_ACPI_DESCRIPTOR_VERSION 1u

struct vtl0_acpi_input {
	uint64_t block_gpa; /* where VTL0 will see the block: page aligned, in VTL0's RAM */

	const struct range *memory; /* VTL0's RAM: whole pages, sorted, disjoint */
	uint32_t memory_count;
	struct range tree; /* whole pages around the device tree, in VTL0's RAM */

	const hw_id_t *cpus; /* MPIDR affinity fields, the boot processor's first */
	uint32_t cpu_count;

	uint64_t gicd_base;
	uint64_t gicr_base;
	uint32_t gicr_count;  /* frames of 0x20000 bytes: also of processors VTL0 has not got */
	uint32_t timer_intid; /* virtual timer, a PPI: 16 to 31 */

	bool has_uart;
	uint64_t uart_base;
	uint32_t uart_intid; /* an SPI: 32 to 1019 */

	uint64_t door_page; /* 0: none */
	bool has_vtl_call;
};

/* Addresses as VTL0 sees them, for /chosen. */
struct vtl0_acpi_layout {
	uint64_t system_table;
	uint64_t memory_map;
	uint32_t memory_map_size;
	uint64_t rsdp; /* what the system table leads to */
};

/*
 * Writes the block into VTL0_ACPI_SIZE bytes at *block, unused ones as zeros. ERR_INVALID,
 * ERR_RANGE, ERR_ALIGN: a fact that the tables cannot express; ERR_NO_MEMORY: too many of them.
 */
enum err __must_check vtl0_acpi_build(const struct vtl0_acpi_input *in, uint8_t *block,
				      struct vtl0_acpi_layout *layout);

/* CRC-32 of UEFI tables (polynomial 0x04C11DB7, reflected). */
uint32_t vtl0_acpi_crc32(const uint8_t *bytes, size_t size);

#endif
