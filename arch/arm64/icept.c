/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an arm64 intercept message say, and how is VTL0 answered?
 *
 * Must never: trust a size or a field before it was checked, or read a field of a message twice.
 */
#include "core/arch.h"
#include "vtl/syndrome.h"
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

static inline struct intercept
decode_head(const volatile struct hv_arm64_intercept_message_header *h)
{
	union hv_arm64_vp_execution_state state = { .as_uint16 = h->execution_state.as_uint16 };

	return (struct intercept){
		.pc = h->pc,
		/* arm64 has one length; where the hypervisor does not tell, it is still that. */
		.length = INSTRUCTION_SIZE,
		.from_user = state.cpl == 0,
		.event_pending = state.interruption_pending != 0,
	};
}

enum err vtl_arch_decode_memory(const volatile void *payload, size_t size,
				struct mem_access *access)
{
	const volatile struct hv_arm64_memory_intercept_message *m = payload;
	uint64_t esr;
	struct syndrome s;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	esr = m->syndrome;
	s = syndrome_decode(esr);
	/* Another class: the block of a hypercall was not there. Refused, like the rest. */
	*access = (struct mem_access){
		.at = decode_head(&m->header),
		.gpa = m->guest_physical_address,
		.gva = m->guest_virtual_address,
		.gva_valid = (m->memory_access_info.as_uint8 & HV_ARM64_MEMORY_ACCESS_GVA_VALID) !=
			     0,
		.is_write = s.is_write,
		.is_execute = s.is_execute,
		.is_table_walk = s.is_table_walk,
		.is_maintenance = s.is_maintenance,
		.has_operand = s.has_operand,
		.size = s.size,
		.reg = s.reg,
		.sign_extend = s.sign_extend,
		.wide = s.wide,
		.raw = esr,
	};
	return OK;
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
		.at = decode_head(&m->header),
		.is_hypercall = m->immediate != HV_ARM64_HVC_SMCCC ||
				(uint32_t)vp->regs.x[0] == HV_ARM64_SMCCC_HYPERCALL,
	};
	return OK;
}

enum err vtl_arch_decode_reset(const volatile void *payload, size_t size, enum reset_kind *kind)
{
	const volatile struct hv_arm64_reset_intercept_message *m = payload;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	switch (m->reset_type) {
	case HV_ARM64_RESET_TYPE_POWER_OFF:
	case HV_ARM64_RESET_TYPE_HIBERNATE:
		*kind = RESET_POWER_OFF;
		return OK;
	case HV_ARM64_RESET_TYPE_REBOOT:
	case HV_ARM64_RESET_TYPE_SYSTEM_RESET2:
		*kind = RESET_REBOOT;
		return OK;
	default:
		return ERR_INVALID;
	}
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
enum err vtl_arch_inject_abort(struct vp *vp, const struct mem_access *access)
{
	struct syndrome s = syndrome_decode(access->raw);
	uint64_t head = HV_ARM64_PENDING_EVENT_PENDING |
			HV_ARM64_PENDING_EVENT_EXCEPTION << HV_ARM64_PENDING_EVENT_TYPE_SHIFT;
	const struct vp_reg regs[] = {
		{ HV_ARM64_REGISTER_FAR_EL1, access->gva, 0 },
		{ HV_REGISTER_PENDING_EVENT0, head,
		  syndrome_external_abort(&s, access->at.from_user, access->gva_valid) },
		{ HV_REGISTER_PENDING_EVENT1, access->gva, 0 },
	};

	(void)vp;
	return vp_regs_set_at_least(VP_REGS_VTL0, regs, ARRAY_SIZE(regs), ARRAY_SIZE(regs) - 1);
}

/* Both conventions have the result word in X0. */
void vtl_arch_refuse_hypercall(struct vp *vp)
{
	vp->regs.x[0] = HV_STATUS_INVALID_HYPERCALL_CODE;
}
