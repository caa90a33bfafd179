/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a started VP do before it may run VTL0?
 *
 * May assume: its own stack and page tables, nothing else. Must never: make its first VTL return
 * before VTL0 is held: the hypervisor would run VTL0 from an address that nobody chose.
 */
#include "core/arch.h"
#include "core/log.h"
#include "vtl/hypercall.h"
#include "vtl/run.h"
#include "vtl/synic.h"
#include "vtl/vp_regs.h"
#include "vtl/vp_start.h"
#include "vtl/vtl_arch.h"

#include "hv/regs.h"
#include "hv/vsm.h"

static enum err hold_vtl0(void)
{
	return vp_reg_set(VP_REGS_VTL0, HV_REGISTER_INTERNAL_ACTIVITY_STATE,
			  HV_INTERNAL_ACTIVITY_STARTUP_SUSPEND);
}

static enum err hold_otherwise(const struct vp *vp, enum err refused)
{
	uint16_t status = vp_regs_last_status();

	if (vtl_arch_hold_vtl0(vp) != OK) {
		return refused;
	}
	log_info("processors: VP %u: InternalActivityState refused (%s): held without it",
		 vp->index.v, hypercall_status_name(status));
	return OK;
}

/* Compares what the VP is told about itself with what the boot VP was told about it. */
static enum err check_self(const struct vp *vp)
{
	uint64_t index;
	enum err err = vp_reg_get(VP_REGS_OWN, HV_REGISTER_VP_INDEX, &index);

	if (err == OK && (uint32_t)index != vp->index.v) {
		log_error("processors: VP %u says it is VP %u", vp->index.v, (uint32_t)index);
		return ERR_INVALID;
	}
	if (err == OK && arch_this_hw_id().v != vp->hw_id.v) {
		log_error("processors: VP %u runs on 0x%lx, not 0x%lx", vp->index.v,
			  arch_this_hw_id().v, vp->hw_id.v);
		return ERR_INVALID;
	}
	return err;
}

_Noreturn void vp_start_arrived(struct vp *vp)
{
	enum err err = check_self(vp);

	if (err == OK) {
		err = vtl_arch_irq_init(vp_start_platform(), vp);
	}
	if (err == OK) {
		vtl_arch_irq_enable(vp, vtl_arch_irq_kick_number());
		err = synic_init_vp(vp_start_platform(), vp);
	}
	if (err == OK) {
		err = hold_vtl0();
		if (err != OK && ARCH_CAN_HOLD_VTL0) {
			err = hold_otherwise(vp, err);
		}
	}
	if (err != OK) {
		/* Its VTL0 is never entered, so VTL0 finds the processor dead, not wild. */
		log_error("processors: VP %u failed in VTL2 (error %d, %s)", vp->index.v, (int)err,
			  hypercall_status_name(vp_regs_last_status()));
	}
	if (!vp_settle(vp, err == OK ? VP_UP : VP_FAILED)) {
		log_error("processors: VP %u came too late", vp->index.v);
		arch_halt();
	}
	if (err != OK) {
		arch_halt();
	}
	vtl_arch_run(vp);
}
