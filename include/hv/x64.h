/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does software on x86_64 find and reach the hypervisor?
 *
 * CPUID leaves, synthetic MSRs and the hypercall page. TLFS: Feature and Interface Discovery,
 * Hypercall Interface, and the chapters named at each MSR. None of the MSRs exists elsewhere: an
 * access before the CPUID leaves have said who is there faults.
 */
#ifndef HV_X64_H
#define HV_X64_H

#include "hv/const.h"

/* Leaf 1: somebody is there. The other bits of these leaves' registers are by name below. */
#define HV_X64_CPUID1_ECX_HYPERVISOR 0x80000000

/* Leaf 0x40000000: EAX the largest leaf, EBX ECX EDX "Microsoft Hv". */
#define HYPERV_CPUID_VENDOR_AND_MAX_FUNCTIONS 0x40000000
#define HV_X64_CPUID_MIN 0x40000005
#define HV_X64_VENDOR_EBX 0x7263694D
#define HV_X64_VENDOR_ECX 0x666F736F
#define HV_X64_VENDOR_EDX 0x76482074
/* Leaf 0x40000001: EAX "Hv#1". */
#define HYPERV_CPUID_INTERFACE 0x40000001
#define HV_X64_INTERFACE_HV1 0x31237648
/* Leaf 0x40000003: EBX:EAX the partition's privileges. */
#define HYPERV_CPUID_FEATURES 0x40000003
#define HV_MSR_TIME_REF_COUNT_AVAILABLE 0x2
#define HV_MSR_HYPERCALL_AVAILABLE 0x20
#define HV_MSR_VP_INDEX_AVAILABLE 0x40
#define HV_MSR_RESET_AVAILABLE 0x80
#define HV_ACCESS_FREQUENCY_MSRS 0x800
/* In EBX: may call EnablePartitionVtl and its like; may start a VP of another VTL. */
#define HV_ACCESS_VSM 0x10000
#define HV_START_VIRTUAL_PROCESSOR 0x200000

/* Synthetic MSRs. Per VTL, but VP_INDEX, RESET, TIME_REF_COUNT and TSC_FREQUENCY: shared. */
#define HV_X64_MSR_GUEST_OS_ID 0x40000000
#define HV_X64_MSR_HYPERCALL 0x40000001
#define HV_X64_MSR_VP_INDEX 0x40000002
#define HV_X64_MSR_RESET 0x40000003	     /* bit 0: restarts the virtual machine */
#define HV_X64_MSR_TIME_REF_COUNT 0x40000020 /* 100 ns, since the partition began */
#define HV_X64_MSR_TSC_FREQUENCY 0x40000022  /* Hz */

/* HV_X64_MSR_HYPERCALL: bit 1 locks it, 11:2 are preserved. */
#define HV_X64_MSR_HYPERCALL_ENABLE HV_U64(0x1)
#define HV_X64_MSR_HYPERCALL_PRESERVED HV_U64(0xFFE)
#define HV_X64_MSR_HYPERCALL_PAGE_ADDRESS_SHIFT 12
#define HV_X64_MSR_HYPERCALL_PAGE_ADDRESS_MASK HV_U64(0xFFFFFFFFFFFFF000)

/* HvRegisterVsmCodePageOffsets: where in the hypercall page the two switches are entered. */
#define HV_X64_VTL_CALL_OFFSET_MASK 0xFFF
#define HV_X64_VTL_RETURN_OFFSET_SHIFT 12
#define HV_X64_VTL_RETURN_OFFSET_MASK 0xFFF

#endif
