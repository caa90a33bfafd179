/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which state does a VP start: one of ours in VTL2, and VTL0?
 */
#include <string.h>

#include "arch/arm64/entry.h"
#include "arch/arm64/hvc.h"
#include "arch/arm64/sysreg.h"
#include "core/arch.h"
#include "core/log.h"
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/vsm.h"
#include "smccc/psci.h"

/* The word that names the struct vp lies here, see core/vp.c. */
#define STACK_HEAD 16

/* EL1 with SP_EL1, all interrupts masked. */
#define CPSR_EL1H_MASKED 0x3C5

uint32_t vtl_arch_initial_context(const struct vp *vp, uint8_t context[VTL_ARCH_CONTEXT_MAX])
{
	struct hv_arm64_init_vp_context c = {
		.pc = (uintptr_t)vp_entry,
		.sp_elh = vp->stack_top - STACK_HEAD,
		.sctlr_el1 = vp_start_registers.sctlr,
		.mair_el1 = vp_start_registers.mair,
		.tcr_el1 = vp_start_registers.tcr,
		.vbar_el1 = vp_start_registers.vbar,
		.ttbr0_el1 = vp_start_registers.ttbr0,
		.x18 = (uintptr_t)vp,
	};

	memcpy(context, &c, sizeof(c));
	return sizeof(c);
}

enum err vtl_arch_start_without_startvp(const struct vp *vp)
{
	struct smccc_result r;

	/* It reads these with its MMU off. */
	arch_clean_to_memory(&vp_start_registers, sizeof(vp_start_registers));
	arch_clean_to_memory(vp, sizeof(*vp));
	r = hvc_smccc(PSCI_CPU_ON_64, vp->hw_id.v, (uintptr_t)vp_entry_psci, (uintptr_t)vp);
	return (int32_t)r.x[0] == PSCI_RET_SUCCESS ? OK : ERR_NOT_SUPPORTED;
}

void vtl_arch_report_start(const struct vp *vp)
{
	const uint64_t *f = vp == vp_boot() ? boot_found : vp->arch.found;

	log_debug("processors: VP %u mpidr 0x%lx pc 0x%lx sp 0x%lx sctlr 0x%lx ttbr0 0x%lx "
		  "x18 0x%lx",
		  vp->index.v, vp->hw_id.v, f[FOUND_PC], f[FOUND_SP], f[FOUND_SCTLR],
		  f[FOUND_TTBR0], f[FOUND_X18]);
}

/* arm64 boot protocol: X0 = tree, X1 to X3 = 0, EL1, MMU off, everything masked. */
enum err vtl_arch_set_first_registers(struct vp *vp, uint64_t entry, uint64_t handover)
{
	const struct vp_reg regs[] = {
		{ HV_ARM64_REGISTER_PC, entry, 0 },
		{ HV_ARM64_REGISTER_CPSR, CPSR_EL1H_MASKED, 0 },
		{ HV_ARM64_REGISTER_SCTLR_EL1, SCTLR_RES1, 0 },
	};
	enum err err;

	memset(&vp->regs, 0, sizeof(vp->regs));
	vp->regs.x[0] = handover;
	err = vp_regs_set(VP_REGS_VTL0, regs, ARRAY_SIZE(regs));
	return err == OK ? OK : vp_regs_refused("hand-over: VTL0's first registers", err);
}

enum err vtl_arch_open(uint64_t guest_os_id)
{
	return vp_reg_set(VP_REGS_OWN, HV_REGISTER_GUEST_OS_ID, guest_os_id);
}

void vtl_arch_close(void)
{
	(void)!vp_reg_set(VP_REGS_OWN, HV_REGISTER_GUEST_OS_ID, 0);
}

void vtl_arch_power_off(void)
{
	hvc_smccc(PSCI_SYSTEM_OFF, 0, 0, 0);
}

void vtl_arch_reboot(void)
{
	hvc_smccc(PSCI_SYSTEM_RESET, 0, 0, 0);
}
