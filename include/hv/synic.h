/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a message of the hypervisor look, and what does each intercept say?
 *
 * TLFS: Virtual Interrupt Controller, SynIC and Intercepts; arm64 payloads: OpenVMM and, where it
 * has them, Linux. A message page is memory of the hypervisor's making: copy a slot once and look
 * at the copy. Payload offsets count from the payload, which lies 16 bytes into the message.
 */
#ifndef HV_SYNIC_H
#define HV_SYNIC_H

#include "hv/hvgdk.h"
#include "hv/vsm.h"

#define HV_SYNIC_SINT_COUNT 16
#define HV_SYNIC_VERSION_1 1
#define HV_MESSAGE_SIZE 256
#define HV_MESSAGE_HEADER_SIZE 16
#define HV_MESSAGE_PAYLOAD_BYTE_COUNT 240
#define HV_MESSAGE_PAYLOAD_QWORD_COUNT 30

/* HvRegisterScontrol */
#define HV_SYNIC_CONTROL_ENABLE HV_BIT(0)
/* HvRegisterSimp, HvRegisterSiefp: 63:12 GPN, 11:1 preserved */
#define HV_SYNIC_SIMP_ENABLE HV_BIT(0)
#define HV_SYNIC_SIEFP_ENABLE HV_BIT(0)

/* HvRegisterSint0 to 15; reset value: masked. arm64: the vector is an INTID. */
#define HV_SYNIC_SINT_VECTOR_MASK HV_U64(0xFF)
#define HV_SYNIC_SINT_MASKED HV_BIT(16)
#define HV_SYNIC_SINT_AUTO_EOI HV_BIT(17)
#define HV_SYNIC_SINT_POLLING HV_BIT(18)
#define HV_SYNIC_SINT_AS_INTERCEPT HV_BIT(19) /* Linux's name; OpenVMM: reserved */
#define HV_SYNIC_SINT_PROXY HV_BIT(20)

/* Which SINT is whose. Linux. */
#define HV_SYNIC_INTERCEPTION_SINT_INDEX 0
#define HV_SYNIC_IOMMU_FAULT_SINT_INDEX 1
#define HV_SYNIC_VMBUS_SINT_INDEX 2
#define HV_SYNIC_FIRST_UNUSED_SINT_INDEX 5

/* The GIC interrupt that SINTs use where no tree names one: PPI 2. OpenVMM, VMBus DT binding. */
#define HV_ARM64_DEFAULT_SINT_INTID 18

/* Message types. TLFS: HV_MESSAGE_TYPE; bit 31: the hypervisor's own. */
#define HVMSG_NONE 0x00000000 /* the slot is empty */
#define HVMSG_UNMAPPED_GPA 0x80000000
#define HVMSG_GPA_INTERCEPT 0x80000001
#define HVMSG_UNACCEPTED_GPA 0x80000003
#define HVMSG_GPA_ATTRIBUTE_INTERCEPT 0x80000004
#define HVMSG_ENABLE_PARTITION_VTL_INTERCEPT 0x80000005
#define HVMSG_TIMER_EXPIRED 0x80000010
#define HVMSG_INVALID_VP_REGISTER_VALUE 0x80000020
#define HVMSG_UNRECOVERABLE_EXCEPTION 0x80000021
#define HVMSG_UNSUPPORTED_FEATURE 0x80000022
#define HVMSG_OPAQUE_INTERCEPT 0x8000003F
#define HVMSG_EVENTLOG_BUFFERCOMPLETE 0x80000040
#define HVMSG_HYPERCALL_INTERCEPT 0x80000050
#define HVMSG_SYNIC_EVENT_INTERCEPT 0x80000060
#define HVMSG_SYNIC_SINT_INTERCEPT 0x80000061
#define HVMSG_SYNIC_SINT_DELIVERABLE 0x80000062
#define HVMSG_ASYNC_CALL_COMPLETION 0x80000070
#define HVMSG_X64_IO_PORT_INTERCEPT 0x80010000
#define HVMSG_X64_MSR_INTERCEPT 0x80010001
#define HVMSG_X64_CPUID_INTERCEPT 0x80010002
#define HVMSG_X64_EXCEPTION_INTERCEPT 0x80010003
#define HVMSG_X64_APIC_EOI 0x80010004
#define HVMSG_REGISTER_INTERCEPT 0x80010006 /* OpenVMM, TLFS; Linux: X64_IOMMU_PRQ */
#define HVMSG_X64_HALT 0x80010007
#define HVMSG_X64_INTERRUPTION_DELIVERABLE 0x80010008
#define HVMSG_X64_SIPI_INTERCEPT 0x80010009
#define HVMSG_ARM64_RESET_INTERCEPT 0x8001000C

/* Byte 5 of a message: another one waits behind this one, write EOM when the slot is free. */
#define HV_MESSAGE_FLAG_PENDING 0x1

/* What the lower VTL tried: byte 5 of an intercept header. Not the mask of InstallIntercept. */
#define HV_INTERCEPT_ACCESS_READ 0
#define HV_INTERCEPT_ACCESS_WRITE 1
#define HV_INTERCEPT_ACCESS_EXECUTE 2

/* Execution state in an arm64 intercept header, bytes 6 and 7. */
#define HV_ARM64_EXECUTION_STATE_CPL_MASK 0x0003 /* exception level */
#define HV_ARM64_EXECUTION_STATE_DEBUG_ACTIVE 0x0004
#define HV_ARM64_EXECUTION_STATE_INTERRUPTION_PENDING 0x0008
#define HV_ARM64_EXECUTION_STATE_VTL_SHIFT 4
#define HV_ARM64_EXECUTION_STATE_VTL_MASK 0x00F0
#define HV_ARM64_EXECUTION_STATE_FAULT_ACTIVE 0x0100

/* Memory access info, byte 29 of an arm64 memory intercept. */
#define HV_ARM64_MEMORY_ACCESS_GVA_VALID 0x1
#define HV_ARM64_MEMORY_ACCESS_GVA_GPA_VALID 0x2
#define HV_ARM64_MEMORY_ACCESS_HYPERCALL_OUTPUT_PENDING 0x4

/* Type of an arm64 reset intercept. OpenVMM. */
#define HV_ARM64_RESET_TYPE_POWER_OFF 0
#define HV_ARM64_RESET_TYPE_REBOOT 1
#define HV_ARM64_RESET_TYPE_SYSTEM_RESET2 2
#define HV_ARM64_RESET_TYPE_HIBERNATE 3

#ifndef __ASSEMBLER__

/* HV_SYNIC_SINT */
union hv_synic_sint {
	uint64_t as_uint64;
	struct {
		uint64_t vector : 8; /* arm64: INTID 16 to 31 */
		uint64_t reserved1 : 8;
		uint64_t masked : 1;
		uint64_t auto_eoi : 1;
		uint64_t polling : 1;
		uint64_t as_intercept : 1;
		uint64_t proxy : 1;
		uint64_t reserved2 : 43;
	};
};
HV_ASSERT_SIZE(union hv_synic_sint, 8);

/* HvRegisterScontrol */
union hv_synic_scontrol {
	uint64_t as_uint64;
	struct {
		uint64_t enable : 1;
		uint64_t reserved : 63;
	};
};
HV_ASSERT_SIZE(union hv_synic_scontrol, 8);

/* HvRegisterSimp */
union hv_synic_simp {
	uint64_t as_uint64;
	struct {
		uint64_t simp_enabled : 1;
		uint64_t preserved : 11;
		uint64_t base_simp_gpa : 52; /* GPN */
	};
};
HV_ASSERT_SIZE(union hv_synic_simp, 8);

/* HvRegisterSiefp */
union hv_synic_siefp {
	uint64_t as_uint64;
	struct {
		uint64_t siefp_enabled : 1;
		uint64_t preserved : 11;
		uint64_t base_siefp_gpa : 52; /* GPN */
	};
};
HV_ASSERT_SIZE(union hv_synic_siefp, 8);

union hv_message_flags {
	uint8_t asu8;
	struct {
		uint8_t msg_pending : 1; /* write EOM once the slot is empty */
		uint8_t reserved : 7;
	};
};
HV_ASSERT_SIZE(union hv_message_flags, 1);

/* HV_MESSAGE_HEADER */
struct hv_message_header {
	uint32_t message_type; /* HVMSG_* */
	uint8_t payload_size;  /* 0 to 240 bytes */
	union hv_message_flags message_flags;
	uint8_t reserved[2];
	uint64_t sender; /* port or partition id; 0 from a timer */
};
HV_ASSERT_SIZE(struct hv_message_header, HV_MESSAGE_HEADER_SIZE);
HV_ASSERT_OFFSET(struct hv_message_header, payload_size, 4);
HV_ASSERT_OFFSET(struct hv_message_header, message_flags, 5);
HV_ASSERT_OFFSET(struct hv_message_header, sender, 8);

/* HV_MESSAGE */
struct hv_message {
	struct hv_message_header header;
	union {
		uint64_t payload[HV_MESSAGE_PAYLOAD_QWORD_COUNT];
		uint8_t payload_bytes[HV_MESSAGE_PAYLOAD_BYTE_COUNT];
	} u;
};
HV_ASSERT_SIZE(struct hv_message, HV_MESSAGE_SIZE);
HV_ASSERT_OFFSET(struct hv_message, u, HV_MESSAGE_HEADER_SIZE);

/* The SIM page: slot n is SINTn's. */
struct hv_message_page {
	struct hv_message sint_message[HV_SYNIC_SINT_COUNT];
};
HV_ASSERT_SIZE(struct hv_message_page, 4096);

union hv_arm64_vp_execution_state {
	uint16_t as_uint16;
	struct {
		uint16_t cpl : 2; /* exception level, 0 or 1 */
		uint16_t debug_active : 1;
		uint16_t interruption_pending : 1; /* do not make another event */
		uint16_t vtl : 4;		   /* at a lower place than on x86_64 */
		uint16_t virtualization_fault_active : 1;
		uint16_t reserved : 7;
	};
};
HV_ASSERT_SIZE(union hv_arm64_vp_execution_state, 2);

/* First part of all arm64 intercepts. The PC is at the instruction, not behind it. */
struct hv_arm64_intercept_message_header {
	uint32_t vp_index;
	uint8_t instruction_length;    /* 4, or 0 where unknown */
	uint8_t intercept_access_type; /* HV_INTERCEPT_ACCESS_READ, _WRITE, _EXECUTE */
	union hv_arm64_vp_execution_state execution_state;
	uint64_t pc;
	uint64_t cpsr; /* SPSR format */
};
HV_ASSERT_SIZE(struct hv_arm64_intercept_message_header, 24);
HV_ASSERT_OFFSET(struct hv_arm64_intercept_message_header, instruction_length, 4);
HV_ASSERT_OFFSET(struct hv_arm64_intercept_message_header, intercept_access_type, 5);
HV_ASSERT_OFFSET(struct hv_arm64_intercept_message_header, execution_state, 6);
HV_ASSERT_OFFSET(struct hv_arm64_intercept_message_header, pc, 8);
HV_ASSERT_OFFSET(struct hv_arm64_intercept_message_header, cpsr, 16);

union hv_arm64_memory_access_info {
	uint8_t as_uint8;
	struct {
		uint8_t gva_valid : 1;
		uint8_t gva_gpa_valid : 1;
		uint8_t hypercall_output_pending : 1;
		uint8_t reserved : 5;
	};
};
HV_ASSERT_SIZE(union hv_arm64_memory_access_info, 1);

/* HVMSG_UNMAPPED_GPA, HVMSG_GPA_INTERCEPT, HVMSG_UNACCEPTED_GPA */
struct hv_arm64_memory_intercept_message {
	struct hv_arm64_intercept_message_header header;
	uint32_t cache_type;		/* 0 UC, 1 WC, 4 WT, 5 WP, 6 WB */
	uint8_t instruction_byte_count; /* 0 to 4 */
	union hv_arm64_memory_access_info memory_access_info;
	uint16_t reserved1;
	uint8_t instruction_bytes[4];
	uint32_t reserved2;
	uint64_t guest_virtual_address;
	uint64_t guest_physical_address;
	uint64_t syndrome; /* ESR_EL2 format */
};
HV_ASSERT_SIZE(struct hv_arm64_memory_intercept_message, 64);
HV_ASSERT_OFFSET(struct hv_arm64_memory_intercept_message, cache_type, 24);
HV_ASSERT_OFFSET(struct hv_arm64_memory_intercept_message, instruction_byte_count, 28);
HV_ASSERT_OFFSET(struct hv_arm64_memory_intercept_message, memory_access_info, 29);
HV_ASSERT_OFFSET(struct hv_arm64_memory_intercept_message, instruction_bytes, 32);
HV_ASSERT_OFFSET(struct hv_arm64_memory_intercept_message, guest_virtual_address, 40);
HV_ASSERT_OFFSET(struct hv_arm64_memory_intercept_message, guest_physical_address, 48);
HV_ASSERT_OFFSET(struct hv_arm64_memory_intercept_message, syndrome, 56);

/* HVMSG_HYPERCALL_INTERCEPT. OpenVMM. */
struct hv_arm64_hypercall_intercept_message {
	struct hv_arm64_intercept_message_header header;
	uint16_t immediate; /* of the HVC; 0: SMCCC */
	uint16_t reserved;
	uint32_t flags; /* bit 0: isolated */
	uint64_t x[18]; /* X0 to X17 */
};
HV_ASSERT_SIZE(struct hv_arm64_hypercall_intercept_message, 176);
HV_ASSERT_OFFSET(struct hv_arm64_hypercall_intercept_message, immediate, 24);
HV_ASSERT_OFFSET(struct hv_arm64_hypercall_intercept_message, flags, 28);
HV_ASSERT_OFFSET(struct hv_arm64_hypercall_intercept_message, x, 32);

/* HVMSG_ARM64_RESET_INTERCEPT. OpenVMM. */
struct hv_arm64_reset_intercept_message {
	struct hv_arm64_intercept_message_header header;
	uint32_t reset_type; /* HV_ARM64_RESET_TYPE_* */
	uint32_t reset_code; /* PSCI's argument; bit 31: vendor */
};
HV_ASSERT_SIZE(struct hv_arm64_reset_intercept_message, 32);
HV_ASSERT_OFFSET(struct hv_arm64_reset_intercept_message, reset_type, 24);
HV_ASSERT_OFFSET(struct hv_arm64_reset_intercept_message, reset_code, 28);

/* HVMSG_SYNIC_SINT_DELIVERABLE on arm64. OpenVMM. */
struct hv_arm64_sint_deliverable_message {
	struct hv_arm64_intercept_message_header header;
	uint16_t deliverable_sints; /* a bit per SINT */
	uint16_t reserved[3];
};
HV_ASSERT_SIZE(struct hv_arm64_sint_deliverable_message, 32);
HV_ASSERT_OFFSET(struct hv_arm64_sint_deliverable_message, deliverable_sints, 24);

/* Execution state in an x86_64 intercept header. */
union hv_x64_vp_execution_state {
	uint16_t as_uint16;
	struct {
		uint16_t cpl : 2;
		uint16_t cr0_pe : 1;
		uint16_t cr0_am : 1;
		uint16_t efer_lma : 1;
		uint16_t debug_active : 1;
		uint16_t interruption_pending : 1; /* do not make another event */
		uint16_t vtl : 4;
		uint16_t enclave_mode : 1;
		uint16_t interrupt_shadow : 1;
		uint16_t virtualization_fault_active : 1;
		uint16_t reserved : 2;
	};
};
HV_ASSERT_SIZE(union hv_x64_vp_execution_state, 2);

/* First part of all x86_64 intercepts but two. RIP is at the instruction, not behind it. */
struct hv_x64_intercept_message_header {
	uint32_t vp_index;
	uint8_t instruction_length : 4; /* 0 where unknown */
	uint8_t cr8 : 4;
	uint8_t intercept_access_type; /* HV_INTERCEPT_ACCESS_READ, _WRITE, _EXECUTE */
	union hv_x64_vp_execution_state execution_state;
	struct hv_x64_segment_register cs_segment;
	uint64_t rip;
	uint64_t rflags;
};
HV_ASSERT_SIZE(struct hv_x64_intercept_message_header, 40);
HV_ASSERT_OFFSET(struct hv_x64_intercept_message_header, intercept_access_type, 5);
HV_ASSERT_OFFSET(struct hv_x64_intercept_message_header, execution_state, 6);
HV_ASSERT_OFFSET(struct hv_x64_intercept_message_header, cs_segment, 8);
HV_ASSERT_OFFSET(struct hv_x64_intercept_message_header, rip, 24);
HV_ASSERT_OFFSET(struct hv_x64_intercept_message_header, rflags, 32);

union hv_x64_memory_access_info {
	uint8_t as_uint8;
	struct {
		uint8_t gva_valid : 1;
		uint8_t gva_gpa_valid : 1;
		uint8_t hypercall_output_pending : 1;
		uint8_t tlb_locked_no_overlay : 1;
		uint8_t reserved : 4;
	};
};
HV_ASSERT_SIZE(union hv_x64_memory_access_info, 1);

/* HVMSG_UNMAPPED_GPA, HVMSG_GPA_INTERCEPT */
struct hv_x64_memory_intercept_message {
	struct hv_x64_intercept_message_header header;
	uint32_t cache_type;
	uint8_t instruction_byte_count; /* 0 to 16 */
	union hv_x64_memory_access_info memory_access_info;
	uint8_t tpr_priority;
	uint8_t reserved1;
	uint64_t guest_virtual_address;
	uint64_t guest_physical_address;
	uint8_t instruction_bytes[16];
};
HV_ASSERT_SIZE(struct hv_x64_memory_intercept_message, 80);
HV_ASSERT_OFFSET(struct hv_x64_memory_intercept_message, cache_type, 40);
HV_ASSERT_OFFSET(struct hv_x64_memory_intercept_message, instruction_byte_count, 44);
HV_ASSERT_OFFSET(struct hv_x64_memory_intercept_message, memory_access_info, 45);
HV_ASSERT_OFFSET(struct hv_x64_memory_intercept_message, guest_virtual_address, 48);
HV_ASSERT_OFFSET(struct hv_x64_memory_intercept_message, guest_physical_address, 56);
HV_ASSERT_OFFSET(struct hv_x64_memory_intercept_message, instruction_bytes, 64);

union hv_x64_io_port_access_info {
	uint8_t as_uint8;
	struct {
		uint8_t access_size : 3; /* 1, 2 or 4 */
		uint8_t string_op : 1;
		uint8_t rep_prefix : 1;
		uint8_t reserved : 3;
	};
};
HV_ASSERT_SIZE(union hv_x64_io_port_access_info, 1);

/* HVMSG_X64_IO_PORT_INTERCEPT. OpenVMM. */
struct hv_x64_io_port_intercept_message {
	struct hv_x64_intercept_message_header header;
	uint16_t port_number;
	union hv_x64_io_port_access_info access_info;
	uint8_t instruction_byte_count;
	uint32_t reserved;
	uint64_t rax;
	uint8_t instruction_bytes[16];
	struct hv_x64_segment_register ds_segment;
	struct hv_x64_segment_register es_segment;
	uint64_t rcx;
	uint64_t rsi;
	uint64_t rdi;
};
HV_ASSERT_SIZE(struct hv_x64_io_port_intercept_message, 128);
HV_ASSERT_OFFSET(struct hv_x64_io_port_intercept_message, port_number, 40);
HV_ASSERT_OFFSET(struct hv_x64_io_port_intercept_message, access_info, 42);
HV_ASSERT_OFFSET(struct hv_x64_io_port_intercept_message, rax, 48);
HV_ASSERT_OFFSET(struct hv_x64_io_port_intercept_message, instruction_bytes, 56);
HV_ASSERT_OFFSET(struct hv_x64_io_port_intercept_message, ds_segment, 72);
HV_ASSERT_OFFSET(struct hv_x64_io_port_intercept_message, rcx, 104);
HV_ASSERT_OFFSET(struct hv_x64_io_port_intercept_message, rdi, 120);

/* HVMSG_HYPERCALL_INTERCEPT on x86_64. OpenVMM. */
struct hv_x64_hypercall_intercept_message {
	struct hv_x64_intercept_message_header header;
	uint64_t rax;
	uint64_t rbx;
	uint64_t rcx;
	uint64_t rdx;
	uint64_t r8;
	uint64_t rsi;
	uint64_t rdi;
	uint64_t xmm[12]; /* XMM0 to XMM5 */
	uint32_t flags;	  /* bit 0: isolated */
	uint32_t reserved[3];
};
HV_ASSERT_SIZE(struct hv_x64_hypercall_intercept_message, 208);
HV_ASSERT_OFFSET(struct hv_x64_hypercall_intercept_message, rcx, 56);
HV_ASSERT_OFFSET(struct hv_x64_hypercall_intercept_message, xmm, 96);
HV_ASSERT_OFFSET(struct hv_x64_hypercall_intercept_message, flags, 192);

/* HVMSG_X64_CPUID_INTERCEPT. OpenVMM. */
struct hv_x64_cpuid_intercept_message {
	struct hv_x64_intercept_message_header header;
	uint64_t rax;
	uint64_t rcx;
	uint64_t rdx;
	uint64_t rbx;
	uint64_t default_rax; /* what the hypervisor would have answered */
	uint64_t default_rcx;
	uint64_t default_rdx;
	uint64_t default_rbx;
};
HV_ASSERT_SIZE(struct hv_x64_cpuid_intercept_message, 104);
HV_ASSERT_OFFSET(struct hv_x64_cpuid_intercept_message, rax, 40);
HV_ASSERT_OFFSET(struct hv_x64_cpuid_intercept_message, default_rax, 72);
HV_ASSERT_OFFSET(struct hv_x64_cpuid_intercept_message, default_rbx, 96);

/* HVMSG_X64_MSR_INTERCEPT. OpenVMM. */
struct hv_x64_msr_intercept_message {
	struct hv_x64_intercept_message_header header;
	uint32_t msr_number;
	uint32_t reserved;
	uint64_t rdx;
	uint64_t rax;
};
HV_ASSERT_SIZE(struct hv_x64_msr_intercept_message, 64);
HV_ASSERT_OFFSET(struct hv_x64_msr_intercept_message, msr_number, 40);
HV_ASSERT_OFFSET(struct hv_x64_msr_intercept_message, rdx, 48);
HV_ASSERT_OFFSET(struct hv_x64_msr_intercept_message, rax, 56);

#endif /* __ASSEMBLER__ */

#endif
