/* SPDX-License-Identifier: BSD-2-Clause */
/* The only place with privileged inline assembly. Names and bits: Arm ARM, DDI0487. */
#ifndef ARCH_ARM64_SYSREG_H
#define ARCH_ARM64_SYSREG_H

#include <stdint.h>

/* Two steps, so that the names below become their encodings first. */
#define SYSREG_STRING_(name) #name
#define SYSREG_STRING(name) SYSREG_STRING_(name)

#define SYSREG_READ(name)                                                                          \
	({                                                                                         \
		uint64_t sysreg_value;                                                             \
		__asm__ volatile("mrs %0, " SYSREG_STRING(name) : "=r"(sysreg_value));             \
		sysreg_value;                                                                      \
	})

#define SYSREG_WRITE(name, value)                                                                  \
	do {                                                                                       \
		uint64_t sysreg_new = (value);                                                     \
		__asm__ volatile("msr " SYSREG_STRING(name) ", %0"                                 \
				 :                                                                 \
				 : "r"(sysreg_new)                                                 \
				 : "memory");                                                      \
	} while (0)

/* GICv3 CPU interface, by encoding: the assembler's default architecture does not name them. */
#define ICC_IAR1_EL1 S3_0_C12_C12_0
#define ICC_EOIR1_EL1 S3_0_C12_C12_1
#define ICC_CTLR_EL1 S3_0_C12_C12_4
#define ICC_SRE_EL1 S3_0_C12_C12_5
#define ICC_IGRPEN1_EL1 S3_0_C12_C12_7
#define ICC_PMR_EL1 S3_0_C4_C6_0
#define ICC_SGI1R_EL1 S3_0_C12_C11_5
#define RNDR S3_3_C2_C4_0

#define CURRENT_EL_1 (UINT64_C(1) << 2)

#define MPIDR_AFFINITY UINT64_C(0xFF00FFFFFF)

#define SCTLR_M (UINT64_C(1) << 0)
#define SCTLR_A (UINT64_C(1) << 1)
#define SCTLR_C (UINT64_C(1) << 2)
#define SCTLR_SA (UINT64_C(1) << 3)
#define SCTLR_I (UINT64_C(1) << 12)
#define SCTLR_WXN (UINT64_C(1) << 19)
/* Bits that read as one in ARMv8.0: LSMAOE, nTLSMD, SPAN, EIS, TSCXT, EOS. */
#define SCTLR_RES1 UINT64_C(0x30D00800)

#define ID_AA64ISAR0_RNDR_SHIFT 60
#define ID_AA64MMFR0_PARANGE UINT64_C(0xF)

static inline void isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

static inline void dsb_sy(void)
{
	__asm__ volatile("dsb sy" : : : "memory");
}

static inline void dsb_ish(void)
{
	__asm__ volatile("dsb ish" : : : "memory");
}

static inline void wfi(void)
{
	__asm__ volatile("wfi" : : : "memory");
}

static inline void wfe(void)
{
	__asm__ volatile("wfe" : : : "memory");
}

static inline void sev(void)
{
	__asm__ volatile("sev" : : : "memory");
}

static inline void dc_civac(uint64_t va)
{
	__asm__ volatile("dc civac, %0" : : "r"(va) : "memory");
}

static inline void tlbi_va(uint64_t va)
{
	__asm__ volatile("tlbi vaae1is, %0" : : "r"(va >> 12) : "memory");
}

#endif
