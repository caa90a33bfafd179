/* SPDX-License-Identifier: BSD-2-Clause */
/* The one place that reaches control registers, MSRs, CPUID and ports. */
#ifndef ARCH_X86_64_SYSREG_H
#define ARCH_X86_64_SYSREG_H

#define MSR_APIC_BASE 0x1B
#define MSR_PAT 0x277
#define MSR_X2APIC_EOI 0x80B
#define MSR_X2APIC_SVR 0x80F
#define MSR_X2APIC_ICR 0x830
#define MSR_EFER 0xC0000080
#define MSR_GS_BASE 0xC0000101

/* CR0: MP and TS make every use of FP or vector registers a fault: they are VTL0's. WP: read-only
 * pages are so for us, too. */
#define CR0_PE (1U << 0)
#define CR0_MP (1U << 1)
#define CR0_TS (1U << 3)
#define CR0_ET (1U << 4)
#define CR0_NE (1U << 5)
#define CR0_WP (1U << 16)
#define CR0_PG (1U << 31)

#define CR4_PAE (1U << 5)
#define CR4_MCE (1U << 6)

#define EFER_LME (1U << 8)
#define EFER_LMA (1U << 10)
#define EFER_NXE (1U << 11)

/* The architecture's value after reset: write-back first. */
#define PAT_RESET 0x0007040600070406

#define SELECTOR_CODE 0x10
#define SELECTOR_DATA 0x18
#define SELECTOR_TSS 0x20

#define RFLAGS_FIXED 0x2

#ifndef __ASSEMBLER__

#include <stdint.h>

struct cpuid {
	uint32_t eax, ebx, ecx, edx;
};

static inline struct cpuid cpuid(uint32_t leaf, uint32_t subleaf)
{
	struct cpuid r;

	__asm__ volatile("cpuid"
			 : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx)
			 : "a"(leaf), "c"(subleaf));
	return r;
}

static inline uint64_t msr_read(uint32_t number)
{
	uint32_t low, high;

	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number) : "memory");
	return (uint64_t)high << 32 | low;
}

static inline void msr_write(uint32_t number, uint64_t value)
{
	__asm__ volatile("wrmsr"
			 :
			 : "c"(number), "a"((uint32_t)(value & 0xFFFFFFFF)),
			   "d"((uint32_t)(value >> 32))
			 : "memory");
}

#define CR_READ(number)                                                                            \
	({                                                                                         \
		uint64_t cr_value;                                                                 \
		__asm__ volatile("mov %%cr" #number ", %0" : "=r"(cr_value) : : "memory");         \
		cr_value;                                                                          \
	})

static inline void invlpg(uint64_t va)
{
	__asm__ volatile("invlpg (%0)" : : "r"(va) : "memory");
}

static inline uint8_t port_read8(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline void port_write16(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void port_write8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

#endif
#endif
