/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which numbers does the IGVM format fix, as far as this builder uses them?
 *
 * Offsets are within a header's content. The checker has its own table of the same facts and must
 * not include this file: a slip made here is then seen there.
 */
#ifndef TOOLS_IGVM_FORMAT_H
#define TOOLS_IGVM_FORMAT_H

#define IGVM_PAGE 4096u
#define IGVM_MAGIC 0x4D564749u /* "IGVM" */

/* The fixed header. A version 1 file is for x86_64 and ends before the last two fields. */
#define IGVM_VERSION_1 1u
#define IGVM_FIXED_SIZE_1 24u
#define IGVM_VERSION_2 2u
#define IGVM_FIXED_SIZE 32u
#define IGVM_ARCH_AARCH64 1u
#define IGVM_FIXED_VERSION 0x04
#define IGVM_FIXED_HEADERS_OFFSET 0x08
#define IGVM_FIXED_HEADERS_SIZE 0x0C
#define IGVM_FIXED_FILE_SIZE 0x10
#define IGVM_FIXED_CHECKSUM 0x14
#define IGVM_FIXED_ARCH 0x18
#define IGVM_FIXED_PAGE_SIZE 0x1C

/* Header types. */
#define IGVM_SUPPORTED_PLATFORM 0x001u
#define IGVM_RELOCATABLE_REGION 0x102u
#define IGVM_PAGE_TABLE_REGION 0x103u
#define IGVM_PARAMETER_AREA 0x301u
#define IGVM_PAGE_DATA 0x302u
#define IGVM_PARAMETER_INSERT 0x303u
#define IGVM_VP_CONTEXT 0x304u
#define IGVM_REQUIRED_MEMORY 0x305u
#define IGVM_DEVICE_TREE 0x312u

/* Sizes of their contents. */
#define IGVM_SUPPORTED_PLATFORM_SIZE 16
#define IGVM_RELOCATABLE_REGION_SIZE 48
#define IGVM_PAGE_TABLE_REGION_SIZE 32
#define IGVM_PARAMETER_AREA_SIZE 16
#define IGVM_PAGE_DATA_SIZE 24
#define IGVM_PARAMETER_INSERT_SIZE 16
#define IGVM_VP_CONTEXT_SIZE 20
#define IGVM_REQUIRED_MEMORY_SIZE 24
#define IGVM_PARAMETER_SIZE 8

#define IGVM_PLATFORM_VSM_ISOLATION 1
#define IGVM_PLATFORM_VERSION 1
#define IGVM_RELOCATE_IS_VTL2 0x01
#define IGVM_RELOCATE_PC 0x02
#define IGVM_MEMORY_VTL2_PROTECTABLE 0x1u

/* VBS register list: a count, then records of 32 bytes. */
#define IGVM_REGISTER_SIZE 32
#define IGVM_REGISTER_NAME 1
#define IGVM_REGISTER_VALUE 16

/* Register names, arm64 (the TLFS numbers). */
#define IGVM_REG_X0 0x00020000u
#define IGVM_REG_X1 0x00020001u
#define IGVM_REG_PC 0x00020022u
#define IGVM_REG_CPSR 0x00020023u
#define IGVM_REG_SCTLR_EL1 0x00040002u
#define IGVM_REG_TTBR0_EL1 0x00040005u
#define IGVM_REG_TTBR1_EL1 0x00040006u
#define IGVM_REG_TCR_EL1 0x00040007u
#define IGVM_REG_MAIR_EL1 0x0004000Bu
#define IGVM_REG_VBAR_EL1 0x0004000Cu

/* Register names, x86_64. */
#define IGVM_REG_RSI 0x00020006u
#define IGVM_REG_R8 0x00020008u
#define IGVM_REG_RIP 0x00020010u
#define IGVM_REG_RFLAGS 0x00020011u
#define IGVM_REG_CR0 0x00040000u
#define IGVM_REG_CR3 0x00040002u
#define IGVM_REG_CR4 0x00040003u
#define IGVM_REG_ES 0x00060000u
#define IGVM_REG_CS 0x00060001u
#define IGVM_REG_SS 0x00060002u
#define IGVM_REG_DS 0x00060003u
#define IGVM_REG_FS 0x00060004u
#define IGVM_REG_GS 0x00060005u
#define IGVM_REG_TR 0x00060007u
#define IGVM_REG_EFER 0x00080001u
#define IGVM_REG_PAT 0x00080004u

#endif
