/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a function identifier of the SMC Calling Convention built, and which are everybody's?
 *
 * Arm DEN0028 (SMCCC 1.4), sections 2.5 (identifiers), 5.2 (status), 6 (general services) and
 * 7 (Arm architecture services). Bit 31 fast, 30 SMC64, 29:24 owner, 23:17 zero, 16 SVE hint,
 * 15:0 number. Arguments in X1 and up, results in X0 and up, 32-bit ones in the low halves.
 */
#ifndef SMCCC_SMCCC_H
#define SMCCC_SMCCC_H

#define SMCCC_FAST_CALL 0x80000000
#define SMCCC_CALL_64BIT 0x40000000
#define SMCCC_OWNER_SHIFT 24
#define SMCCC_OWNER_MASK 0x3F000000
#define SMCCC_MUST_BE_ZERO_MASK 0x00FE0000 /* in fast calls */
#define SMCCC_SVE_HINT 0x00010000	   /* 1.3: not part of the identifier */
#define SMCCC_NUMBER_MASK 0x0000FFFF

/* Owning entities. */
#define SMCCC_OWNER_ARCH 0
#define SMCCC_OWNER_CPU 1
#define SMCCC_OWNER_SIP 2
#define SMCCC_OWNER_OEM 3
#define SMCCC_OWNER_STANDARD 4	   /* PSCI, TRNG */
#define SMCCC_OWNER_STANDARD_HYP 5 /* PV time */
#define SMCCC_OWNER_VENDOR_HYP 6
#define SMCCC_OWNER_TRUSTED_APP 48    /* to 49 */
#define SMCCC_OWNER_TRUSTED_OS 50     /* to 63 */
#define SMCCC_OWNER_TRUSTED_OS_END 63 /* the queries of the whole block live here */

/* Numbers that each owner reserves for the same three questions. */
#define SMCCC_QUERY_CALL_COUNT 0xFF00 /* deprecated by 1.2, still asked */
#define SMCCC_QUERY_UID 0xFF01
#define SMCCC_QUERY_REVISION 0xFF03

/* Arm architecture service. */
#define SMCCC_VERSION 0x80000000       /* X0: 31 zero, 30:16 major, 15:0 minor */
#define SMCCC_ARCH_FEATURES 0x80000001 /* W1: identifier; X0: 0 and up supported, -1 not */
#define SMCCC_ARCH_SOC_ID 0x80000002
#define SMCCC_ARCH_WORKAROUND_1 0x80008000
#define SMCCC_ARCH_WORKAROUND_2 0x80007FFF
#define SMCCC_ARCH_WORKAROUND_3 0x80003FFF

/* Values of SMCCC_VERSION. */
#define SMCCC_VERSION_1_0 0x10000
#define SMCCC_VERSION_1_1 0x10001 /* X4 to X17 are kept */
#define SMCCC_VERSION_1_2 0x10002
#define SMCCC_VERSION_1_3 0x10003

/* Who implements the vendor hypervisor service: four words in W0 to W3. */
#define SMCCC_VENDOR_HYP_UID 0x8600FF01

/* Standard hypervisor service: stolen time. Arm DEN0057. */
#define PV_TIME_FEATURES 0xC5000020
#define PV_TIME_ST 0xC5000021

/* Status: a signed number, 32 or 64 bits wide as the call is. Not PSCI's, not TRNG's. */
#define SMCCC_RET_SUCCESS 0
#define SMCCC_RET_NOT_SUPPORTED (-1)
#define SMCCC_RET_NOT_REQUIRED (-2)
#define SMCCC_RET_INVALID_PARAMETER (-3)

#endif
