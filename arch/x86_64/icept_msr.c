/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which MSRs does VTL2 answer? The door, and nothing else.
 *
 * The hypervisor reports those that it does not handle itself (TLFS: HV_INTERCEPT_TYPE X64_MSR).
 * Must never: let VTL0's user mode through the door.
 */
#include "arch/x86_64/icept.h"

#include "core/log.h"
#include "core/service.h"
#include "vtl/hypercall.h"
#include "vtl/intercept.h"
#include "vtl/vsm.h"

#include "hv/synic.h"
#include "hv/vsm.h"
#include "paravane/services.h"

/* WRMSR and RDMSR, where the hypervisor does not tell. */
#define INSTRUCTION_SIZE 2

void icept_msr(struct vp *vp, const volatile void *payload, size_t size)
{
	const volatile struct hv_x64_msr_intercept_message *m = payload;
	struct icept_head at;

	if (size < sizeof(*m)) {
		return;
	}
	at = icept_decode_head(&m->header);
	if (m->msr_number != PARAVANE_DOOR_MSR || at.from_user ||
	    at.access != HV_INTERCEPT_ACCESS_WRITE) {
		icept_refuse(vp, &at);
	} else if (intercept_resume_at(at.pc + (at.length != 0 ? at.length : INSTRUCTION_SIZE))) {
		service_dispatch(vp, DOOR_PAGE);
	}
}

bool icept_msr_install(void)
{
	enum err err = vsm_install_intercept(
		HV_INTERCEPT_TYPE_X64_MSR,
		HV_INTERCEPT_ACCESS_MASK_READ | HV_INTERCEPT_ACCESS_MASK_WRITE, 0);

	if (err != OK) {
		log_warn("vsm: no intercept of MSRs (error %d): the door is shut", (int)err);
	}
	return err == OK;
}
