/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does software on arm64 reach the hypervisor?
 *
 * HVC immediates, the function id that carries a hypercall, and the words by which the interface
 * is recognised. TLFS: Hypercall Interface and Virtual Secure Mode, arm64 parts. None of these
 * calls is for finding out whether Hyper-V is there: an HVC that nobody implements is undefined,
 * and emulators answer every immediate alike.
 */
#ifndef HV_ARM64_H
#define HV_ARM64_H

/* Immediates of the HVC instruction. */
#define HV_ARM64_HVC_SMCCC 0	  /* SMCCC calls; also hypercalls, see the next number */
#define HV_ARM64_HVC_HYPERCALL 1  /* native convention: control in X0, block in X1 to X16 */
#define HV_ARM64_HVC_VTL_CALL 2	  /* into the next higher enabled VTL */
#define HV_ARM64_HVC_VTL_RETURN 3 /* back to the next lower one */

/* SMCCC function id of a hypercall: yielding, 64-bit, vendor hypervisor, number 1. Control in X1,
 * block in X2 to X17, or input GPA in X2 and output GPA in X3. */
#define HV_ARM64_SMCCC_HYPERCALL 0x46000001

/* Registers of a fast call's block, and the pairs (16 bytes each) it is counted in. Input and
 * output are rounded up to pairs; both together must fit. HVC #0: output follows the input.
 * HVC #1: output is the last pairs, ending at X16. OpenVMM, Linux. */
#define HV_ARM64_FAST_REGISTERS 16
#define HV_ARM64_FAST_PAIRS 8

/* Answer of SMCCC_VENDOR_HYP_UID: the low 32 bits of X0 to X3. Compare words, never text. */
#define HV_ARM64_UID_WORD0 0x4D32BA58
#define HV_ARM64_UID_WORD1 0xCD244764
#define HV_ARM64_UID_WORD2 0x8EEF6C75
#define HV_ARM64_UID_WORD3 0x16597024

/* arm64 bit of HvRegisterPrivilegesAndFeaturesInfo, third 32-bit word. Linux, TLFS table. */
#define HV_ARM64_FEATURE_GUEST_CRASH_REGS 0x100 /* bit 72 of the 128 */

#endif
