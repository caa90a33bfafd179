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
#define CS_LONG 0x2000 /* the L bit */
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
		.is_64 = state.efer_lma != 0 && (h->cs_segment.attributes & CS_LONG) != 0,
		.event_pending = state.interruption_pending != 0,
	};
}

/* Instructions count registers otherwise than a request has them. RSP is the hypervisor's. */
static const uint8_t reg_of[16] = { REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_COUNT, REG_RBP,
				    REG_RSI, REG_RDI, REG_R8,  REG_R9,	REG_R10,   REG_R11,
				    REG_R12, REG_R13, REG_R14, REG_R15 };

static bool has_register(uint8_t number)
{
	return number == DECODE_NONE || reg_of[number] != REG_COUNT;
}

static uint64_t value_of(const struct vp *vp, uint8_t number)
{
	return number == DECODE_NONE ? 0 : vp->regs.gpr[reg_of[number]];
}

/* Is that instruction the one whose access this was? It must be a load or a store like it, to the
 * same place in a page: the walk of VTL0's tables can be what was intercepted, and then is not. */
static bool is_this_access(const struct vp *vp, const struct decoded *insn)
{
	const struct icept_head *told = &vp->arch.told;
	uint8_t kind = insn->is_store ? HV_INTERCEPT_ACCESS_WRITE : HV_INTERCEPT_ACCESS_READ;
	uint64_t address;

	if (!told->is_64 || told->access != kind || !has_register(insn->reg) ||
	    !has_register(insn->base) || !has_register(insn->index) ||
	    (told->length != 0 && told->length != insn->length)) {
		return false;
	}
	address = value_of(vp, insn->base) + value_of(vp, insn->index) * insn->scale +
		  insn->displacement + (insn->from_rip ? told->pc + insn->length : 0);
	return address % HV_HYP_PAGE_SIZE == vp->arch.gpa % HV_HYP_PAGE_SIZE;
}

enum err vtl_arch_take_memory(struct vp *vp, const volatile void *payload, size_t size)
{
	const volatile struct hv_x64_memory_intercept_message *m = payload;
	uint8_t bytes[DECODE_BYTES_MAX];
	uint8_t count, i;

	if (size < sizeof(*m)) {
		return ERR_INVALID;
	}
	vp->arch.gpa = m->guest_physical_address;
	vp->arch.told = icept_decode_head(&m->header);
	count = m->instruction_byte_count;
	for (i = 0; i < DECODE_BYTES_MAX; i++) {
		bytes[i] = m->instruction_bytes[i];
	}
	if (count > DECODE_BYTES_MAX || !decode_instruction(bytes, count, &vp->arch.insn) ||
	    !is_this_access(vp, &vp->arch.insn)) {
		vp->arch.insn.length = 0;
	}
	return OK;
}

/* The door is an MSR here. */
uint64_t vtl_arch_behind_store(const struct vp *vp)
{
	(void)vp;
	return 0;
}

void vtl_arch_decode_memory(const struct vp *vp, struct mem_access *access)
{
	const struct icept_head *told = &vp->arch.told;
	const struct decoded *insn = &vp->arch.insn;

	*access = (struct mem_access){
		.pc = told->pc,
		.behind = told->pc + insn->length,
		.event_pending = told->event_pending,
		.gpa = vp->arch.gpa,
		.is_write = told->access == HV_INTERCEPT_ACCESS_WRITE,
		.is_execute = told->access == HV_INTERCEPT_ACCESS_EXECUTE,
		.has_operand = insn->length != 0,
		.size = insn->size,
		.reg = insn->reg,
		.sign_extend = insn->sign_extend,
		.wide = insn->width == 8,
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
	if (reg == DECODE_NONE) {
		*value = vp->arch.insn.immediate;
	} else {
		*value = vp->regs.gpr[reg_of[reg]] >> (vp->arch.insn.is_high ? 8 : 0);
	}
	return OK;
}

/* 32 bits clear what is above them, 8 and 16 keep it. */
enum err vtl_arch_operand_set(struct vp *vp, uint32_t reg, uint64_t value)
{
	uint32_t shift = vp->arch.insn.is_high ? 8 : 0;
	uint32_t bits = vp->arch.insn.width * 8U;
	uint64_t mask = bits < 32 ? ((UINT64_C(1) << bits) - 1) << shift : UINT64_MAX;
	uint64_t *gpr = &vp->regs.gpr[reg_of[reg]];

	*gpr = (*gpr & ~mask) | (value << shift & mask);
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
