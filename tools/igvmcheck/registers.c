/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which registers may a VBS register list name, and what are they called?
 */
#include "tools/igvmcheck/context.h"

struct register_row {
	uint32_t number;
	const char *name;
};

static const struct register_row arm64_registers[] = {
	{ 0x00020000, "X0" },	     { 0x00020001, "X1" },	  { 0x00020002, "X2" },
	{ 0x00020003, "X3" },	     { 0x00020004, "X4" },	  { 0x00020005, "X5" },
	{ 0x00020006, "X6" },	     { 0x00020007, "X7" },	  { 0x00020022, "XPC" },
	{ 0x00020023, "CPSR" },	     { 0x00040002, "SCTLR_EL1" }, { 0x00040005, "TTBR0_EL1" },
	{ 0x00040006, "TTBR1_EL1" }, { 0x00040007, "TCR_EL1" },	  { 0x0004000B, "MAIR_EL1" },
	{ 0x0004000C, "VBAR_EL1" },
};

static const struct register_row x64_registers[] = {
	{ 0x00020004, "RSP" },
	{ 0x00020005, "RBP" },
	{ 0x00020006, "RSI" },
	{ 0x00020008, "R8" },
	{ 0x00020009, "R9" },
	{ 0x0002000A, "R10" },
	{ 0x0002000B, "R11" },
	{ 0x0002000C, "R12" },
	{ 0x00020010, "RIP" },
	{ 0x00020011, "RFLAGS" },
	{ 0x00040000, "CR0" },
	{ 0x00040002, "CR3" },
	{ 0x00040003, "CR4" },
	{ 0x00060000, "ES" },
	{ 0x00060001, "CS" },
	{ 0x00060002, "SS" },
	{ 0x00060003, "DS" },
	{ 0x00060004, "FS" },
	{ 0x00060005, "GS" },
	{ 0x00060007, "TR" },
	{ 0x00070000, "IDTR" },
	{ 0x00070001, "GDTR" },
	{ 0x00080001, "EFER" },
	{ 0x00080004, "PAT" },
	{ 0x0008000E, "MTRR_DEF_TYPE" },
	{ 0x00080010, "MTRR_PHYS_BASE0" },
	{ 0x00080011, "MTRR_PHYS_BASE1" },
	{ 0x00080012, "MTRR_PHYS_BASE2" },
	{ 0x00080013, "MTRR_PHYS_BASE3" },
	{ 0x00080014, "MTRR_PHYS_BASE4" },
	{ 0x00080040, "MTRR_PHYS_MASK0" },
	{ 0x00080041, "MTRR_PHYS_MASK1" },
	{ 0x00080042, "MTRR_PHYS_MASK2" },
	{ 0x00080043, "MTRR_PHYS_MASK3" },
	{ 0x00080044, "MTRR_PHYS_MASK4" },
	{ 0x00080070, "MTRR_FIX64K_00000" },
	{ 0x00080071, "MTRR_FIX16K_80000" },
	{ 0x00080077, "MTRR_FIX4K_E0000" },
	{ 0x00080078, "MTRR_FIX4K_E8000" },
	{ 0x00080079, "MTRR_FIX4K_F0000" },
	{ 0x0008007A, "MTRR_FIX4K_F8000" },
};

static const char *find(const struct register_row *rows, size_t count, uint32_t number)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (rows[i].number == number) {
			return rows[i].name;
		}
	}
	return NULL;
}

const char *register_name(enum arch arch, uint32_t name)
{
	if (arch == ARCH_AARCH64) {
		return find(arm64_registers, sizeof(arm64_registers) / sizeof(arm64_registers[0]),
			    name);
	}
	return find(x64_registers, sizeof(x64_registers) / sizeof(x64_registers[0]), name);
}
