/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which MSRs does VTL2 answer? The door, and nothing else.
 *
 * The hypervisor reports those that it does not handle itself (TLFS: HV_INTERCEPT_TYPE X64_MSR).
 * May assume: the payload is a copy. Must never: let VTL0's user mode through the door.
 */
#include "arch/x86_64/icept.h"

#include <string.h>

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

static bool is_door_call(const struct hv_x64_msr_intercept_message *m, const struct intercept *at)
{
	return m->msr_number == PARAVANE_DOOR_MSR && !at->from_user &&
	       m->header.intercept_access_type == HV_INTERCEPT_ACCESS_WRITE;
}

void icept_msr(struct vp *vp, const void *payload, size_t size)
{
	struct hv_x64_msr_intercept_message m;
	struct intercept at;

	if (size < sizeof(m)) {
		return;
	}
	memcpy(&m, payload, sizeof(m));
	at = icept_decode_head(&m.header);
	if (at.length == 0) {
		at.length = INSTRUCTION_SIZE;
	}
	if (!is_door_call(&m, &at)) {
		icept_refuse(vp, &at);
	} else if (intercept_resume_at(at.pc + at.length)) {
		service_dispatch(vp, DOOR_PAGE);
	}
}

void icept_msr_install(void)
{
	enum err err = vsm_install_intercept(
		HV_INTERCEPT_TYPE_X64_MSR,
		HV_INTERCEPT_ACCESS_MASK_READ | HV_INTERCEPT_ACCESS_MASK_WRITE, 0);

	if (err != OK) {
		log_warn("vsm: no intercept of MSRs (error %d): the door is shut", (int)err);
	}
}
