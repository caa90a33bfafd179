/* SPDX-License-Identifier: BSD-2-Clause */
/* What else does the fake architecture of VTL2 do? (vtl/vtl_arch.h) */
#include "tests/fake/vtl.h"

#include "core/service.h"
#include "vtl/run.h"

#include "tests/fake/stop.h"

#include <string.h>

struct fake_vtl fake_vtl;

/* Not every test has services, or a run loop. */
#pragma weak service_dispatch
#pragma weak run_entry

#define VTL_CALL 1 /* entry reason, in the third word of the assist page */

void fake_vtl_reset(void)
{
	fake_vtl =
		(struct fake_vtl){ .start_err = ERR_NOT_SUPPORTED, .hold_err = ERR_NOT_SUPPORTED };
}

void fake_vtl_note(char letter)
{
	size_t n = strlen(fake_vtl.order);

	if (n + 1 < sizeof(fake_vtl.order)) {
		fake_vtl.order[n] = letter;
	}
}

enum err vtl_arch_identify(const struct platform *platform)
{
	(void)platform;
	fake_vtl.identifies++;
	return fake_vtl.identify_err;
}

int32_t vtl_arch_ask_feature(uint32_t id)
{
	(void)id;
	fake_vtl.features++;
	return -1;
}

uint32_t vtl_arch_initial_context(const struct vp *vp, uint8_t context[VTL_ARCH_CONTEXT_MAX])
{
	memset(context, 0xC0 + (int)vp->number, FAKE_CONTEXT_SIZE);
	return FAKE_CONTEXT_SIZE;
}

enum err vtl_arch_start_without_startvp(const struct vp *vp)
{
	(void)vp;
	fake_vtl.starts_without++;
	return fake_vtl.start_err;
}

enum err vtl_arch_hold_vtl0(const struct vp *vp)
{
	fake_vtl.held = vp;
	return fake_vtl.hold_err;
}

void vtl_arch_report_start(const struct vp *vp)
{
	(void)vp;
	fake_vtl.reports++;
}

_Noreturn void vtl_arch_run(struct vp *vp)
{
	for (; fake_vtl.switches_left != 0; fake_vtl.switches_left--) {
		uint32_t reason;

		fake_vtl.switches++;
		fake_vtl_note('S');
		if (fake_vtl.on_switch != NULL) {
			fake_vtl.on_switch(vp);
		}
		reason = ((const uint32_t *)vp->assist_page)[2];
		if (reason == VTL_CALL) {
			service_dispatch(vp, DOOR_VTLCALL);
		} else {
			run_entry(vp, reason);
		}
	}
	fake_stop_plain(STOP_SWITCH);
}

enum err vtl_arch_set_first_registers(struct vp *vp, uint64_t entry, uint64_t handover)
{
	(void)vp;
	fake_vtl.entry = entry;
	fake_vtl.handover = handover;
	return OK;
}

/* ---- Messages ------------------------------------------------------------------------------ */

static struct hv_message message(uint32_t type, const void *payload, size_t size)
{
	struct hv_message m = {
		.header = { .message_type = type, .payload_size = (uint8_t)size },
	};

	memcpy(m.u.payload, payload, size);
	return m;
}

struct hv_message fake_message_memory(uint32_t type, const struct mem_access *access)
{
	_Static_assert(sizeof(*access) <= HV_MESSAGE_PAYLOAD_BYTE_COUNT, "one message");
	return message(type, access, sizeof(*access));
}

struct hv_message fake_message_hypercall(bool is_hypercall, uint64_t pc)
{
	struct forwarded_call call = {
		.behind = pc + 4,
		.is_hypercall = is_hypercall,
	};

	return message(HVMSG_HYPERCALL_INTERCEPT, &call, sizeof(call));
}

static enum err decode(const volatile void *payload, size_t size, void *out, size_t wanted)
{
	if (size < wanted) {
		return ERR_INVALID;
	}
	memcpy(out, (const void *)payload, wanted);
	return OK;
}

enum err vtl_arch_take_memory(struct vp *vp, const volatile void *payload, size_t size)
{
	enum err err = decode(payload, size, &fake_vtl.access, sizeof(fake_vtl.access));

	vp->arch.gpa = fake_vtl.access.gpa;
	return err;
}

uint64_t vtl_arch_behind_store(const struct vp *vp)
{
	const struct mem_access *a = &fake_vtl.access;

	(void)vp;
	return a->is_write && !a->is_execute && !a->is_maintenance && !a->is_table_walk &&
			       !fake_vtl.from_user ?
		       a->behind :
		       0;
}

void vtl_arch_decode_memory(const struct vp *vp, struct mem_access *access)
{
	(void)vp;
	*access = fake_vtl.access;
}

enum err vtl_arch_decode_hypercall(const struct vp *vp, const volatile void *payload, size_t size,
				   struct forwarded_call *call)
{
	(void)vp;
	return decode(payload, size, call, sizeof(*call));
}

enum err vtl_arch_operand_get(const struct vp *vp, uint32_t reg, uint64_t *value)
{
	*value = reg == 31 ? 0 : vp->regs.x[reg];
	return fake_vtl.operand_err;
}

enum err vtl_arch_operand_set(struct vp *vp, uint32_t reg, uint64_t value)
{
	if (reg != 31 && fake_vtl.operand_err == OK) {
		vp->regs.x[reg] = value;
	}
	return fake_vtl.operand_err;
}

enum err vtl_arch_inject_abort(struct vp *vp)
{
	(void)vp;
	fake_vtl.aborts++;
	fake_vtl.abort = fake_vtl.access;
	return fake_vtl.abort_err;
}

bool vtl_arch_intercept(struct vp *vp, const volatile struct hv_message *message)
{
	(void)vp;
	fake_vtl.other_type = message->header.message_type;
	return fake_vtl.other_known;
}

void vtl_arch_refuse_hypercall(struct vp *vp)
{
	(void)vp;
	fake_vtl.refusals++;
}

/* ---- Interrupts ---------------------------------------------------------------------------- */

enum err vtl_arch_irq_map(const struct platform *platform)
{
	(void)platform;
	return OK;
}

enum err vtl_arch_irq_init(const struct platform *platform, struct vp *vp)
{
	(void)platform;
	(void)vp;
	fake_vtl.irq_inits++;
	return fake_vtl.irq_init_err;
}

void vtl_arch_irq_enable(struct vp *vp, uint32_t number)
{
	(void)vp;
	fake_vtl.irq_enabled[fake_vtl.irq_enabled_count++ % FAKE_VTL_RECORDS] = number;
}

uint32_t vtl_arch_irq_take(void)
{
	if (fake_vtl.irq_taken == fake_vtl.irq_count) {
		return VTL_ARCH_IRQ_NONE;
	}
	return fake_vtl.irq[fake_vtl.irq_taken++ % FAKE_VTL_RECORDS];
}

void vtl_arch_irq_end(uint32_t number)
{
	fake_vtl.irq_ended[fake_vtl.irq_ended_count++ % FAKE_VTL_RECORDS] = number;
	fake_vtl_note('E');
}

uint32_t vtl_arch_irq_kick_number(void)
{
	return FAKE_KICK;
}

void vtl_arch_irq_kick_others(void)
{
	fake_vtl.kicks++;
}

void vtl_arch_power_off(void)
{
	fake_vtl.power_offs++;
	if (!fake_vtl.end_returns) {
		fake_stop_plain(STOP_END);
	}
}

void vtl_arch_reboot(void)
{
	fake_vtl.reboots++;
	if (!fake_vtl.end_returns) {
		fake_stop_plain(STOP_END);
	}
}
