/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which numbers does the interface use?
 *
 * The host's own table of the published hypervisor interface: status codes, call codes, register
 * names, message types. Nothing here may be taken from the software under test, and nothing here
 * knows an architecture beyond the register names that only arm64 has.
 */
#ifndef TESTS_HOST_COMMON_HV_H
#define TESTS_HOST_COMMON_HV_H

#include <stdint.h>

/* Status codes of a hypercall, bits 15:0 of the result word. */
#define HV_SUCCESS 0x0000
#define HV_INVALID_HYPERCALL_CODE 0x0002
#define HV_INVALID_HYPERCALL_INPUT 0x0003
#define HV_INVALID_ALIGNMENT 0x0004
#define HV_INVALID_PARAMETER 0x0005
#define HV_ACCESS_DENIED 0x0006
#define HV_OPERATION_DENIED 0x0008
#define HV_INVALID_PARTITION_ID 0x000D
#define HV_INVALID_VP_INDEX 0x000E
#define HV_INVALID_VP_STATE 0x0015
#define HV_INSUFFICIENT_MEMORY 0x000B
#define HV_INVALID_REGISTER_VALUE 0x0050
#define HV_INVALID_VTL_STATE 0x0051
#define HV_TIME_OUT 0x0078
#define HV_VTL_ALREADY_ENABLED 0x0086
#define HV_UNKNOWN_REGISTER_NAME 0x0087

/* Call codes. */
#define HC_MODIFY_VTL_PROTECTION_MASK 0x000C
#define HC_ENABLE_PARTITION_VTL 0x000D
#define HC_VTL_CALL 0x0011
#define HC_VTL_RETURN 0x0012
#define HC_ENABLE_VP_VTL 0x000F
#define HC_INSTALL_INTERCEPT 0x004D
#define HC_GET_VP_REGISTERS 0x0050
#define HC_SET_VP_REGISTERS 0x0051
#define HC_ASSERT_VIRTUAL_INTERRUPT 0x0094
#define HC_START_VIRTUAL_PROCESSOR 0x0099
#define HC_GET_VP_INDEX_FROM_APIC_ID 0x009A
#define HC_CHECK_SPARSE_GPA_PAGE_VTL_ACCESS 0x00D4

#define HV_PARTITION_SELF 0xFFFFFFFFFFFFFFFFull
#define HV_VP_SELF 0xFFFFFFFEu

/* Control word. */
#define HC_CODE(c) ((uint32_t)((c)&0xFFFF))
#define HC_FAST(c) ((uint32_t)(((c) >> 16) & 1))
#define HC_VAR_HEADER(c) ((uint32_t)(((c) >> 17) & 0x3FF))
#define HC_REP_COUNT(c) ((uint32_t)(((c) >> 32) & 0xFFF))
#define HC_REP_START(c) ((uint32_t)(((c) >> 48) & 0xFFF))
#define HC_RESERVED 0xF000F000F8000000ull

/* Synthetic registers, the same number on every architecture. */
#define REG_INTERNAL_ACTIVITY 0x00000004
#define REG_HV_VERSION 0x00000100
#define REG_PRIVILEGES 0x00000200
#define REG_FEATURES 0x00000201
#define REG_LIMITS 0x00000202
#define REG_HW_FEATURES 0x00000203
#define REG_CRASH_P0 0x00000210
#define REG_CRASH_P4 0x00000214
#define REG_CRASH_CTL 0x00000215
#define REG_PENDING_EVENT0 0x00010004
#define REG_PENDING_EVENT1 0x00010005
#define REG_DELIVERABILITY 0x00010006
#define REG_GICR_BASE 0x00063000
#define REG_SINT_INTID 0x00070001
#define REG_GUEST_OS_ID 0x00090002
#define REG_VP_INDEX 0x00090003
#define REG_TIME_REF_COUNT 0x00090004
#define REG_VP_ASSIST_PAGE 0x00090013
#define REG_SINT0 0x000A0000
#define REG_SINT15 0x000A000F
#define REG_SCONTROL 0x000A0010
#define REG_SVERSION 0x000A0011
#define REG_SIEFP 0x000A0012
#define REG_SIMP 0x000A0013
#define REG_EOM 0x000A0014
#define REG_VSM_CODE_PAGE_OFFSETS 0x000D0002
#define REG_VSM_VP_STATUS 0x000D0003
#define REG_VSM_PARTITION_STATUS 0x000D0004
#define REG_VSM_VINA 0x000D0005
#define REG_VSM_CAPABILITIES 0x000D0006
#define REG_VSM_PARTITION_CONFIG 0x000D0007
#define REG_GUEST_VSM_CONFIG 0x000D0008
#define REG_VSM_SECURE_CONFIG_VTL0 0x000D0010

/* VsmPartitionConfig. */
#define CONFIG_ENABLE_PROTECTION (1ull << 0)
#define CONFIG_DEFAULT_MASK(c) ((uint32_t)(((c) >> 1) & 0xF))
#define CONFIG_ZERO_MEMORY (1ull << 5)
#define CONFIG_DENY_STARTUP (1ull << 6)
#define CONFIG_ICEPT_ENABLE_VTL (1ull << 8)
#define CONFIG_ICEPT_CPUID (1ull << 10)
#define CONFIG_ICEPT_UNRECOVERABLE (1ull << 11)
#define CONFIG_INTERCEPT_PAGE (1ull << 12)
#define CONFIG_ICEPT_NOT_PRESENT (1ull << 14)
#define CONFIG_ICEPT_RESET (1ull << 15)

/* VsmCapabilities. */
#define CAP_DENY_STARTUP (1ull << 17)
#define CAP_INTERCEPT_PAGE (1ull << 27)
#define CAP_NOT_PRESENT (1ull << 30)
#define CAP_SYSTEM_RESET (1ull << 32)

/* Memory access by VTLs below. */
#define MAP_READ 1u
#define MAP_WRITE 2u
#define MAP_KX 4u
#define MAP_UX 8u
#define MAP_ALL 0xFu

/* Messages. */
#define MSG_UNMAPPED_GPA 0x80000000u
#define MSG_GPA_INTERCEPT 0x80000001u
#define MSG_TIMER_EXPIRED 0x80000010u
#define MSG_ENABLE_VTL 0x80000005u
#define MSG_UNRECOVERABLE 0x80000021u
#define MSG_HYPERCALL 0x80000050u
#define MSG_X64_PORT 0x80010000u
#define MSG_X64_MSR 0x80010001u
#define MSG_X64_CPUID 0x80010002u
#define MSG_RESET 0x8001000Cu

#define ICEPT_TYPE_HYPERCALL 0x08
#define ICEPT_TYPE_UNKNOWN_CONNECTION 0x0D
#define ICEPT_TYPE_RETARGET 0x0F

/* Access types in a message header; not the masks of InstallIntercept. */
#define ACCESS_READ 0
#define ACCESS_WRITE 1
#define ACCESS_EXECUTE 2

/* VTL entry reasons. */
#define ENTRY_VTL_CALL 1
#define ENTRY_INTERRUPT 2
#define ENTRY_INTERCEPT 3

/* VP assist page. */
#define ASSIST_ENTRY_REASON 8
#define ASSIST_RETURN_SLOTS 16
#define ASSIST_MESSAGE 112

#define HV_MESSAGE_SIZE 256
#define HV_PAGE_SIZE 4096

#endif
