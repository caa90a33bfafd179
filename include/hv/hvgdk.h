/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which calls does the hypervisor know, how is one put together and what does it answer?
 *
 * Numbers and layouts of the Hypervisor Top Level Functional Specification (TLFS, online edition
 * of 2026-08-07), spelled as Linux spells them. Where the TLFS is silent, or known to be wrong,
 * the layout is the one OpenHCL and Linux send to the real hypervisor, and the comment says so.
 * All integers are little endian; offsets and sizes are bytes; a GPN is a GPA >> 12. This file
 * must not name anything that only this project has.
 */
#ifndef HV_HVGDK_H
#define HV_HVGDK_H

#include "hv/const.h"

/* The hypervisor's page, whatever translation granule anybody runs with. TLFS: Data Types. */
#define HV_HYP_PAGE_SHIFT 12
#ifdef __ASSEMBLER__
#define HV_HYP_PAGE_SIZE (1 << HV_HYP_PAGE_SHIFT)
#else
#define HV_HYP_PAGE_SIZE (UINT64_C(1) << HV_HYP_PAGE_SHIFT)
#endif

/*
 * Control word, the input of each call. TLFS: Hypercall Interface, Hypercall Inputs.
 * 15:0 call code; 16 fast; 26:17 size of the variable header in 8-byte words; 31 nested;
 * 43:32 rep count (0, or 1 to 4095); 59:48 rep start (below the count); the rest zero.
 */
#define HV_HYPERCALL_CODE_MASK HV_U64(0xFFFF)
#define HV_HYPERCALL_FAST_BIT HV_BIT(16)
#define HV_HYPERCALL_VARHEAD_OFFSET 17
#define HV_HYPERCALL_VARHEAD_MASK HV_U64(0x07FE0000)
/* Linux names bits 31:27; bit 31 has a meaning of its own, so 30:27 are what must be zero. */
#define HV_HYPERCALL_RSVD0_MASK HV_U64(0xF8000000)
#define HV_HYPERCALL_NESTED HV_BIT(31)
#define HV_HYPERCALL_REP_COMP_OFFSET 32
#define HV_HYPERCALL_REP_COMP_1 HV_BIT(32)
#define HV_HYPERCALL_REP_COMP_MASK HV_U64(0x00000FFF00000000)
#define HV_HYPERCALL_RSVD1_MASK HV_U64(0x0000F00000000000)
#define HV_HYPERCALL_REP_START_OFFSET 48
#define HV_HYPERCALL_REP_START_MASK HV_U64(0x0FFF000000000000)
#define HV_HYPERCALL_RSVD2_MASK HV_U64(0xF000000000000000)
#define HV_HYPERCALL_REP_MAX 4095

/*
 * Result word. TLFS: Hypercall Interface, Hypercall Outputs.
 * 15:0 status; 43:32 elements completed, counted from element 0; the rest is not to be looked at.
 * The completed count uses HV_HYPERCALL_REP_COMP_MASK.
 */
#define HV_HYPERCALL_RESULT_MASK HV_U64(0xFFFF)

/* Call codes. TLFS: Hypercall Reference; names as in Linux where Linux has one. R: a rep call. */
#define HVCALL_SWITCH_VIRTUAL_ADDRESS_SPACE 0x0001
#define HVCALL_FLUSH_VIRTUAL_ADDRESS_SPACE 0x0002
#define HVCALL_FLUSH_VIRTUAL_ADDRESS_LIST 0x0003 /* R */
#define HVCALL_NOTIFY_LONG_SPIN_WAIT 0x0008
#define HVCALL_SEND_IPI 0x000B			 /* HvCallSendSyntheticClusterIpi */
#define HVCALL_MODIFY_VTL_PROTECTION_MASK 0x000C /* R */
#define HVCALL_ENABLE_PARTITION_VTL 0x000D
#define HVCALL_ENABLE_VP_VTL 0x000F
#define HVCALL_VTL_CALL 0x0011	 /* only through its own instruction */
#define HVCALL_VTL_RETURN 0x0012 /* only through its own instruction */
#define HVCALL_FLUSH_VIRTUAL_ADDRESS_SPACE_EX 0x0013
#define HVCALL_FLUSH_VIRTUAL_ADDRESS_LIST_EX 0x0014 /* R */
#define HVCALL_SEND_IPI_EX 0x0015
#define HVCALL_INSTALL_INTERCEPT 0x004D
#define HVCALL_GET_VP_REGISTERS 0x0050 /* R */
#define HVCALL_SET_VP_REGISTERS 0x0051 /* R */
#define HVCALL_TRANSLATE_VIRTUAL_ADDRESS 0x0052
#define HVCALL_CLEAR_VIRTUAL_INTERRUPT 0x0056 /* the parent's */
#define HVCALL_POST_MESSAGE 0x005C
#define HVCALL_SIGNAL_EVENT 0x005D
#define HVCALL_GET_SYSTEM_PROPERTY 0x007B
#define HVCALL_RETARGET_INTERRUPT 0x007E
#define HVCALL_NOTIFY_PARTITION_EVENT 0x0087
#define HVCALL_REGISTER_INTERCEPT_RESULT 0x0091	  /* x86_64 */
#define HVCALL_UNREGISTER_INTERCEPT_RESULT 0x0092 /* x86_64 */
#define HVCALL_ASSERT_VIRTUAL_INTERRUPT 0x0094
#define HVCALL_START_VP 0x0099
#define HVCALL_GET_VP_INDEX_FROM_APIC_ID 0x009A /* R; on arm64 the id is an MPIDR */
#define HVCALL_TRANSLATE_VIRTUAL_ADDRESS_EX 0x00AC
#define HVCALL_CHECK_FOR_IO_INTERCEPT 0x00AD /* x86_64 */
#define HVCALL_FLUSH_GUEST_PHYSICAL_ADDRESS_SPACE 0x00AF
#define HVCALL_FLUSH_GUEST_PHYSICAL_ADDRESS_LIST 0x00B0 /* R */
#define HVCALL_SIGNAL_EVENT_DIRECT 0x00C0
#define HVCALL_POST_MESSAGE_DIRECT 0x00C1
#define HVCALL_CHECK_SPARSE_GPA_PAGE_VTL_ACCESS 0x00D4	     /* R; OpenVMM only */
#define HVCALL_ACCEPT_GPA_PAGES 0x00D9			     /* R, count only; OpenVMM only */
#define HVCALL_MODIFY_SPARSE_GPA_PAGE_HOST_VISIBILITY 0x00DB /* R */
#define HVCALL_GET_VP_CPUID_VALUES 0x00F4		     /* R; x86_64 */
#define HVCALL_RESTORE_PARTITION_TIME 0x0103		     /* OpenVMM only */
#define HVCALL_MMIO_READ 0x0106
#define HVCALL_MMIO_WRITE 0x0107
#define HVCALL_INSTALL_INTERCEPT_EX 0x0110		    /* R; arm64; TLFS only */
#define HVCALL_PIN_GPA_PAGE_RANGES 0x0112		    /* R; OpenVMM only */
#define HVCALL_UNPIN_GPA_PAGE_RANGES 0x0113		    /* R; OpenVMM only */
#define HVCALL_QUERY_SPARSE_GPA_PAGE_HOST_VISIBILITY 0x011C /* R; OpenVMM only */

/*
 * Status codes, bits 15:0 of the result word. TLFS: HV_STATUS; the numbers are Linux's and
 * OpenVMM's, which agree wherever both have one. Never to be confused with SMCCC, PSCI or TRNG.
 */
#define HV_STATUS_SUCCESS 0x0000
#define HV_STATUS_INVALID_HYPERCALL_CODE 0x0002
#define HV_STATUS_INVALID_HYPERCALL_INPUT 0x0003
#define HV_STATUS_INVALID_ALIGNMENT 0x0004
#define HV_STATUS_INVALID_PARAMETER 0x0005
#define HV_STATUS_ACCESS_DENIED 0x0006
#define HV_STATUS_INVALID_PARTITION_STATE 0x0007
#define HV_STATUS_OPERATION_DENIED 0x0008
#define HV_STATUS_UNKNOWN_PROPERTY 0x0009
#define HV_STATUS_PROPERTY_VALUE_OUT_OF_RANGE 0x000A
#define HV_STATUS_INSUFFICIENT_MEMORY 0x000B
#define HV_STATUS_PARTITION_TOO_DEEP 0x000C
#define HV_STATUS_INVALID_PARTITION_ID 0x000D
#define HV_STATUS_INVALID_VP_INDEX 0x000E
#define HV_STATUS_NOT_FOUND 0x0010
#define HV_STATUS_INVALID_PORT_ID 0x0011
#define HV_STATUS_INVALID_CONNECTION_ID 0x0012
#define HV_STATUS_INSUFFICIENT_BUFFERS 0x0013
#define HV_STATUS_NOT_ACKNOWLEDGED 0x0014
#define HV_STATUS_INVALID_VP_STATE 0x0015
#define HV_STATUS_ACKNOWLEDGED 0x0016
#define HV_STATUS_INVALID_SAVE_RESTORE_STATE 0x0017
#define HV_STATUS_INVALID_SYNIC_STATE 0x0018
#define HV_STATUS_OBJECT_IN_USE 0x0019
#define HV_STATUS_NO_DATA 0x001B
#define HV_STATUS_INACTIVE 0x001C
#define HV_STATUS_NO_RESOURCES 0x001D
#define HV_STATUS_FEATURE_UNAVAILABLE 0x001E
#define HV_STATUS_PARTIAL_PACKET 0x001F
#define HV_STATUS_PROCESSOR_FEATURE_NOT_SUPPORTED 0x0020
#define HV_STATUS_INSUFFICIENT_BUFFER 0x0033
#define HV_STATUS_PROCESSOR_STARTUP_TIMEOUT 0x003E
#define HV_STATUS_INVALID_LP_INDEX 0x0041
#define HV_STATUS_INVALID_REGISTER_VALUE 0x0050
#define HV_STATUS_INVALID_VTL_STATE 0x0051
#define HV_STATUS_INVALID_DEVICE_ID 0x0057
#define HV_STATUS_INVALID_DEVICE_STATE 0x0058
#define HV_STATUS_OPERATION_FAILED 0x0071
#define HV_STATUS_NOT_ALLOWED_WITH_NESTED_VIRT_ACTIVE 0x0072
#define HV_STATUS_INSUFFICIENT_ROOT_MEMORY 0x0073
#define HV_STATUS_INSUFFICIENT_CONTIGUOUS_MEMORY 0x0075
#define HV_STATUS_TIME_OUT 0x0078 /* try again from the completed count */
#define HV_STATUS_CALL_PENDING 0x0079
#define HV_STATUS_INSUFFICIENT_CONTIGUOUS_ROOT_MEMORY 0x0083
#define HV_STATUS_VTL_ALREADY_ENABLED 0x0086
#define HV_STATUS_UNKNOWN_REGISTER_NAME 0x0087

/* Who is meant. TLFS: Partition Management, HV_PARTITION_ID; Virtual Processors, HV_VP_INDEX. */
#define HV_PARTITION_ID_INVALID HV_U64(0)
#define HV_PARTITION_ID_SELF HV_U64(0xFFFFFFFFFFFFFFFF)
#define HV_VP_INDEX_SELF 0xFFFFFFFE /* 32 bits; the calling VP */
#define HV_ANY_VP 0xFFFFFFFF	    /* 32 bits */

/*
 * HV_INPUT_VTL, one byte. TLFS: Hypercall Reference, HV_INPUT_VTL. 3:0 target, 4 use the target,
 * 7:5 zero. Only some calls take it; EnablePartitionVtl, EnableVpVtl, StartVirtualProcessor,
 * GetVpIndexFromApicId and AssertVirtualInterrupt take the plain number instead.
 */
#define HV_INPUT_VTL_CURRENT 0x00
#define HV_INPUT_VTL_TARGET_MASK 0x0F
#define HV_INPUT_VTL_USE_TARGET 0x10
#define HV_INPUT_VTL_OF(vtl) (HV_INPUT_VTL_USE_TARGET | (vtl)) /* vtl: 0 to 2 */

/* Sizes in bytes of a call's fixed input and of one element, for filling blocks by offset. */
#define HV_VP_REGISTERS_HEADER_SIZE 16
#define HV_GET_VP_REGISTERS_MAX 256	 /* elements whose values fill one output page */
#define HV_SET_VP_REGISTERS_MAX 127	 /* elements that fit one input page */
#define HV_MODIFY_VTL_PROTECTION_MAX 510 /* GPNs that fit one input page */

/* Interrupt types of AssertVirtualInterrupt. TLFS: HV_INTERRUPT_TYPE. arm64 has only the first. */
#define HV_INTERRUPT_TYPE_FIXED 0
#define HV_INTERRUPT_TYPE_INIT 5
/* arm64: bit 2 of the second control word. 1 asserts the line, 0 takes it back. Linux, OpenVMM. */
#define HV_ARM64_INTERRUPT_CONTROL_ASSERTED 0x4

/* Flags byte of EnablePartitionVtl. TLFS names bit 0, OpenVMM the others. */
#define HV_ENABLE_PARTITION_VTL_MBEC 0x1
#define HV_ENABLE_PARTITION_VTL_SUPERVISOR_SHADOW_STACK 0x2
#define HV_ENABLE_PARTITION_VTL_HARDWARE_HVPT 0x4

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

/*
 * Input and output blocks. Each struct names its call; a flexible array at its end is the list of
 * rep elements, so that sizeof is the fixed part of the input. All of them are naturally aligned:
 * nothing is packed, and the asserts show that nothing needs to be.
 */
#define HV_ASSERT_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type ": size")
#define HV_ASSERT_OFFSET(type, field, offset)                                                      \
	_Static_assert(offsetof(type, field) == (offset), #type "." #field ": offset")

/* HV_UINT128: a register value as the hypervisor carries it. */
struct hv_u128 {
	uint64_t low_part;
	uint64_t high_part;
};
HV_ASSERT_SIZE(struct hv_u128, 16);

/* HV_INPUT_VTL */
union hv_input_vtl {
	uint8_t as_uint8;
	struct {
		uint8_t target_vtl : 4;	    /* 0 to 15; ignored while the next bit is 0 */
		uint8_t use_target_vtl : 1; /* 0: the caller's own VTL */
		uint8_t reserved_z : 3;	    /* zero */
	};
};
HV_ASSERT_SIZE(union hv_input_vtl, 1);

/* HV_REGISTER_VALUE: smaller registers lie in the low bytes, the rest is zero. */
union hv_register_value {
	struct hv_u128 reg128;
	uint64_t reg64;
	uint32_t reg32;
	uint16_t reg16;
	uint8_t reg8;
};
HV_ASSERT_SIZE(union hv_register_value, 16);

/* HV_REGISTER_ASSOC: one element of SetVpRegisters. */
struct hv_register_assoc {
	uint32_t name;	    /* HV_REGISTER_* of hv/regs.h */
	uint32_t reserved1; /* zero */
	uint64_t reserved2; /* zero */
	union hv_register_value value;
};
HV_ASSERT_SIZE(struct hv_register_assoc, 32);
HV_ASSERT_OFFSET(struct hv_register_assoc, value, 16);

/* HvCallGetVpRegisters 0x0050; output is an array of union hv_register_value. */
struct hv_input_get_vp_registers {
	uint64_t partition_id;
	uint32_t vp_index;
	union hv_input_vtl input_vtl;
	uint8_t rsvd_z8;   /* zero */
	uint16_t rsvd_z16; /* zero */
	uint32_t names[];
};
HV_ASSERT_SIZE(struct hv_input_get_vp_registers, 16);
HV_ASSERT_OFFSET(struct hv_input_get_vp_registers, vp_index, 8);
HV_ASSERT_OFFSET(struct hv_input_get_vp_registers, input_vtl, 12);
HV_ASSERT_OFFSET(struct hv_input_get_vp_registers, names, 16);

/* HvCallSetVpRegisters 0x0051; no output. */
struct hv_input_set_vp_registers {
	uint64_t partition_id;
	uint32_t vp_index;
	union hv_input_vtl input_vtl;
	uint8_t rsvd_z8;   /* zero */
	uint16_t rsvd_z16; /* zero */
	struct hv_register_assoc elements[];
};
HV_ASSERT_SIZE(struct hv_input_set_vp_registers, 16);
HV_ASSERT_OFFSET(struct hv_input_set_vp_registers, vp_index, 8);
HV_ASSERT_OFFSET(struct hv_input_set_vp_registers, input_vtl, 12);
HV_ASSERT_OFFSET(struct hv_input_set_vp_registers, elements, 16);

/* HvCallEnablePartitionVtl 0x000D; no output. */
struct hv_input_enable_partition_vtl {
	uint64_t partition_id;
	uint8_t target_vtl;  /* the plain number */
	uint8_t flags;	     /* HV_ENABLE_PARTITION_VTL_* */
	uint8_t reserved[6]; /* zero */
};
HV_ASSERT_SIZE(struct hv_input_enable_partition_vtl, 16);
HV_ASSERT_OFFSET(struct hv_input_enable_partition_vtl, target_vtl, 8);
HV_ASSERT_OFFSET(struct hv_input_enable_partition_vtl, flags, 9);

/*
 * HvCallEnableVpVtl 0x000F and HvCallStartVirtualProcessor 0x0099; no output. The initial VP
 * context that follows is the architecture's: struct hv_arm64_init_vp_context of hv/vsm.h,
 * 72 bytes, so that the block is 88 bytes there.
 */
struct hv_enable_vp_vtl {
	uint64_t partition_id;
	uint32_t vp_index;
	uint8_t target_vtl; /* the plain number, also where Linux types it as hv_input_vtl */
	uint8_t mbz0;	    /* zero */
	uint16_t mbz1;	    /* zero */
	uint8_t vp_context[];
};
HV_ASSERT_SIZE(struct hv_enable_vp_vtl, 16);
HV_ASSERT_OFFSET(struct hv_enable_vp_vtl, vp_index, 8);
HV_ASSERT_OFFSET(struct hv_enable_vp_vtl, target_vtl, 12);
HV_ASSERT_OFFSET(struct hv_enable_vp_vtl, vp_context, 16);

/*
 * HvCallGetVpIndexFromApicId 0x009A. An input element is an APIC id of 4 bytes on x86_64, an
 * MPIDR of 8 bytes on arm64; an output element is a VP index of 4 bytes on both. Packed, as
 * OpenVMM and Linux have it (the TLFS shows padding that nobody sends).
 */
struct hv_get_vp_from_apic_id_in {
	uint64_t partition_id;
	uint8_t target_vtl; /* the plain number; ask for VTL0: others fail until enabled */
	uint8_t res[7];	    /* zero */
	uint8_t apic_ids[];
};
HV_ASSERT_SIZE(struct hv_get_vp_from_apic_id_in, 16);
HV_ASSERT_OFFSET(struct hv_get_vp_from_apic_id_in, target_vtl, 8);
HV_ASSERT_OFFSET(struct hv_get_vp_from_apic_id_in, apic_ids, 16);

/* HvCallModifyVtlProtectionMask 0x000C; no output. */
struct hv_input_modify_vtl_protection_mask {
	uint64_t partition_id;
	uint32_t map_flags;	       /* HV_MAP_GPA_*: what lower VTLs may still do */
	union hv_input_vtl target_vtl; /* the VTL that restricts; VTL0 is refused */
	uint8_t reserved[3];	       /* zero */
	uint64_t gpa_page_list[];      /* GPNs */
};
HV_ASSERT_SIZE(struct hv_input_modify_vtl_protection_mask, 16);
HV_ASSERT_OFFSET(struct hv_input_modify_vtl_protection_mask, map_flags, 8);
HV_ASSERT_OFFSET(struct hv_input_modify_vtl_protection_mask, target_vtl, 12);
HV_ASSERT_OFFSET(struct hv_input_modify_vtl_protection_mask, gpa_page_list, 16);

/* HvCallInstallIntercept 0x004D; no output. */
struct hv_input_install_intercept {
	uint64_t partition_id;
	uint32_t access_type;	      /* HV_INTERCEPT_ACCESS_MASK_*; none removes it */
	uint32_t intercept_type;      /* HV_INTERCEPT_TYPE_* */
	uint64_t intercept_parameter; /* by type; 0 for those without */
};
HV_ASSERT_SIZE(struct hv_input_install_intercept, 24);
HV_ASSERT_OFFSET(struct hv_input_install_intercept, access_type, 8);
HV_ASSERT_OFFSET(struct hv_input_install_intercept, intercept_type, 12);
HV_ASSERT_OFFSET(struct hv_input_install_intercept, intercept_parameter, 16);

/*
 * HvCallCheckSparseGpaPageVtlAccess 0x00D4 (OpenVMM: not in the TLFS). One output word per page:
 * 7:0 result, 15:8 denied access flags, 19:16 the VTL that intercepts.
 */
struct hv_input_check_sparse_gpa_page_vtl_access {
	uint64_t partition_id;
	union hv_input_vtl target_vtl; /* whose access is tested */
	uint8_t desired_access;	       /* HV_MAP_GPA_*, low byte */
	uint8_t reserved[6];	       /* zero */
	uint64_t gpa_page_list[];      /* GPNs */
};
HV_ASSERT_SIZE(struct hv_input_check_sparse_gpa_page_vtl_access, 16);
HV_ASSERT_OFFSET(struct hv_input_check_sparse_gpa_page_vtl_access, target_vtl, 8);
HV_ASSERT_OFFSET(struct hv_input_check_sparse_gpa_page_vtl_access, desired_access, 9);
HV_ASSERT_OFFSET(struct hv_input_check_sparse_gpa_page_vtl_access, gpa_page_list, 16);

#define HV_CHECK_SPARSE_RESULT_MASK HV_U64(0xFF) /* 0: allowed, 1: a memory intercept */
#define HV_CHECK_SPARSE_DENIED_SHIFT 8		 /* 8 bits, HV_MAP_GPA_* */
#define HV_CHECK_SPARSE_VTL_SHIFT 16		 /* 4 bits */

/* HV_INTERRUPT_CONTROL as arm64 has it. */
union hv_arm64_interrupt_control {
	uint64_t as_uint64;
	struct {
		uint32_t interrupt_type; /* HV_INTERRUPT_TYPE_FIXED */
		uint32_t rsvd1 : 2;	 /* zero */
		uint32_t asserted : 1;	 /* 1 asserts, 0 takes back */
		uint32_t rsvd2 : 29;	 /* zero */
	};
};
HV_ASSERT_SIZE(union hv_arm64_interrupt_control, 8);

/* HvCallAssertVirtualInterrupt 0x0094; no output. */
struct hv_input_assert_virtual_interrupt {
	uint64_t partition_id;
	uint64_t control; /* union hv_arm64_interrupt_control; x86_64: type, 32 level, 33 logical */
	uint64_t dest_addr; /* APIC id; arm64: MPIDR for a PPI or SGI, ignored for an SPI */
	uint32_t vector;    /* arm64: INTID */
	uint8_t target_vtl; /* the plain number */
	uint8_t rsvd_z0;    /* zero */
	uint16_t rsvd_z1;   /* zero */
};
HV_ASSERT_SIZE(struct hv_input_assert_virtual_interrupt, 32);
HV_ASSERT_OFFSET(struct hv_input_assert_virtual_interrupt, control, 8);
HV_ASSERT_OFFSET(struct hv_input_assert_virtual_interrupt, dest_addr, 16);
HV_ASSERT_OFFSET(struct hv_input_assert_virtual_interrupt, vector, 24);
HV_ASSERT_OFFSET(struct hv_input_assert_virtual_interrupt, target_vtl, 28);

#endif /* __ASSEMBLER__ */

#endif
