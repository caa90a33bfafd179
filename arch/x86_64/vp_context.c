/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which state does a VP start: one of ours in VTL2, and VTL0?
 */
#include <string.h>

#include "arch/x86_64/boot_params.h"
#include "arch/x86_64/entry.h"
#include "arch/x86_64/power.h"
#include "arch/x86_64/sysreg.h"
#include "core/arch.h"
#include "core/log.h"
#include "vtl/hypercall.h"
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/vsm.h"
#include "hv/x64.h"

/* The word that names the struct vp lies here, see core/vp.c. */
#define STACK_HEAD 16

/* Hyper-V's segment attributes: those of a descriptor, bits 11:8 zero. */
#define ATTR_CODE 0xA09B
#define ATTR_DATA 0xC093
#define ATTR_LDT 0x0082
#define ATTR_TSS 0x008B
#define LIMIT_FLAT UINT32_MAX

static struct hv_x64_segment_register segment(uint16_t selector, uint16_t attributes)
{
	return (struct hv_x64_segment_register){
		.limit = LIMIT_FLAT,
		.selector = selector,
		.attributes = attributes,
	};
}

uint32_t vtl_arch_initial_context(const struct vp *vp, uint8_t context[VTL_ARCH_CONTEXT_MAX])
{
	const struct vp_start_registers *s = &vp_start_registers;
	struct hv_init_vp_context c = {
		.rip = (uintptr_t)vp_entry,
		.rsp = vp->stack_top - STACK_HEAD,
		.rflags = RFLAGS_FIXED,
		.cs = segment(SELECTOR_CODE, ATTR_CODE),
		.ds = segment(SELECTOR_DATA, ATTR_DATA),
		.es = segment(SELECTOR_DATA, ATTR_DATA),
		.ss = segment(SELECTOR_DATA, ATTR_DATA),
		.tr = { (uintptr_t)vp->arch.tss, ARCH_TSS_SIZE - 1, SELECTOR_TSS, ATTR_TSS },
		.ldtr = { .attributes = ATTR_LDT },
		.idtr = { .limit = s->idt.limit, .base = s->idt.base },
		.gdtr = { .limit = s->gdt.limit, .base = s->gdt.base },
		.efer = s->efer,
		.cr0 = s->cr0,
		.cr3 = s->cr3,
		.cr4 = s->cr4,
		.msr_cr_pat = PAT_RESET,
	};

	_Static_assert(sizeof(c) <= VTL_ARCH_CONTEXT_MAX, "room");
	memcpy(context, &c, sizeof(c));
	return sizeof(c);
}

/* Real mode does not exist above VTL0: there is no other way. */
enum err vtl_arch_start_without_startvp(const struct vp *vp)
{
	(void)vp;
	return ERR_NOT_SUPPORTED;
}

/* A pending INIT is taken before the first instruction; then VTL0 waits for a SIPI. None can be
 * lost to it: VTL0 has not run on any VP yet (docs/adr/0005-activity-state.md). */
enum err vtl_arch_hold_vtl0(const struct vp *vp)
{
	const struct hv_input_assert_virtual_interrupt in = {
		.partition_id = HV_PARTITION_ID_SELF,
		.control = HV_INTERRUPT_TYPE_INIT,
		.dest_addr = vp->hw_id.v,
		.target_vtl = HV_NORMAL_VTL,
	};

	return hypercall_do(&(struct hypercall){
		.code = HVCALL_ASSERT_VIRTUAL_INTERRUPT, .in = &in, .in_size = sizeof(in) });
}

void vtl_arch_report_start(const struct vp *vp)
{
	const uint64_t *f = vp == vp_boot() ? boot_found : vp->arch.found;

	log_info("processors: VP %u apic id 0x%lx rip 0x%lx rsp 0x%lx cr0 0x%lx cr3 0x%lx "
		 "cr4 0x%lx efer 0x%lx",
		 vp->index.v, vp->hw_id.v, f[FOUND_RIP], f[FOUND_RSP], f[FOUND_CR0], f[FOUND_CR3],
		 f[FOUND_CR4], f[FOUND_EFER]);
}

static struct vp_reg segment_reg(uint32_t name, uint16_t selector, uint16_t attributes,
				 uint32_t limit)
{
	return (struct vp_reg){ name, 0,
				(uint64_t)attributes << 48 | (uint64_t)selector << 32 | limit };
}

static struct vp_reg table_reg(uint32_t name, uint64_t base, uint16_t limit)
{
	return (struct vp_reg){ name, (uint64_t)limit << 48, base };
}

/* 64-bit boot protocol: RSI = boot_params, identity
 * map, flat segments, interrupts masked. The control registers come first, so that a hypervisor
 * that checks sees 64-bit mode grow. */
enum err vtl_arch_set_first_registers(struct vp *vp, uint64_t entry, uint64_t handover)
{
	const struct vp_reg control[] = {
		{ HV_X64_REGISTER_CR3, handover + BOOT_BLOCK_TABLES, 0 },
		{ HV_X64_REGISTER_CR4, CR4_PAE, 0 },
		{ HV_X64_REGISTER_EFER, EFER_LME | EFER_LMA, 0 },
		{ HV_X64_REGISTER_CR0, CR0_PE | CR0_ET | CR0_NE | CR0_PG, 0 },
		{ HV_X64_REGISTER_PAT, PAT_RESET, 0 },
		{ HV_X64_REGISTER_RFLAGS, RFLAGS_FIXED, 0 },
		{ HV_X64_REGISTER_RIP, entry, 0 },
		{ HV_X64_REGISTER_RSP, 0, 0 },
	};
	const struct vp_reg segments[] = {
		table_reg(HV_X64_REGISTER_GDTR, handover + BOOT_BLOCK_GDT, BOOT_GDT_SIZE - 1),
		table_reg(HV_X64_REGISTER_IDTR, 0, 0),
		segment_reg(HV_X64_REGISTER_CS, BOOT_SELECTOR_CODE, ATTR_CODE, LIMIT_FLAT),
		segment_reg(HV_X64_REGISTER_DS, BOOT_SELECTOR_DATA, ATTR_DATA, LIMIT_FLAT),
		segment_reg(HV_X64_REGISTER_ES, BOOT_SELECTOR_DATA, ATTR_DATA, LIMIT_FLAT),
		segment_reg(HV_X64_REGISTER_SS, BOOT_SELECTOR_DATA, ATTR_DATA, LIMIT_FLAT),
		segment_reg(HV_X64_REGISTER_FS, BOOT_SELECTOR_DATA, ATTR_DATA, LIMIT_FLAT),
		segment_reg(HV_X64_REGISTER_GS, BOOT_SELECTOR_DATA, ATTR_DATA, LIMIT_FLAT),
		segment_reg(HV_X64_REGISTER_TR, 0, ATTR_TSS, ARCH_TSS_SIZE - 1),
		segment_reg(HV_X64_REGISTER_LDTR, 0, ATTR_LDT, 0),
	};
	enum err err;

	if (vtl_return_offset == 0) { /* that is where a hypercall is entered */
		log_error("hand-over: the hypervisor does not say where a VTL return is made");
		return ERR_NOT_SUPPORTED;
	}
	memset(&vp->regs, 0, sizeof(vp->regs));
	vp->regs.gpr[REG_RSI] = handover;
	err = vp_regs_set(VP_REGS_VTL0, control, ARRAY_SIZE(control));
	if (err == OK) {
		err = vp_regs_set(VP_REGS_VTL0, segments, ARRAY_SIZE(segments));
	}
	return err == OK ? OK : vp_regs_refused("hand-over: VTL0's first registers", err);
}

/* By the platform: nothing of the hypervisor's interface switches a virtual machine off. */
void vtl_arch_power_off(void)
{
	port_write16(CONFIG_POWER_PORT, PM1_SLP_EN);
}

/* By the MSR where the partition may, else by a fault that has nowhere to go. */
void vtl_arch_reboot(void)
{
	const struct table_pointer none = { 0 };

	if ((cpuid(HYPERV_CPUID_FEATURES, 0).eax & HV_MSR_RESET_AVAILABLE) != 0) {
		msr_write(HV_X64_MSR_RESET, 1);
	}
	__asm__ volatile("lidt %0\n\tud2" : : "m"(none) : "memory");
}
