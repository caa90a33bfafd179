/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the 64-bit boot protocol hand over to VTL0's kernel?
 *
 * May assume: the kernel passed arch_kernel_check() and lies in place; VTL0 has never run. Must
 * never: name memory that is not VTL0's.
 */
#include "arch/x86_64/boot_params.h"

#include <string.h>

#include "arch/x86_64/setup_header.h"
#include "core/arch.h"
#include "core/log.h"
#include "core/payload.h"
#include "core/vtl0_facts.h"

#define GDT_CODE UINT64_C(0x00AF9B000000FFFF)
#define GDT_DATA UINT64_C(0x00CF93000000FFFF)

#define PAGE_SIZE UINT64_C(0x1000)
#define LARGE_PAGE (UINT64_C(2) << 20)
#define ENTRIES UINT64_C(512)
#define DIRECTORIES 4 /* of 1 GiB each */

#define PTE_TABLE 0x03 /* present, writable */
#define PTE_LARGE 0x83
#define FIRST_DIRECTORY 2

static void put_tables(uint8_t *tables, uint64_t gpa)
{
	uint64_t i;

	setup_put(tables, 0, (gpa + PAGE_SIZE) | PTE_TABLE, 8);
	for (i = 0; i < DIRECTORIES; i++) {
		setup_put(tables, PAGE_SIZE + 8 * i,
			  (gpa + (FIRST_DIRECTORY + i) * PAGE_SIZE) | PTE_TABLE, 8);
	}
	for (i = 0; i < DIRECTORIES * ENTRIES; i++) {
		setup_put(tables, FIRST_DIRECTORY * PAGE_SIZE + 8 * i, i * LARGE_PAGE | PTE_LARGE,
			  8);
	}
}

static void put_range(uint8_t *params, uint64_t base, uint64_t end, uint32_t type)
{
	uint32_t i = params[PARAMS_E820_ENTRIES];
	uint32_t at = PARAMS_E820_TABLE + i * E820_ENTRY_SIZE;

	if (base < end && i < E820_MAX) {
		setup_put(params, at, base, 8);
		setup_put(params, at + 8, end - base, 8);
		setup_put(params, at + 16, type, 4);
		params[PARAMS_E820_ENTRIES]++;
	}
}

/* VTL0's RAM; the tables in it are to be kept until they were read. */
static void put_memory(uint8_t *params, const struct vtl0_facts *facts, struct range tables)
{
	uint32_t i;

	for (i = 0; i < facts->memory_count; i++) {
		struct range r = facts->memory[i];

		if (range_contains(r, tables)) {
			put_range(params, r.base, tables.base, E820_RAM);
			put_range(params, tables.base, range_end(tables), E820_ACPI);
			put_range(params, range_end(tables), range_end(r), E820_RAM);
		} else {
			put_range(params, r.base, range_end(r), E820_RAM);
		}
	}
}

static void put_params(uint8_t *params, const struct payload_plan *plan)
{
	const uint8_t *kernel = vtl0_mem_boot_view(plan->kernel);
	uint32_t end = SETUP_MAGIC + kernel[SETUP_LENGTH];
	uint64_t line = plan->handover.checked_base + BOOT_BLOCK_COMMAND_LINE;
	struct gpa_range ramdisk = plan->ramdisk;

	memcpy(params + SETUP_SECTORS, kernel + SETUP_SECTORS, end - SETUP_SECTORS);
	params[SETUP_TYPE_OF_LOADER] = SETUP_LOADER_UNDEFINED;
	setup_put(params, SETUP_RAMDISK_IMAGE, ramdisk.checked_base, 4);
	setup_put(params, PARAMS_EXT_RAMDISK_IMAGE, ramdisk.checked_base >> 32, 4);
	setup_put(params, SETUP_RAMDISK_SIZE, ramdisk.checked_size, 4);
	setup_put(params, PARAMS_EXT_RAMDISK_SIZE, ramdisk.checked_size >> 32, 4);
	setup_put(params, SETUP_CMD_LINE_PTR, line, 4);
	setup_put(params, PARAMS_EXT_CMD_LINE_PTR, line >> 32, 4);
	setup_put(params, PARAMS_ACPI_RSDP, plan->handover.checked_base + BOOT_BLOCK_ACPI, 8);
}

enum err arch_hand_over(const struct vtl0_facts *facts, const struct payload_plan *plan,
			const char *bootargs)
{
	uint8_t *block = vtl0_mem_boot_view(plan->handover);
	uint64_t gpa = plan->handover.checked_base;
	size_t line = strlen(bootargs) + 1;

	/* All that the kernel reads before it has tables of its own. */
	if (gpa > BOOT_TABLES_REACH - BOOT_BLOCK_SIZE ||
	    plan->kernel.checked_base > BOOT_TABLES_REACH - plan->kernel.checked_size) {
		log_error("payload: no room below 4 GiB for the kernel");
		return ERR_RANGE;
	}
	if (plan->handover.checked_size < BOOT_BLOCK_SIZE || line > PAGE_SIZE) {
		log_error("payload: command line of %lu bytes", line);
		return ERR_NO_MEMORY;
	}
	memset(block, 0, BOOT_BLOCK_SIZE);
	put_params(block + BOOT_BLOCK_PARAMS, plan);
	put_memory(block + BOOT_BLOCK_PARAMS, facts,
		   (struct range){ gpa + BOOT_BLOCK_ACPI, ACPI_SIZE });
	setup_put(block + BOOT_BLOCK_GDT, BOOT_SELECTOR_CODE, GDT_CODE, 8);
	setup_put(block + BOOT_BLOCK_GDT, BOOT_SELECTOR_DATA, GDT_DATA, 8);
	memcpy(block + BOOT_BLOCK_COMMAND_LINE, bootargs, line);
	put_tables(block + BOOT_BLOCK_TABLES, gpa + BOOT_BLOCK_TABLES);
	return acpi_build(block + BOOT_BLOCK_ACPI, gpa + BOOT_BLOCK_ACPI, facts);
}
