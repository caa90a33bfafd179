/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do power-off, reset and panic end?
 *
 * May assume: nothing about what the other VPs are doing. Must never: return to VTL0, or wait
 * without a bound for a VP that does not answer.
 */
#include "vtl/end.h"

#include "core/arch.h"
#include "core/check.h"
#include "core/crypto.h"
#include "core/entropy.h"
#include "core/fmt.h"
#include "core/log.h"
#include "core/service.h"
#include "vtl/hypercall.h"
#include "vtl/vp_regs.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/vsm.h"

/* How long the others have to park before the end is performed without them. */
#define PARK_SECONDS 2

/* One VP found our own fault: nobody returns to VTL0, and nobody ends the machine either. */
#define PANIC UINT32_MAX

static uint32_t ending; /* 0, 1 + enum reset_kind, or PANIC */
static bool crash_usable;

static bool all_others_parked(const struct vp *self)
{
	uint32_t i;

	for (i = 0; i < vp_count(); i++) {
		const struct vp *vp = vp_by_number(i);
		enum vp_state state = vp_state(vp);

		if (vp != self && (state == VP_UP || state == VP_ASKED)) {
			return false;
		}
	}
	return true;
}

static void wait_for_others(const struct vp *self)
{
	uint64_t limit = arch_counter() + PARK_SECONDS * arch_counter_hz();

	while (!all_others_parked(self) && arch_counter() < limit) {
		arch_wait();
	}
	if (!all_others_parked(self)) {
		log_warn("end: not every VP parked in %u s", PARK_SECONDS);
	}
}

/* The boot VP performs the end; the others only stop. */
static _Noreturn void park(struct vp *vp, enum reset_kind kind)
{
	crypto_wipe(&vp->drbg, sizeof(vp->drbg));
	crypto_wipe(&vp->regs, sizeof(vp->regs));
	vp_set_state(vp, VP_PARKED);
	if (vp == vp_boot()) {
		wait_for_others(vp);
		entropy_close();
		log_info("end: %s", kind == RESET_REBOOT ? "reset" : "power-off");
		if (kind == RESET_REBOOT) {
			vtl_arch_reboot();
		} else {
			vtl_arch_power_off();
		}
		log_error("end: the hypervisor did not do it");
	}
	arch_halt();
}

_Noreturn void end_machine(struct vp *vp, enum reset_kind kind)
{
	uint32_t none = 0;

	service_set_ending();
	/* The first one decides; a second request, from another VP, parks like any other. */
	if (__atomic_compare_exchange_n(&ending, &none, 1 + (uint32_t)kind, false, __ATOMIC_SEQ_CST,
					__ATOMIC_SEQ_CST)) {
		vtl_arch_irq_kick_others();
	} else {
		end_check(vp); /* does not return: something has begun */
	}
	park(vp, kind);
}

void end_check(struct vp *vp)
{
	uint32_t e = __atomic_load_n(&ending, __ATOMIC_ACQUIRE);

	if (e == PANIC) {
		vp_set_state(vp, VP_PARKED);
		arch_halt();
	}
	if (e != 0) {
		park(vp, (enum reset_kind)(e - 1));
	}
}

void end_crash_registers_usable(void)
{
	crash_usable = true;
}

static void tell_hypervisor(const char *text)
{
	struct vp_reg regs[] = {
		{ HV_REGISTER_GUEST_CRASH_P0, 0, 0 },
		{ HV_REGISTER_GUEST_CRASH_P1, 0, 0 },
		{ HV_REGISTER_GUEST_CRASH_CTL,
		  HV_CRASH_CTL_NO_CRASH_DUMP | HV_CRASH_CTL_CRASH_NOTIFY, 0 },
	};
	size_t i;

	/* The first sixteen characters say where. */
	for (i = 0; i < 16 && text[i] != '\0'; i++) {
		regs[i / 8].low |= (uint64_t)(uint8_t)text[i] << (8 * (i % 8));
	}
	for (i = 0; i < ARRAY_SIZE(regs); i++) {
		if (vp_regs_set(VP_REGS_OWN, &regs[i], 1) != OK) {
			return;
		}
	}
}

_Noreturn void not_started(const char *fmt, ...)
{
	char text[LOG_LINE_MAX];
	va_list ap;

	va_start(ap, fmt);
	fmt_vprint(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_error("not started: %s", text);
	arch_halt();
}

/* Even a VP whose kick is lost must not run VTL0 on: the only place that names other VPs. */
static void suspend_vtl0_of_all(void)
{
	struct {
		struct hv_input_set_vp_registers head;
		struct hv_register_assoc element;
	} in = {
		.head.partition_id = HV_PARTITION_ID_SELF,
		.head.input_vtl.as_uint8 = HV_INPUT_VTL_OF(HV_NORMAL_VTL),
		.element.name = HV_REGISTER_INTERNAL_ACTIVITY_STATE,
		.element.value.reg128.low_part = HV_INTERNAL_ACTIVITY_STARTUP_SUSPEND,
	};
	uint32_t i;

	for (i = 0; i < vp_count(); i++) {
		in.head.vp_index = vp_by_number(i)->index.v;
		(void)!hypercall_do(&(struct hypercall){ .code = HVCALL_SET_VP_REGISTERS,
							 .reps = 1,
							 .in = &in,
							 .in_size = sizeof(in) });
	}
}

/* Before any other VP runs there is nobody to stop, and no interrupt to do it with. */
static bool others_may_run(void)
{
	return vp_boot() != NULL && vp_state(vp_boot()) == VP_UP;
}

_Noreturn void fatal(const char *where, const char *fmt, ...)
{
	char text[LOG_LINE_MAX];
	va_list ap;

	va_start(ap, fmt);
	fmt_vprint(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (others_may_run()) {
		__atomic_store_n(&ending, PANIC, __ATOMIC_RELEASE);
		vtl_arch_irq_kick_others();
	}
	log_seize();
	log_error("stopped: %s: %s", where, text);
	if (others_may_run()) {
		suspend_vtl0_of_all();
	}
	if (crash_usable) {
		crash_usable = false; /* a fault on this path must not come back here */
		tell_hypervisor(where);
	}
	arch_halt();
}
