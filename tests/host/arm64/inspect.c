/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which pages of VTL2's can VTL2 not write, by its own tables? (inspect=on)
 */
#include "tests/host/common/inspect.h"

#include <stddef.h>

#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/arch.h"

#define PAGE 4096ull
#define LEVELS_MAX 4

#define DESC_VALID 1ull
#define DESC_TABLE 2ull /* at the last level: a page */
#define DESC_READ_ONLY (1ull << 7)
#define DESC_ADDRESS 0x0000FFFFFFFFF000ull
#define SCTLR_M 1ull

static uint32_t granule_shift; /* of VTL2's tables */

/* VTL2's on the boot VP; false: it runs VTL2 now, and this is another processor. */
bool arch_inspect_registers(uint64_t now[INSPECT_REGISTERS])
{
	const struct cpu *cpu = &cpus[0];
	const struct vtl_regs *regs = &cpu->regs[vtl_slot(2)];

	if (cpu->vp.active != 2) {
		now[0] = regs->ttbr0;
		now[1] = regs->tcr;
		now[2] = regs->sctlr;
		now[3] = regs->mair;
		now[4] = regs->vbar;
		return true;
	}
	now[0] = sysreg_read(ttbr0_el1);
	now[1] = sysreg_read(tcr_el1);
	now[2] = sysreg_read(sctlr_el1);
	now[3] = sysreg_read(mair_el1);
	now[4] = sysreg_read(vbar_el1);
	return cpu == cpu_self();
}

static uint32_t levels(void)
{
	return (48 - granule_shift + granule_shift - 4) / (granule_shift - 3);
}

/* A table, which is as large as a page of its granule. */
static const uint64_t *one_table(struct inspect_pass *pass, uint64_t gpa)
{
	uint64_t at;

	for (at = 0; at < 1ull << granule_shift; at += PAGE) {
		inspect_page(pass, gpa + at, 0);
	}
	return arch_ram(gpa, 1ull << granule_shift);
}

static void leaf(struct inspect_pass *pass, uint64_t entry, uint32_t level)
{
	uint64_t size = 1ull << (granule_shift + (granule_shift - 3) * (levels() - 1 - level));
	uint64_t base = entry & DESC_ADDRESS & ~(size - 1);
	uint64_t at;

	for (at = 0; (entry & DESC_READ_ONLY) != 0 && at < size; at += PAGE) {
		inspect_page(pass, base + at, 0);
	}
}

/* All tables from the root on, and what they map. */
static void walk(struct inspect_pass *pass, uint64_t root, uint32_t bits)
{
	uint32_t per_level = granule_shift - 3;
	uint32_t level = levels() - (bits - granule_shift + per_level - 1) / per_level;
	const uint64_t *table[LEVELS_MAX];
	uint32_t index[LEVELS_MAX] = { 0 };
	uint32_t top = level;
	uint64_t entry;

	table[level] = one_table(pass, root);
	for (;;) {
		if (table[level] == NULL || index[level] == 1u << per_level) {
			if (level == top) {
				return;
			}
			level--;
			continue;
		}
		entry = table[level][index[level]++];
		if ((entry & DESC_VALID) == 0) {
			continue;
		}
		if (level == levels() - 1 || (entry & DESC_TABLE) == 0) {
			leaf(pass, entry, level);
			continue;
		}
		level++;
		table[level] = one_table(pass, entry & DESC_ADDRESS);
		index[level] = 0;
	}
}

void arch_inspect_walk(struct inspect_pass *pass, const uint64_t registers[INSPECT_REGISTERS])
{
	static const uint8_t shifts[] = { 12, 16, 14, 0 }; /* by TCR_EL1.TG0 */

	granule_shift = shifts[registers[1] >> 14 & 3];
	if ((registers[2] & SCTLR_M) == 0 || granule_shift == 0) {
		arch_fatal("inspect: VTL2 has no tables, or of no known granule");
	}
	walk(pass, registers[0] & DESC_ADDRESS, 64 - (uint32_t)(registers[1] & 0x3F));
}
