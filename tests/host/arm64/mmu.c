/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the host itself see at EL2? An identity map of 1 GiB blocks: the first is devices, the
 * others are RAM. Built once, before the other processors start.
 */
#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"

#define GIB (1ull << 30)
#define BLOCK_DEVICE (0x401ull | (1ull << 54)) /* AF, attribute 0, no execution */
#define BLOCK_NORMAL (0x705ull)		       /* AF, inner shareable, attribute 1 */

static uint64_t level1[512] __attribute__((aligned(4096)));

void mmu_build(void)
{
	uint64_t end = MACHINE_VM_RAM + ((uint64_t)vm.opt.ram_mib << 20);
	uint64_t n;

	level1[0] = BLOCK_DEVICE;
	for (n = 1; n < 512 && n * GIB < end; n++) {
		level1[n] = n * GIB | BLOCK_NORMAL;
	}
}

void mmu_enable(void)
{
	sysreg_write(mair_el2, 0xFF00);
	/* T0SZ 25, write-back inner shareable walks, 4 KiB, 40-bit output. */
	sysreg_write(tcr_el2, (1ull << 31) | (1ull << 23) | (2ull << 16) | (3ull << 12) |
				      (1ull << 10) | (1ull << 8) | 25);
	sysreg_write(ttbr0_el2, (uint64_t)level1);
	tlb_flush_all_local();
	sysreg_write(sctlr_el2, 0x30C51835);
	isb();
}
