/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which state does an x86_64 processor start? In 64-bit mode, on tables of our own.
 */
#include <string.h>

#include "paravane/params.h"
#include "tools/igvm/format.h"
#include "tools/igvm/machine.h"

/* Present, writable, accessed; of a block also dirty and large: the processor writes nothing. */
#define TABLE_ENTRY UINT64_C(0x23)
#define BLOCK_ENTRY UINT64_C(0xE3)

#define CR0 UINT64_C(0x80000021) /* PG NE PE */
#define CR4 UINT64_C(0x60)	 /* MCE PAE */
#define EFER UINT64_C(0xD00)	 /* NXE LMA LME */
#define RFLAGS UINT64_C(0x2)
#define PAT UINT64_C(0x0007040600070406) /* as after reset */

/* The selectors are those of the table that the firmware loads first. */
#define SEGMENT(selector, attributes, limit)                                                       \
	((uint64_t)(attributes) << 48 | (uint64_t)(selector) << 32 | (limit))
#define CODE SEGMENT(0x10, 0xA09B, 0xFFFFFFFF)
#define DATA SEGMENT(0x18, 0xC093, 0xFFFFFFFF)
#define TASK SEGMENT(0, 0x8B, 0xFFFF)

static size_t registers(const struct layout *l, struct machine_register *out)
{
	const struct machine_register list[] = {
		{ IGVM_REG_RIP, l->base, 0 },
		/* The loader moves RIP and CR3 with the image; RSI it does not, so an offset. */
		{ IGVM_REG_RSI, l->params_offset, 0 },
		{ IGVM_REG_R8, PARAVANE_ENTRY_MAGIC, 0 },
		{ IGVM_REG_RFLAGS, RFLAGS, 0 },
		{ IGVM_REG_CR0, CR0, 0 },
		{ IGVM_REG_CR3, l->base + l->tables_offset, 0 },
		{ IGVM_REG_CR4, CR4, 0 },
		{ IGVM_REG_EFER, EFER, 0 },
		{ IGVM_REG_PAT, PAT, 0 },
		{ IGVM_REG_CS, 0, CODE },
		{ IGVM_REG_DS, 0, DATA },
		{ IGVM_REG_ES, 0, DATA },
		{ IGVM_REG_FS, 0, DATA },
		{ IGVM_REG_GS, 0, DATA },
		{ IGVM_REG_SS, 0, DATA },
		{ IGVM_REG_TR, 0, TASK },
	};

	_Static_assert(sizeof(list) <= MACHINE_REGISTERS_MAX * sizeof(*out), "room");
	memcpy(out, list, sizeof(list));
	return sizeof(list) / sizeof(list[0]);
}

const struct machine machine_x86_64 = {
	.file_version = IGVM_VERSION_1,
	.table_bits = TABLE_ENTRY,
	.block_bits = BLOCK_ENTRY,
	.registers = registers,
};
