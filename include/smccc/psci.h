/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which power calls are there, and what do they answer?
 *
 * Arm DEN0022 (PSCI 1.3), sections 5 (functions) and 5.2.2 (status). Owner 4. The 64-bit form
 * exists where an argument is an address or an MPIDR.
 */
#ifndef SMCCC_PSCI_H
#define SMCCC_PSCI_H

#define PSCI_VERSION 0x84000000 /* X0: 31:16 major, 15:0 minor */
#define PSCI_CPU_SUSPEND 0x84000001
#define PSCI_CPU_SUSPEND_64 0xC4000001
#define PSCI_CPU_OFF 0x84000002
#define PSCI_CPU_ON 0x84000003
#define PSCI_CPU_ON_64 0xC4000003 /* X1: MPIDR, X2: entry address, X3: the new X0 */
#define PSCI_AFFINITY_INFO 0x84000004
#define PSCI_AFFINITY_INFO_64 0xC4000004 /* X1: MPIDR, X2: lowest level; PSCI_AFFINITY_* */
#define PSCI_MIGRATE_INFO_TYPE 0x84000006
#define PSCI_SYSTEM_OFF 0x84000008   /* does not return */
#define PSCI_SYSTEM_RESET 0x84000009 /* does not return */
#define PSCI_FEATURES 0x8400000A     /* W1: identifier, SMCCC_VERSION included */
#define PSCI_SYSTEM_SUSPEND 0x8400000E
#define PSCI_SYSTEM_SUSPEND_64 0xC400000E
#define PSCI_SYSTEM_RESET2 0x84000012
#define PSCI_SYSTEM_RESET2_64 0xC4000012 /* W1: type (0 warm, bit 31 vendor), X2: cookie */
#define PSCI_SYSTEM_OFF2 0x84000015
#define PSCI_SYSTEM_OFF2_64 0xC4000015 /* W1: type, bit 0 hibernate */

/* States of PSCI_AFFINITY_INFO. */
#define PSCI_AFFINITY_ON 0
#define PSCI_AFFINITY_OFF 1
#define PSCI_AFFINITY_ON_PENDING 2

/* Status. Mind that "invalid" is -2 here and -3 in SMCCC. */
#define PSCI_RET_SUCCESS 0
#define PSCI_RET_NOT_SUPPORTED (-1)
#define PSCI_RET_INVALID_PARAMETERS (-2)
#define PSCI_RET_DENIED (-3)
#define PSCI_RET_ALREADY_ON (-4)
#define PSCI_RET_ON_PENDING (-5)
#define PSCI_RET_INTERNAL_FAILURE (-6)
#define PSCI_RET_NOT_PRESENT (-7)
#define PSCI_RET_DISABLED (-8)
#define PSCI_RET_INVALID_ADDRESS (-9)

#endif
