/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an arm64 intercept message say, and how is VTL0 answered?
 *
 * Must never: trust a size or a field before it was checked, or read a field of a message twice.
 */
#include "arch/arm64/syndrome.h"
#include "core/arch.h"
#include "vtl/end.h"
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/arm64.h"
#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/synic.h"
#include "hv/vsm.h"

#define INSTRUCTION_SIZE 4
#define REG_PRIVATE 18 /* X18 is not shared: the hypervisor keeps VTL0's */
#define REG_ZERO 31

enum err vtl_arch_take_memory(struct vp *vp, const volatile void *payload, size_t size)
{
	const volatile struct hv_arm64_memory_intercept_message *m = payload;
	struct arch_vp *told = &vp->arch;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	told->gpa = m->guest_physical_address;
	told->gva = m->guest_virtual_address;
	told->pc = m->header.pc;
	told->syndrome = m->syndrome;
	told->state = m->header.execution_state.as_uint16;
	told->info = m->memory_access_info.as_uint8;
	return OK;
}

static inline bool is_from_user(const struct vp *vp)
{
	return (vp->arch.state & HV_ARM64_EXECUTION_STATE_CPL_MASK) == 0;
}

/* arm64 has one length of instructions; where the hypervisor does not tell, it is still that. */
uint64_t vtl_arch_behind_store(const struct vp *vp)
{
	return syndrome_is_store(vp->arch.syndrome) && !is_from_user(vp) ?
		       vp->arch.pc + INSTRUCTION_SIZE :
		       0;
}

void vtl_arch_decode_memory(const struct vp *vp, struct mem_access *access)
{
	struct syndrome s = syndrome_decode(vp->arch.syndrome);

	/* Another class: the block of a hypercall was not there. Refused, like the rest. */
	*access = (struct mem_access){
		.pc = vp->arch.pc,
		.behind = vp->arch.pc + INSTRUCTION_SIZE,
		.event_pending = (vp->arch.state & HV_ARM64_EXECUTION_STATE_INTERRUPTION_PENDING) !=
				 0,
		.gpa = vp->arch.gpa,
		.is_write = s.is_write,
		.is_execute = s.is_execute,
		.is_table_walk = s.is_table_walk,
		.is_maintenance = s.is_maintenance,
		.has_operand = s.has_operand,
		.size = s.size,
		.reg = s.reg,
		.sign_extend = s.sign_extend,
		.wide = s.wide,
	};
}

enum err vtl_arch_decode_hypercall(const struct vp *vp, const volatile void *payload, size_t size,
				   struct forwarded_call *call)
{
	const volatile struct hv_arm64_hypercall_intercept_message *m = payload;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	/* X0 to X17 of the message are the live registers too, which is where we read them. */
	*call = (struct forwarded_call){
		.behind = m->header.pc + INSTRUCTION_SIZE,
		.is_hypercall = m->immediate != HV_ARM64_HVC_SMCCC ||
				(uint32_t)vp->regs.x[0] == HV_ARM64_SMCCC_HYPERCALL,
	};
	return OK;
}

enum err vtl_arch_operand_get(const struct vp *vp, uint32_t reg, uint64_t *value)
{
	if (reg == REG_PRIVATE) {
		return vp_reg_get(VP_REGS_VTL0, HV_ARM64_REGISTER_X(REG_PRIVATE), value);
	}
	*value = reg == REG_ZERO ? 0 : vp->regs.x[reg];
	return OK;
}

enum err vtl_arch_operand_set(struct vp *vp, uint32_t reg, uint64_t value)
{
	if (reg == REG_PRIVATE) {
		return vp_reg_set(VP_REGS_VTL0, HV_ARM64_REGISTER_X(REG_PRIVATE), value);
	}
	if (reg != REG_ZERO) {
		vp->regs.x[reg] = value;
	}
	return OK;
}

/*
 * The event carries the syndrome. Where the fault address belongs is not settled by any public
 * source, so it is given in both places: in FAR_EL1, and in the second register of the pair, which
 * comes last because a hypervisor may refuse it; the event is set by then.
 */
enum err vtl_arch_inject_abort(struct vp *vp)
{
	struct syndrome s = syndrome_decode(vp->arch.syndrome);
	uint64_t head = HV_ARM64_PENDING_EVENT_PENDING |
			HV_ARM64_PENDING_EVENT_EXCEPTION << HV_ARM64_PENDING_EVENT_TYPE_SHIFT;
	uint64_t esr = syndrome_external_abort(
		&s, is_from_user(vp), (vp->arch.info & HV_ARM64_MEMORY_ACCESS_GVA_VALID) != 0);
	const struct vp_reg regs[] = {
		{ HV_ARM64_REGISTER_FAR_EL1, vp->arch.gva, 0 },
		{ HV_REGISTER_PENDING_EVENT0, head, esr },
		{ HV_REGISTER_PENDING_EVENT1, vp->arch.gva, 0 },
	};

	return vp_regs_set_at_least(VP_REGS_VTL0, regs, ARRAY_SIZE(regs), ARRAY_SIZE(regs) - 1);
}

/* There are none, and the door is a page of ours. */
bool vtl_arch_install_intercepts(void)
{
	return true;
}

static void on_reset(struct vp *vp, const volatile void *payload, size_t size)
{
	const volatile struct hv_arm64_reset_intercept_message *m = payload;

	if (size < sizeof(*m)) {
		return;
	}
	switch (m->reset_type) {
	case HV_ARM64_RESET_TYPE_POWER_OFF:
	case HV_ARM64_RESET_TYPE_HIBERNATE:
		end_machine(vp, RESET_POWER_OFF);
	case HV_ARM64_RESET_TYPE_REBOOT:
	case HV_ARM64_RESET_TYPE_SYSTEM_RESET2:
		end_machine(vp, RESET_REBOOT);
	default:
		break;
	}
}

bool vtl_arch_intercept(struct vp *vp, const volatile struct hv_message *message)
{
	if (message->header.message_type != HVMSG_ARM64_RESET_INTERCEPT) {
		return false;
	}
	on_reset(vp, message->u.payload, message->header.payload_size);
	return true;
}

/* Both conventions have the result word in X0. */
void vtl_arch_refuse_hypercall(struct vp *vp)
{
	vp->regs.x[0] = HV_STATUS_INVALID_HYPERCALL_CODE;
}
