/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do the registers and pages of Virtual Secure Mode say, bit by bit?
 *
 * TLFS: Virtual Secure Mode, unless a comment names another source. Each register is given twice:
 * as masks, which assembly can use, and as a union with as_uint64. Capabilities are counted from
 * the least significant bit, as Linux and OpenVMM do; the TLFS prints the same order from the top.
 */
#ifndef HV_VSM_H
#define HV_VSM_H

#include "hv/hvgdk.h"

#define HV_VTL_MGMT 2 /* the highest VTL there is today: the paravisor's */
#define HV_NORMAL_VTL 0
#define HV_VTL_MAX 15 /* largest number the registers can name */

/* HvRegisterVsmCapabilities 0x000D0006, read-only. Bits 29 and up: OpenVMM. */
#define HV_VSM_CAP_DR6_SHARED HV_BIT(0)
#define HV_VSM_CAP_MBEC_VTL_MASK HV_U64(0x1FFFE) /* 16:1, a bit per VTL */
#define HV_VSM_CAP_DENY_LOWER_VTL_STARTUP HV_BIT(17)
#define HV_VSM_CAP_SUPERVISOR_SHADOW_STACK HV_BIT(18)
#define HV_VSM_CAP_HARDWARE_HVPT_AVAILABLE HV_BIT(19)
#define HV_VSM_CAP_SOFTWARE_HVPT_AVAILABLE HV_BIT(20)
#define HV_VSM_CAP_HARDWARE_HVPT_RANGE_BITS HV_U64(0x07E00000) /* 26:21 */
#define HV_VSM_CAP_INTERCEPT_PAGE_AVAILABLE HV_BIT(27)
#define HV_VSM_CAP_RETURN_ACTION_AVAILABLE HV_BIT(28)
#define HV_VSM_CAP_VTL0_ALIAS_MAP_AVAILABLE HV_BIT(29)
#define HV_VSM_CAP_INTERCEPT_NOT_PRESENT_AVAILABLE HV_BIT(30)
#define HV_VSM_CAP_INSTALL_INTERCEPT_EX_AVAILABLE HV_BIT(31)
#define HV_VSM_CAP_INTERCEPT_SYSTEM_RESET_AVAILABLE HV_BIT(32)
#define HV_VSM_CAP_PROXY_INTERRUPT_REDIRECT_AVAILABLE HV_BIT(34)

/* HvRegisterVsmPartitionConfig 0x000D0007, one per VTL above 0. Bits 13 to 15: OpenVMM. */
#define HV_VSM_PARTITION_CONFIG_ENABLE_VTL_PROTECTION HV_BIT(0) /* cannot be cleared */
#define HV_VSM_PARTITION_CONFIG_DEFAULT_MASK_SHIFT 1
#define HV_VSM_PARTITION_CONFIG_DEFAULT_MASK HV_U64(0x1E) /* 4:1, HV_MAP_GPA_*; needs R and W */
#define HV_VSM_PARTITION_CONFIG_ZERO_MEMORY_ON_RESET HV_BIT(5)
#define HV_VSM_PARTITION_CONFIG_DENY_LOWER_VTL_STARTUP HV_BIT(6)
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_ACCEPTANCE HV_BIT(7)
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_ENABLE_VTL_PROTECTION HV_BIT(8)
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_VP_STARTUP HV_BIT(9)
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_CPUID_UNIMPLEMENTED HV_BIT(10)
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_UNRECOVERABLE_EXCEPTION HV_BIT(11)
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_PAGE HV_BIT(12) /* messages in the assist page */
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_RESTORE_PARTITION_TIME HV_BIT(13)
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_NOT_PRESENT HV_BIT(14) /* GPAs without memory */
#define HV_VSM_PARTITION_CONFIG_INTERCEPT_SYSTEM_RESET HV_BIT(15)
#define HV_VSM_PARTITION_CONFIG_RESERVED HV_U64(0xFFFFFFFFFFFF0000)

/* HvRegisterVsmVpStatus 0x000D0003, read-only. */
#define HV_VSM_VP_STATUS_ACTIVE_VTL HV_U64(0xF) /* 3:0 */
#define HV_VSM_VP_STATUS_ACTIVE_MBEC HV_BIT(4)
#define HV_VSM_VP_STATUS_ENABLED_VTL_SET_SHIFT 16
#define HV_VSM_VP_STATUS_ENABLED_VTL_SET HV_U64(0xFFFF0000) /* 31:16, a bit per VTL */

/* HvRegisterVsmPartitionStatus 0x000D0004, read-only. */
#define HV_VSM_PARTITION_STATUS_ENABLED_VTL_SET HV_U64(0xFFFF) /* 15:0, a bit per VTL */
#define HV_VSM_PARTITION_STATUS_MAXIMUM_VTL_SHIFT 16
#define HV_VSM_PARTITION_STATUS_MAXIMUM_VTL HV_U64(0xF0000) /* 19:16 */

/* HvRegisterGuestVsmPartitionConfig 0x000D0008: the highest VTL VTL0 may ask for. OpenVMM. */
#define HV_GUEST_VSM_PARTITION_CONFIG_MAXIMUM_VTL HV_U64(0xF) /* 3:0 */

/* HvRegisterInternalActivityState. OpenVMM; the TLFS has the register read-only. */
#define HV_INTERNAL_ACTIVITY_STARTUP_SUSPEND HV_BIT(0)
#define HV_INTERNAL_ACTIVITY_HALT_SUSPEND HV_BIT(1)
#define HV_INTERNAL_ACTIVITY_IDLE_SUSPEND HV_BIT(2)

/* HvRegisterGuestCrashCtl. TLFS: Partition Properties; pre-OS id and no-dump: OpenVMM. */
#define HV_CRASH_CTL_PRE_OS_ID_SHIFT 58
#define HV_CRASH_CTL_PRE_OS_ID HV_U64(0x1C00000000000000) /* 60:58 */
#define HV_CRASH_CTL_NO_CRASH_DUMP HV_BIT(61)
#define HV_CRASH_CTL_CRASH_NOTIFY_MSG HV_BIT(62) /* P3: GPA, P4: length up to 4096 */
#define HV_CRASH_CTL_CRASH_NOTIFY HV_BIT(63)

/* Pages named by a register (VP assist, SIM, SIEF): bit 0 enables, 63:12 the GPN. */
#define HV_PAGE_REGISTER_ENABLE HV_BIT(0)
#define HV_PAGE_REGISTER_PRESERVED HV_U64(0xFFE) /* 11:1, written back as read */
#define HV_PAGE_REGISTER_GPA HV_U64(0xFFFFFFFFFFFFF000)

/* Access of VTLs below, for ModifyVtlProtectionMask. TLFS: HV_MAP_GPA_FLAGS; Linux. */
#define HV_MAP_GPA_PERMISSIONS_NONE 0x0
#define HV_MAP_GPA_READABLE 0x1
#define HV_MAP_GPA_WRITABLE 0x2
#define HV_MAP_GPA_KERNEL_EXECUTABLE 0x4 /* governs both levels while MBEC is off */
#define HV_MAP_GPA_USER_EXECUTABLE 0x8
#define HV_MAP_GPA_EXECUTABLE 0xC
#define HV_MAP_GPA_PERMISSIONS_MASK 0xF
#define HV_MAP_GPA_ADJUSTABLE 0x8000

/* Why a higher VTL was entered: VP assist page, offset 8. TLFS: HV_VP_VTL_CONTROL. */
#define HV_VTL_ENTRY_RESERVED 0
#define HV_VTL_ENTRY_VTL_CALL 1
#define HV_VTL_ENTRY_INTERRUPT 2 /* a message in SINT0's slot comes this way, too */
#define HV_VTL_ENTRY_INTERCEPT 3 /* message in the assist page */

/* Intercepts for HvCallInstallIntercept. TLFS: HV_INTERCEPT_TYPE; 0x0D and 0x0F also OpenVMM. */
#define HV_INTERCEPT_TYPE_X64_IO_PORT 0x00000000
#define HV_INTERCEPT_TYPE_X64_MSR 0x00000001
#define HV_INTERCEPT_TYPE_X64_CPUID 0x00000002
#define HV_INTERCEPT_TYPE_EXCEPTION 0x00000003
#define HV_INTERCEPT_TYPE_X64_GLOBAL_CPUID 0x00000006
#define HV_INTERCEPT_TYPE_X64_APIC_SMI 0x00000007
#define HV_INTERCEPT_TYPE_HYPERCALL 0x00000008 /* parameter 0, access EXECUTE */
#define HV_INTERCEPT_TYPE_X64_APIC_INIT_SIPI 0x00000009
#define HV_INTERCEPT_TYPE_X64_APIC_WRITE 0x0000000B
#define HV_INTERCEPT_TYPE_X64_MSR_INDEX 0x0000000C
#define HV_INTERCEPT_TYPE_UNKNOWN_SYNIC_CONNECTION 0x0000000D
#define HV_INTERCEPT_TYPE_X64_APIC_EOI 0x0000000E
#define HV_INTERCEPT_TYPE_RETARGET_INTERRUPT_WITH_UNKNOWN_DEVICE_ID 0x0000000F
#define HV_INTERCEPT_TYPE_X64_IO_PORT_RANGE 0x00000011
#define HV_INTERCEPT_TYPE_REGISTER 0x00000012		   /* arm64, InstallInterceptEx; TLFS */
#define HV_INTERCEPT_TYPE_SYSTEM_RESET_EXTENDED 0x00000013 /* arm64; TLFS */

/* Which accesses an intercept catches: a mask, unlike HV_INTERCEPT_ACCESS_* of a message. */
#define HV_INTERCEPT_ACCESS_MASK_NONE 0x0 /* takes the intercept out again */
#define HV_INTERCEPT_ACCESS_MASK_READ 0x1
#define HV_INTERCEPT_ACCESS_MASK_WRITE 0x2
#define HV_INTERCEPT_ACCESS_MASK_EXECUTE 0x4

/* Fields of the VP assist page that assembly may want, in bytes. Struct below. */
#define HV_VP_ASSIST_VTL_ENTRY_REASON 8
#define HV_VP_ASSIST_INTERCEPT_MESSAGE 112

#ifndef __ASSEMBLER__

/* HvRegisterVsmCapabilities */
union hv_register_vsm_capabilities {
	uint64_t as_uint64;
	struct {
		uint64_t dr6_shared : 1;
		uint64_t mbec_vtl_mask : 16; /* a bit per VTL */
		uint64_t deny_lower_vtl_startup : 1;
		uint64_t supervisor_shadow_stack : 1;
		uint64_t hardware_hvpt_available : 1;
		uint64_t software_hvpt_available : 1;
		uint64_t hardware_hvpt_range_bits : 6;
		uint64_t intercept_page_available : 1;
		uint64_t return_action_available : 1;
		uint64_t vtl0_alias_map_available : 1;
		uint64_t intercept_not_present_available : 1;
		uint64_t install_intercept_ex_available : 1;
		uint64_t intercept_system_reset_available : 1;
		uint64_t reserved0 : 1;
		uint64_t proxy_interrupt_redirect_available : 1;
		uint64_t reserved1 : 29;
	};
};
HV_ASSERT_SIZE(union hv_register_vsm_capabilities, 8);

/* HvRegisterVsmPartitionConfig */
union hv_register_vsm_partition_config {
	uint64_t as_uint64;
	struct {
		uint64_t enable_vtl_protection : 1;
		uint64_t default_vtl_protection_mask : 4; /* HV_MAP_GPA_*, 0xF: all */
		uint64_t zero_memory_on_reset : 1;
		uint64_t deny_lower_vtl_startup : 1;
		uint64_t intercept_acceptance : 1;
		uint64_t intercept_enable_vtl_protection : 1;
		uint64_t intercept_vp_startup : 1;
		uint64_t intercept_cpuid_unimplemented : 1;
		uint64_t intercept_unrecoverable_exception : 1;
		uint64_t intercept_page : 1;
		uint64_t intercept_restore_partition_time : 1;
		uint64_t intercept_not_present : 1;
		uint64_t intercept_system_reset : 1;
		uint64_t mbz : 48;
	};
};
HV_ASSERT_SIZE(union hv_register_vsm_partition_config, 8);

/* HvRegisterVsmVpStatus */
union hv_register_vsm_vp_status {
	uint64_t as_uint64;
	struct {
		uint64_t active_vtl : 4;
		uint64_t active_mbec_enabled : 1;
		uint64_t reserved0 : 11;
		uint64_t enabled_vtl_set : 16; /* a bit per VTL */
		uint64_t reserved1 : 32;
	};
};
HV_ASSERT_SIZE(union hv_register_vsm_vp_status, 8);

/* HvRegisterVsmPartitionStatus; the last set: OpenVMM */
union hv_register_vsm_partition_status {
	uint64_t as_uint64;
	struct {
		uint64_t enabled_vtl_set : 16; /* a bit per VTL */
		uint64_t maximum_vtl : 4;
		uint64_t mbec_enabled_vtl_set : 16;
		uint64_t supervisor_shadow_stack_enabled_vtl_set : 4;
		uint64_t reserved : 24;
	};
};
HV_ASSERT_SIZE(union hv_register_vsm_partition_status, 8);

/* HvRegisterVpAssistPage; HvRegisterSimp and HvRegisterSiefp are laid out alike. */
union hv_vp_assist_msr_contents {
	uint64_t as_uint64;
	struct {
		uint64_t enable : 1;
		uint64_t reserved : 11; /* preserved; OpenVMM refuses other than zero */
		uint64_t pfn : 52;	/* GPN */
	};
};
HV_ASSERT_SIZE(union hv_vp_assist_msr_contents, 8);

/*
 * HV_INITIAL_VP_CONTEXT of arm64 (TLFS, OpenVMM; Linux has no arm64 one). It carries neither X0
 * nor PSTATE nor CPACR_EL1: a VP that starts with it sets those itself.
 */
struct hv_arm64_init_vp_context {
	uint64_t pc;
	uint64_t sp_elh; /* SP_EL1 */
	uint64_t sctlr_el1;
	uint64_t mair_el1;
	uint64_t tcr_el1;
	uint64_t vbar_el1;
	uint64_t ttbr0_el1;
	uint64_t ttbr1_el1;
	uint64_t x18;
};
HV_ASSERT_SIZE(struct hv_arm64_init_vp_context, 72);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, sp_elh, 8);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, sctlr_el1, 16);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, mair_el1, 24);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, tcr_el1, 32);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, vbar_el1, 40);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, ttbr0_el1, 48);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, ttbr1_el1, 56);
HV_ASSERT_OFFSET(struct hv_arm64_init_vp_context, x18, 64);

/* HV_X64_SEGMENT_REGISTER: attributes as a descriptor has them, bits 11:8 zero. */
struct hv_x64_segment_register {
	uint64_t base;
	uint32_t limit; /* in bytes, whatever the granularity */
	uint16_t selector;
	uint16_t attributes;
};
HV_ASSERT_SIZE(struct hv_x64_segment_register, 16);
HV_ASSERT_OFFSET(struct hv_x64_segment_register, limit, 8);
HV_ASSERT_OFFSET(struct hv_x64_segment_register, selector, 12);
HV_ASSERT_OFFSET(struct hv_x64_segment_register, attributes, 14);

/* HV_X64_TABLE_REGISTER */
struct hv_x64_table_register {
	uint16_t pad[3]; /* zero */
	uint16_t limit;
	uint64_t base;
};
HV_ASSERT_SIZE(struct hv_x64_table_register, 16);
HV_ASSERT_OFFSET(struct hv_x64_table_register, limit, 6);
HV_ASSERT_OFFSET(struct hv_x64_table_register, base, 8);

/* HV_INITIAL_VP_CONTEXT of x86_64. The order is not that of the register names. */
struct hv_init_vp_context {
	uint64_t rip;
	uint64_t rsp;
	uint64_t rflags;
	struct hv_x64_segment_register cs;
	struct hv_x64_segment_register ds;
	struct hv_x64_segment_register es;
	struct hv_x64_segment_register fs;
	struct hv_x64_segment_register gs;
	struct hv_x64_segment_register ss;
	struct hv_x64_segment_register tr;
	struct hv_x64_segment_register ldtr;
	struct hv_x64_table_register idtr;
	struct hv_x64_table_register gdtr;
	uint64_t efer;
	uint64_t cr0;
	uint64_t cr3;
	uint64_t cr4;
	uint64_t msr_cr_pat;
};
HV_ASSERT_SIZE(struct hv_init_vp_context, 224);
HV_ASSERT_OFFSET(struct hv_init_vp_context, rsp, 8);
HV_ASSERT_OFFSET(struct hv_init_vp_context, rflags, 16);
HV_ASSERT_OFFSET(struct hv_init_vp_context, cs, 24);
HV_ASSERT_OFFSET(struct hv_init_vp_context, ds, 40);
HV_ASSERT_OFFSET(struct hv_init_vp_context, es, 56);
HV_ASSERT_OFFSET(struct hv_init_vp_context, fs, 72);
HV_ASSERT_OFFSET(struct hv_init_vp_context, gs, 88);
HV_ASSERT_OFFSET(struct hv_init_vp_context, ss, 104);
HV_ASSERT_OFFSET(struct hv_init_vp_context, tr, 120);
HV_ASSERT_OFFSET(struct hv_init_vp_context, ldtr, 136);
HV_ASSERT_OFFSET(struct hv_init_vp_context, idtr, 152);
HV_ASSERT_OFFSET(struct hv_init_vp_context, gdtr, 168);
HV_ASSERT_OFFSET(struct hv_init_vp_context, efer, 184);
HV_ASSERT_OFFSET(struct hv_init_vp_context, cr0, 192);
HV_ASSERT_OFFSET(struct hv_init_vp_context, cr3, 200);
HV_ASSERT_OFFSET(struct hv_init_vp_context, cr4, 208);
HV_ASSERT_OFFSET(struct hv_init_vp_context, msr_cr_pat, 216);

/*
 * HV_VP_ASSIST_PAGE. Up to offset 104 the TLFS, from 112 on Linux and OpenVMM. What only x86_64
 * uses is reserved and zero on arm64: both return slots and 32 to 55. The page is 4096 bytes;
 * what follows this struct belongs to nobody.
 */
struct hv_vp_assist_page {
	uint32_t apic_assist;	   /* x86_64: bit 0, no EOI needed */
	uint32_t reserved1;	   /* zero */
	uint32_t vtl_entry_reason; /* HV_VTL_ENTRY_*, written by the hypervisor */
	uint8_t vina_asserted;	   /* bit 0 */
	uint8_t vtl_reserved[3];   /* zero */
	uint64_t vtl_ret_x64rax;   /* arm64: zero */
	uint64_t vtl_ret_x64rcx;   /* arm64: zero */
	uint64_t nested_control;   /* x86_64 */
	uint8_t enlighten_vmentry; /* x86_64 */
	uint8_t reserved2[7];
	uint64_t current_nested_vmcs; /* x86_64 */
	uint8_t synthetic_time_unhalted_timer_expired;
	uint8_t reserved3[7];
	uint8_t virtualization_fault_information[40];
	uint8_t reserved4[8];
	uint8_t intercept_message[256]; /* struct hv_message, when the intercept page is on */
	uint8_t vtl_ret_actions[256];	/* with capability 28 */
};
HV_ASSERT_SIZE(struct hv_vp_assist_page, 624);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, vtl_entry_reason, HV_VP_ASSIST_VTL_ENTRY_REASON);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, vina_asserted, 12);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, vtl_ret_x64rax, 16);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, vtl_ret_x64rcx, 24);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, nested_control, 32);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, enlighten_vmentry, 40);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, current_nested_vmcs, 48);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, synthetic_time_unhalted_timer_expired, 56);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, virtualization_fault_information, 64);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, intercept_message, HV_VP_ASSIST_INTERCEPT_MESSAGE);
HV_ASSERT_OFFSET(struct hv_vp_assist_page, vtl_ret_actions, 368);

/*
 * HvRegisterPendingEvent0 of arm64, type 0: an exception for a lower VTL (OpenVMM). Whether the
 * fault address belongs here or in HvRegisterPendingEvent1 is not settled by any public source:
 * this struct is 24 bytes, one register holds 16.
 */
struct hv_arm64_pending_exception_event {
	uint8_t event_header; /* 0 pending, 3:1 type, 7:4 zero */
	uint8_t reserved[7];
	uint64_t syndrome;	/* ESR format */
	uint64_t fault_address; /* FAR */
};
HV_ASSERT_SIZE(struct hv_arm64_pending_exception_event, 24);
HV_ASSERT_OFFSET(struct hv_arm64_pending_exception_event, syndrome, 8);
HV_ASSERT_OFFSET(struct hv_arm64_pending_exception_event, fault_address, 16);

#define HV_ARM64_PENDING_EVENT_PENDING 0x01
#define HV_ARM64_PENDING_EVENT_TYPE_SHIFT 1
#define HV_ARM64_PENDING_EVENT_EXCEPTION 0
#define HV_ARM64_PENDING_EVENT_SYNTHETIC_EXCEPTION 1
#define HV_ARM64_PENDING_EVENT_HYPERCALL_OUTPUT 2

/* HvRegisterPendingEvent0 of x86_64, type 0: an exception for a lower VTL (OpenVMM, TLFS). */
union hv_x64_pending_exception_event {
	uint64_t as_uint64[2];
	struct {
		uint32_t event_pending : 1;
		uint32_t event_type : 3; /* 0: an exception */
		uint32_t reserved0 : 4;
		uint32_t deliver_error_code : 1;
		uint32_t reserved1 : 7;
		uint32_t vector : 16;
		uint32_t error_code;
		uint64_t exception_parameter; /* CR2 of a page fault, DR6 of a debug exception */
	};
};
HV_ASSERT_SIZE(union hv_x64_pending_exception_event, 16);

#endif /* __ASSEMBLER__ */

#endif
