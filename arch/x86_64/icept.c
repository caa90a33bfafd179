/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an x86_64 intercept message say, and how is VTL0 answered?
 *
 * May assume: the payload is a copy. Must never: trust a size or a field before it was checked.
 */
#include "arch/x86_64/icept.h"

#include <string.h>

#include "core/arch.h"
#include "vtl/end.h"
#include "vtl/synic.h"
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/synic.h"
#include "hv/vsm.h"

#define CPL_USER 3
#define GENERAL_PROTECTION 13
#define VMCALL_SIZE 3 /* both vendors' instruction */

struct intercept icept_decode_head(const struct hv_x64_intercept_message_header *h)
{
	return (struct intercept){
		.pc = h->rip,
		.length = h->instruction_length,
		.vtl = h->execution_state.vtl,
		.from_user = h->execution_state.cpl == CPL_USER,
		.event_pending = h->execution_state.interruption_pending != 0,
	};
}

/* No operand: which instruction it was is not decoded, so that every such access is refused. */
enum err vtl_arch_decode_memory(const void *payload, size_t size, struct mem_access *access)
{
	const struct hv_x64_memory_intercept_message *m = payload;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	*access = (struct mem_access){
		.at = icept_decode_head(&m->header),
		.gpa = m->guest_physical_address,
		.gva = m->guest_virtual_address,
		.gva_valid = m->memory_access_info.gva_valid != 0,
		.is_write = m->header.intercept_access_type == HV_INTERCEPT_ACCESS_WRITE,
		.is_execute = m->header.intercept_access_type == HV_INTERCEPT_ACCESS_EXECUTE,
	};
	return OK;
}

/* The door is an MSR here. */
struct store vtl_arch_decode_store(const volatile void *payload, size_t size)
{
	(void)payload;
	(void)size;
	return (struct store){ 0 };
}

/* RIP is at the instruction, whose length the message need not tell. */
enum err vtl_arch_decode_hypercall(const struct vp *vp, const void *payload, size_t size,
				   struct forwarded_call *call)
{
	struct hv_x64_intercept_message_header head;

	(void)vp;
	if (size < sizeof(head)) {
		return ERR_INVALID;
	}
	memcpy(&head, payload, sizeof(head));
	*call = (struct forwarded_call){ .at = icept_decode_head(&head), .is_hypercall = true };
	call->at.length = VMCALL_SIZE;
	return OK;
}

/* No message of this kind exists here: nothing is one. */
enum err vtl_arch_decode_reset(const void *payload, size_t size, enum reset_kind *kind)
{
	(void)payload;
	(void)size;
	(void)kind;
	return ERR_INVALID;
}

enum err vtl_arch_operand_get(const struct vp *vp, uint32_t reg, uint64_t *value)
{
	if (reg == REG_RSP) {
		return vp_reg_get(VP_REGS_VTL0, HV_X64_REGISTER_RSP, value);
	}
	*value = vp->regs.gpr[reg];
	return OK;
}

enum err vtl_arch_operand_set(struct vp *vp, uint32_t reg, uint64_t value)
{
	if (reg == REG_RSP) {
		return vp_reg_set(VP_REGS_VTL0, HV_X64_REGISTER_RSP, value);
	}
	vp->regs.gpr[reg] = value;
	return OK;
}

static enum err inject_fault(void)
{
	const union hv_x64_pending_exception_event event = {
		.event_pending = 1,
		.deliver_error_code = 1,
		.vector = GENERAL_PROTECTION,
	};
	const struct vp_reg reg = { HV_REGISTER_PENDING_EVENT0, event.as_uint64[0],
				    event.as_uint64[1] };

	return vp_regs_set(VP_REGS_VTL0, &reg, 1);
}

enum err vtl_arch_inject_abort(struct vp *vp, const struct mem_access *access)
{
	(void)vp;
	(void)access;
	return inject_fault();
}

void icept_refuse(struct vp *vp, const struct intercept *at)
{
	if (!at->event_pending && inject_fault() == OK) {
		vp->stats.count[PARAVANE_STAT_REFUSED]++;
	}
}

void vtl_arch_refuse_hypercall(struct vp *vp)
{
	vp->regs.gpr[REG_RAX] = HV_STATUS_INVALID_HYPERCALL_CODE;
}

bool vtl_arch_intercept(struct vp *vp, const struct synic_message *message)
{
	switch (message->type) {
	case HVMSG_X64_IO_PORT_INTERCEPT:
		icept_port(vp, message->payload, message->size);
		return true;
	case HVMSG_X64_MSR_INTERCEPT:
		icept_msr(vp, message->payload, message->size);
		return true;
	case HVMSG_UNRECOVERABLE_EXCEPTION:
		/* A triple fault: what restarts a PC, by accident or on purpose. */
		end_machine(vp, RESET_REBOOT);
	default:
		return false;
	}
}
