/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does C reach system registers, barriers and TLB maintenance? The only file of the host with
 * privileged inline assembly, and the values that QEMU's machine fixes.
 */
#ifndef TESTS_HOST_ARM64_SYSREG_H
#define TESTS_HOST_ARM64_SYSREG_H

#include <stdint.h>

#define sysreg_read(reg)                                                                           \
	({                                                                                         \
		uint64_t sysreg_value_;                                                            \
		__asm__ volatile("mrs %0, " #reg : "=r"(sysreg_value_));                           \
		sysreg_value_;                                                                     \
	})

#define sysreg_write(reg, value)                                                                   \
	__asm__ volatile("msr " #reg ", %0" : : "r"((uint64_t)(value)) : "memory")

/* FPCR and FPSR by encoding: the host is compiled without floating point. */
#define SYS_FPCR S3_3_C4_C4_0
#define SYS_FPSR S3_3_C4_C4_1

#define HCR_VM (1ull << 0)
#define HCR_FMO (1ull << 3)
#define HCR_IMO (1ull << 4)
#define HCR_AMO (1ull << 5)
#define HCR_TSC (1ull << 19)
#define HCR_RW (1ull << 31)

#define ESR_EC(e) ((uint32_t)((e) >> 26) & 0x3F)
#define EC_CP15_32 0x03
#define EC_CP15_64 0x04
#define EC_CP14_32 0x05
#define EC_CP14_LDC 0x06
#define EC_CP14_64 0x0C
#define EC_HVC64 0x16
#define EC_SMC64 0x17
#define EC_SYSREG 0x18
#define EC_IABT_LOWER 0x20
#define EC_DABT_LOWER 0x24

#define ESR_IL (1ull << 25)
#define ESR_ISV (1ull << 24)
#define ESR_S1PTW (1ull << 7)
#define ESR_WNR (1ull << 6)

#define PSTATE_EL1H_MASKED 0x3C5ull

/* QEMU's machine. */
#define MACHINE_GICD 0x08000000ull
#define MACHINE_GICR 0x080A0000ull
#define MACHINE_UART 0x09000000ull
#define MACHINE_UART_INTID 33
#define MACHINE_RAM 0x40000000ull
#define MACHINE_VM_RAM 0x80000000ull
#define PPI_MAINTENANCE 25
#define PPI_VIRTUAL_TIMER 27

#define INTID_SPURIOUS 1023

static inline void isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

static inline void dsb(void)
{
	__asm__ volatile("dsb sy" : : : "memory");
}

static inline void wfi(void)
{
	__asm__ volatile("dsb sy\n\twfi" : : : "memory");
}

static inline void wfe(void)
{
	__asm__ volatile("wfe" : : : "memory");
}

static inline void sev(void)
{
	__asm__ volatile("dsb sy\n\tsev" : : : "memory");
}

/* All stage 1 and 2 entries of the VMID in VTTBR_EL2, on all processors. */
static inline void tlb_flush_vmid(void)
{
	__asm__ volatile("dsb ish\n\ttlbi vmalls12e1is\n\tdsb ish\n\tisb" : : : "memory");
}

static inline void tlb_flush_all_local(void)
{
	__asm__ volatile("dsb sy\n\ttlbi alle2\n\ttlbi alle1\n\tdsb sy\n\tisb" : : : "memory");
}

static inline uint32_t mmio_read32(uint64_t address)
{
	return *(volatile uint32_t *)address;
}

static inline void mmio_write32(uint64_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

/* QEMU's own PSCI, reached from EL2 by SMC. */
static inline int64_t machine_psci(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
	register uint64_t x0 __asm__("x0") = function;
	register uint64_t x1 __asm__("x1") = a;
	register uint64_t x2 __asm__("x2") = b;
	register uint64_t x3 __asm__("x3") = c;

	__asm__ volatile("smc #0"
			 : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
			 :
			 : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14",
			   "x15", "x16", "x17", "memory");
	return (int64_t)x0;
}

/* Stage 1 of EL1 for a read, as EL1 or EL0 would do it; the result lies in PAR_EL1. */
static inline uint64_t translate_stage1(uint64_t va, int from_el0)
{
	uint64_t kept = sysreg_read(par_el1);
	uint64_t result;

	if (from_el0) {
		__asm__ volatile("at s1e0r, %0\n\tisb" : : "r"(va) : "memory");
	} else {
		__asm__ volatile("at s1e1r, %0\n\tisb" : : "r"(va) : "memory");
	}
	result = sysreg_read(par_el1);
	sysreg_write(par_el1, kept);
	return result;
}

#endif
