/* SPDX-License-Identifier: BSD-2-Clause */
/* Where do the fields of a kernel's setup header and of boot_params lie? (Linux: x86 boot protocol,
 * "zero page") */
#ifndef ARCH_X86_64_SETUP_HEADER_H
#define ARCH_X86_64_SETUP_HEADER_H

#include <stdint.h>

/* The header: the same offsets in the file and in boot_params. */
#define SETUP_SECTORS 0x1F1 /* also where the header begins */
#define SETUP_MAGIC 0x202
#define SETUP_LENGTH 0x201 /* the header's end, counted from SETUP_MAGIC */
#define SETUP_VERSION 0x206
#define SETUP_TYPE_OF_LOADER 0x210
#define SETUP_RAMDISK_IMAGE 0x218
#define SETUP_RAMDISK_SIZE 0x21C
#define SETUP_CMD_LINE_PTR 0x228
#define SETUP_KERNEL_ALIGNMENT 0x230
#define SETUP_RELOCATABLE 0x234
#define SETUP_XLOADFLAGS 0x236
#define SETUP_CMDLINE_SIZE 0x238
#define SETUP_PREF_ADDRESS 0x258
#define SETUP_INIT_SIZE 0x260
#define SETUP_END 0x268

#define SETUP_MAGIC_VALUE 0x53726448 /* "HdrS" */
#define SETUP_VERSION_64 0x20C
#define SETUP_XLF_KERNEL_64 0x1
#define SETUP_LOADER_UNDEFINED 0xFF

/* boot_params outside the header. */
#define PARAMS_ACPI_RSDP 0x070
#define PARAMS_EXT_RAMDISK_IMAGE 0x0C0
#define PARAMS_EXT_RAMDISK_SIZE 0x0C4
#define PARAMS_EXT_CMD_LINE_PTR 0x0C8
#define PARAMS_E820_ENTRIES 0x1E8
#define PARAMS_E820_TABLE 0x2D0
#define PARAMS_SIZE 0x1000

#define E820_ENTRY_SIZE 20
#define E820_MAX 128
#define E820_RAM 1
#define E820_ACPI 3

static inline uint64_t setup_get(const uint8_t *at, uint32_t offset, uint32_t bytes)
{
	uint64_t value = 0;

	while (bytes > 0) {
		bytes--;
		value = value << 8 | at[offset + bytes];
	}
	return value;
}

static inline void setup_put(uint8_t *at, uint32_t offset, uint64_t value, uint32_t bytes)
{
	uint32_t i;

	for (i = 0; i < bytes; i++) {
		at[offset + i] = (uint8_t)(value >> (8 * i));
	}
}

#endif
