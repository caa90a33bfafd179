/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an x86_64 intercept message say, and how is VTL0 answered?
 *
 * Must never: trust a size or a field before it was checked, or read a field of a message twice.
 */
#include "arch/x86_64/icept.h"

#include "core/arch.h"
#include "vtl/end.h"
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/synic.h"
#include "hv/vsm.h"

#define CPL_USER 3
#define GENERAL_PROTECTION 13
#define VMCALL_SIZE 3 /* both vendors' instruction */

struct icept_head icept_decode_head(const volatile struct hv_x64_intercept_message_header *h)
{
	union hv_x64_vp_execution_state state = { .as_uint16 = h->execution_state.as_uint16 };

	return (struct icept_head){
		.pc = h->rip,
		.length = h->instruction_length,
		.access = h->intercept_access_type,
		.from_user = state.cpl == CPL_USER,
		.is_long = state.efer_lma != 0,
		.event_pending = state.interruption_pending != 0,
	};
}

enum err vtl_arch_take_memory(struct vp *vp, const volatile void *payload, size_t size)
{
	const volatile struct hv_x64_memory_intercept_message *m = payload;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	vp->arch.gpa = m->guest_physical_address;
	vp->arch.told = icept_decode_head(&m->header);
	return OK;
}

/* The door is an MSR here. */
uint64_t vtl_arch_behind_store(const struct vp *vp)
{
	(void)vp;
	return 0;
}

/* No operand: which instruction it was is not decoded, so that every such access is refused. */
void vtl_arch_decode_memory(const struct vp *vp, struct mem_access *access)
{
	const struct icept_head *told = &vp->arch.told;

	*access = (struct mem_access){
		.pc = told->pc,
		.behind = told->pc + told->length,
		.event_pending = told->event_pending,
		.gpa = vp->arch.gpa,
		.is_write = told->access == HV_INTERCEPT_ACCESS_WRITE,
		.is_execute = told->access == HV_INTERCEPT_ACCESS_EXECUTE,
	};
}

/* Registers of the message are the live ones too, which is where they are read. RIP is at the
 * instruction, whose length the message need not tell. */
enum err vtl_arch_decode_hypercall(const struct vp *vp, const volatile void *payload, size_t size,
				   struct forwarded_call *call)
{
	const volatile struct hv_x64_hypercall_intercept_message *m = payload;
	struct icept_head head;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	head = icept_decode_head(&m->header);
	*call = (struct forwarded_call){
		.behind = head.pc + VMCALL_SIZE,
		.is_hypercall = head.from_user || !head.is_long ||
				vp->regs.gpr[REG_RCX] != PARAVANE_HYPERCALL,
	};
	return OK;
}

enum err vtl_arch_operand_get(const struct vp *vp, uint32_t reg, uint64_t *value)
{
	*value = vp->regs.gpr[reg];
	return OK;
}

enum err vtl_arch_operand_set(struct vp *vp, uint32_t reg, uint64_t value)
{
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

enum err vtl_arch_inject_abort(struct vp *vp)
{
	(void)vp;
	return inject_fault();
}

void icept_refuse(struct vp *vp, const struct icept_head *at)
{
	if (!at->event_pending && inject_fault() == OK) {
		vp->stats.count[PARAVANE_STAT_REFUSED]++;
	}
}

void vtl_arch_refuse_hypercall(struct vp *vp)
{
	vp->regs.gpr[REG_RAX] = HV_STATUS_INVALID_HYPERCALL_CODE;
}

bool vtl_arch_install_intercepts(void)
{
	icept_port_install();
	icept_cpuid_install();
	return icept_msr_install();
}

/* A triple fault: what restarts a PC, by accident or on purpose. */
static void on_unrecoverable(struct vp *vp, const volatile void *payload, size_t size)
{
	(void)payload;
	(void)size;
	end_machine(vp, RESET_REBOOT);
}

struct row {
	uint32_t type;
	const char *name; /* as the interface spells it */
	void (*handler)(struct vp *vp, const volatile void *payload, size_t size);
};

static const struct row rows[] = {
	{ HVMSG_X64_IO_PORT_INTERCEPT, "HVMSG_X64_IO_PORT_INTERCEPT", icept_port },
	{ HVMSG_X64_MSR_INTERCEPT, "HVMSG_X64_MSR_INTERCEPT", icept_msr },
	{ HVMSG_X64_CPUID_INTERCEPT, "HVMSG_X64_CPUID_INTERCEPT", icept_cpuid },
	{ HVMSG_UNRECOVERABLE_EXCEPTION, "HVMSG_UNRECOVERABLE_EXCEPTION", on_unrecoverable },
};

bool vtl_arch_intercept(struct vp *vp, const volatile struct hv_message *message)
{
	uint32_t type = message->header.message_type;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (rows[i].type == type) {
			rows[i].handler(vp, message->u.payload, message->header.payload_size);
			return true;
		}
	}
	return false;
}
