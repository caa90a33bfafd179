/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the 64-bit boot protocol hand over to VTL0's kernel? (Linux: x86 boot protocol)
 *
 * One block in VTL0's memory: boot_params, the segments that it starts with, its command line,
 * page tables that map the lowest 4 GiB at their own address, and the ACPI tables.
 */
#ifndef ARCH_X86_64_BOOT_PARAMS_H
#define ARCH_X86_64_BOOT_PARAMS_H

#include "arch/x86_64/acpi.h"

/* Offsets in the block. */
#define BOOT_BLOCK_PARAMS 0x0000
#define BOOT_BLOCK_GDT 0x1000
#define BOOT_BLOCK_COMMAND_LINE 0x2000
#define BOOT_BLOCK_TABLES 0x3000
#define BOOT_BLOCK_ACPI 0x9000
#define BOOT_BLOCK_SIZE (BOOT_BLOCK_ACPI + ACPI_SIZE)

/* What the tables map: 2 MiB pages, so that every processor has them. */
#define BOOT_TABLES_REACH (UINT64_C(4) << 30)

#define BOOT_SELECTOR_CODE 0x10
#define BOOT_SELECTOR_DATA 0x18
#define BOOT_GDT_SIZE 32

#endif
