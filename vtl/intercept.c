/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which intercepts exist, and who answers them? (the second table)
 *
 * Decoding a payload is the architecture's part, what follows from it is here.
 * May assume: vp->regs are VTL0's registers. Must never: advance VTL0 past an instruction
 * that had no effect, unless hardware would; or let one have its effect twice. What the hypervisor
 * may refuse comes first: then nothing was done, and VTL0 executes it again.
 */
#include "vtl/intercept.h"

#include "core/arch.h"
#include "core/devices.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/mem_map.h"
#include "core/service.h"
#include "vtl/door.h"
#include "vtl/hypercall.h"
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/regs.h"
#include "paravane/services.h"

/* A hypercall about VTL0's own registers failed. Nothing VTL0 does makes it fail, so a line is due;
 * only one, as VTL0 tries again at once and for ever. */
static bool is_done(enum err err, const char *what)
{
	static bool said;

	if (err != OK && !said) {
		said = true;
		log_error("intercept: VTL0's %s refused: %s; VTL0 tries again", what,
			  hypercall_status_name(vp_regs_last_status()));
	}
	return err == OK;
}

static inline __attribute__((always_inline)) bool resume_at(uint64_t pc)
{
	uint64_t rest = vp_reg_set_quick(VP_REGS_VTL0, ARCH_PC_REGISTER, pc);

	return rest == 0 || is_done(vp_reg_set_rest(rest, VP_REGS_VTL0, ARCH_PC_REGISTER, pc),
				    "program counter");
}

bool intercept_resume_at(uint64_t pc)
{
	return resume_at(pc);
}

static void refuse_access(struct vp *vp, const struct mem_access *access)
{
	/* One event at a time: VTL0 runs into the same access again after it. */
	if (!access->event_pending && !is_done(vtl_arch_inject_abort(vp), "abort")) {
		return;
	}
	vp->stats.count[PARAVANE_STAT_DENIED_ACCESS]++;
	vp->stats.count[PARAVANE_STAT_DENIED_GPA] = access->gpa;
	vp->stats.denied_time = arch_counter();
}

/* The value as the destination register will hold it. */
static uint64_t extend(uint64_t value, const struct mem_access *access)
{
	uint32_t bits = access->size * 8;

	if (bits < 64) {
		value &= (UINT64_C(1) << bits) - 1;
		if (access->sign_extend && (value >> (bits - 1)) != 0) {
			value |= ~((UINT64_C(1) << bits) - 1);
		}
	}
	return access->wide ? value : value & UINT32_MAX;
}

/* No device there reads as all ones and swallows what is written, like an empty bus. */
static void access_device(struct vp *vp, const struct mem_access *access,
			  const struct device *device, uint64_t offset)
{
	uint64_t value = UINT64_MAX;

	if (access->is_write) {
		if (is_done(vtl_arch_operand_get(vp, access->reg, &value), "register") &&
		    resume_at(access->behind) && device != NULL) {
			device->write(vp, offset, access->size, value);
		}
		return;
	}
	if (!resume_at(access->behind)) {
		return;
	}
	if (device != NULL) {
		value = device->read(vp, offset, access->size);
	}
	if (!is_done(vtl_arch_operand_set(vp, access->reg, extend(value, access)), "register")) {
		(void)resume_at(access->pc);
	}
}

/* Not inlined: its place on the stack is not on the way of a door call. */
static __attribute__((noinline)) void on_access(struct vp *vp)
{
	struct mem_access access __attribute__((uninitialized));
	const struct device *device;
	uint64_t offset = 0;

	vtl_arch_decode_memory(vp, &access);
	/* A device may lie on a page of ours: it is looked for before the page is defended. */
	device = device_find((gpa_t){ access.gpa }, &offset);
	/* NOLINTNEXTLINE(bugprone-branch-clone): in the order in which they decide */
	if (access.is_execute || access.is_table_walk) {
		refuse_access(vp, &access);
	} else if (device == NULL && mem_map_touches_vtl2((struct range){ access.gpa, 1 })) {
		refuse_access(vp, &access);
	} else if (access.is_maintenance) {
		(void)resume_at(access.behind);
	} else if (access.has_operand) {
		access_device(vp, &access, device, offset);
	} else {
		/* A pair, an exclusive, a post-index form: no driver uses these on a device. */
		refuse_access(vp, &access);
	}
}

/* The door is shut for VTL0's user mode, as a VTL call is: requests are the kernel's. What is
 * stored does not matter, what the registers hold does. */
static void on_memory(struct vp *vp, const volatile struct hv_message *message)
{
	uint64_t behind = 0;

	if (vtl_arch_take_memory(vp, message->u.payload, message->header.payload_size) != OK) {
		return;
	}
	if (door_is_here((gpa_t){ vp->arch.gpa })) {
		behind = vtl_arch_behind_store(vp);
	}
	if (behind == 0) {
		on_access(vp);
	} else if (resume_at(behind)) {
		service_dispatch(vp, DOOR_PAGE);
	}
}

static void on_hypercall(struct vp *vp, const volatile struct hv_message *message)
{
	struct forwarded_call call __attribute__((uninitialized));

	if (vtl_arch_decode_hypercall(vp, message->u.payload, message->header.payload_size,
				      &call) != OK ||
	    !resume_at(call.behind)) {
		return;
	}
	if (call.is_hypercall) {
		vp->stats.count[PARAVANE_STAT_REFUSED]++;
		vtl_arch_refuse_hypercall(vp);
	} else {
		service_dispatch(vp, DOOR_HVC0);
	}
}

struct row {
	uint32_t type;
	const char *name; /* as the interface spells it */
	void (*handler)(struct vp *vp, const volatile struct hv_message *message);
};

static const struct row rows[] = {
	{ HVMSG_UNMAPPED_GPA, "HVMSG_UNMAPPED_GPA", on_memory },
	{ HVMSG_GPA_INTERCEPT, "HVMSG_GPA_INTERCEPT", on_memory },
	{ HVMSG_HYPERCALL_INTERCEPT, "HVMSG_HYPERCALL_INTERCEPT", on_hypercall },
};

/* The type is read again: all that followed from the first reading is that it is in no row. */
static void on_other(struct vp *vp, const volatile struct hv_message *message)
{
	if (!vtl_arch_intercept(vp, message)) {
		log_debug("intercept: message 0x%x has no handler", message->header.message_type);
	}
}

void intercept_dispatch(struct vp *vp, const volatile struct hv_message *message)
{
	void (*handler)(struct vp *, const volatile struct hv_message *) = on_other;
	uint32_t type = message->header.message_type;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (rows[i].type == type) {
			handler = rows[i].handler;
			break;
		}
	}
	handler(vp, message);
}
