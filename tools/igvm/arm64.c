/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which state does an arm64 processor start? (VMSAv8-64, EL1&0, stage 1)
 */
#include <string.h>

#include "paravane/params.h"
#include "tools/igvm/format.h"
#include "tools/igvm/machine.h"

#define DESC_BLOCK UINT64_C(0x1)
#define DESC_TABLE UINT64_C(0x3)
#define DESC_ATTR(index) ((uint64_t)(index) << 2)
#define DESC_SH_INNER (UINT64_C(3) << 8)
#define DESC_AF (UINT64_C(1) << 10)
#define DESC_UXN (UINT64_C(1) << 54) /* EL0 is never used; nothing may run there */

/* EL1h, D A I F masked: the firmware has no vectors yet. */
#define CPSR UINT64_C(0x3C5)
/* M C I EOS TSCXT EIS SPAN nTLSMD LSMAOE: MMU and caches on, little endian. */
#define SCTLR UINT64_C(0x30D01805)
/* Attribute 0 Device-nGnRnE, 1 Normal non-cacheable, 2 write-through, 3 write-back. */
#define MAIR UINT64_C(0xFFBB4400)
#define ATTR_WRITE_BACK 3
/* T0SZ 17. Tables in write-back inner shareable memory, 4 KiB granule, 48-bit physical addresses.
 * TTBR1 is not walked (EPD1), but its granule is valid: an erratum looks at it all the same. */
#define TCR                                                                                        \
	(UINT64_C(17) | UINT64_C(1) << 8 | UINT64_C(1) << 10 | UINT64_C(3) << 12 |                 \
	 UINT64_C(1) << 23 | UINT64_C(2) << 30 | UINT64_C(5) << 32)

static size_t registers(const struct layout *l, struct machine_register *out)
{
	const struct machine_register list[] = {
		{ IGVM_REG_PC, l->base, 0 },
		/* The loader moves PC and TTBR0 with the image; X0 it does not, so an offset. */
		{ IGVM_REG_X0, l->params_offset, 0 },
		{ IGVM_REG_X1, PARAVANE_ENTRY_MAGIC, 0 },
		{ IGVM_REG_CPSR, CPSR, 0 },
		{ IGVM_REG_SCTLR_EL1, SCTLR, 0 },
		{ IGVM_REG_TCR_EL1, TCR, 0 },
		{ IGVM_REG_MAIR_EL1, MAIR, 0 },
		{ IGVM_REG_VBAR_EL1, 0, 0 },
		{ IGVM_REG_TTBR0_EL1, l->base + l->tables_offset, 0 },
		{ IGVM_REG_TTBR1_EL1, 0, 0 },
	};

	_Static_assert(sizeof(list) <= MACHINE_REGISTERS_MAX * sizeof(*out), "room");
	memcpy(out, list, sizeof(list));
	return sizeof(list) / sizeof(list[0]);
}

const struct machine machine_arm64 = {
	.file_version = IGVM_VERSION_2,
	.table_bits = DESC_TABLE,
	.block_bits = DESC_BLOCK | DESC_ATTR(ATTR_WRITE_BACK) | DESC_SH_INNER | DESC_AF | DESC_UXN,
	.registers = registers,
};
