/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we stop when the fault is ours, or the place is wrong?
 *
 * First VTL0 stands still on every VP, then the operator and the hypervisor are told. May assume:
 * nothing; what it uses may be what is broken. Must never: return to VTL0, or come back here.
 */
#include "vtl/crash.h"

#include "core/arch.h"
#include "core/check.h"
#include "core/crash_report.h"
#include "core/crypto.h"
#include "core/entropy.h"
#include "core/fmt.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "vtl/end.h"
#include "vtl/vp_regs.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/vsm.h"

#define SUSPEND_TRIES 1024

static bool registers_usable;

/* 0: nobody stops; else 1 + the number of the processor that was first. */
static uint64_t stopping;

void crash_registers_usable(void)
{
	registers_usable = true;
}

/* Before any other VP runs there is nobody to stop, and no interrupt to do it with. */
static bool others_may_run(void)
{
	return vp_boot() != NULL && vp_state(vp_boot()) == VP_UP;
}

/* Until it is done or refused, but not for ever. */
static void suspend_vtl0(const struct vp *vp)
{
	const uint64_t one = UINT64_C(1) << HV_HYPERCALL_REP_COMP_OFFSET;
	uint64_t head = vp->index.v | (uint64_t)VP_REGS_VTL0 << 32;
	uint32_t tries;

	for (tries = 0; tries < SUSPEND_TRIES; tries++) {
		uint64_t word = vtl_arch_hypercall_six(
			HVCALL_SET_VP_REGISTERS | HV_HYPERCALL_FAST_BIT | one, HV_PARTITION_ID_SELF,
			head, HV_REGISTER_INTERNAL_ACTIVITY_STATE, 0,
			HV_INTERNAL_ACTIVITY_STARTUP_SUSPEND, 0);
		uint64_t status = word & HV_HYPERCALL_RESULT_MASK;

		if ((word & HV_HYPERCALL_REP_COMP_MASK) == one ||
		    (status != HV_STATUS_SUCCESS && status != HV_STATUS_TIME_OUT)) {
			return;
		}
	}
}

/* A call needs the pages of the VP that makes it, and the pointer to them may be what is broken. */
static bool knows_itself(void)
{
	const struct vp *self = arch_this_vp();
	uint32_t i;

	for (i = 0; i < vp_count(); i++) {
		if (vp_by_number(i) == self) {
			return true;
		}
	}
	return false;
}

void fatal_begin(void)
{
	uint64_t self = 1 + arch_this_hw_id().v;
	uint64_t nobody = 0;
	uint32_t i;

	if (!__atomic_compare_exchange_n(&stopping, &nobody, self, false, __ATOMIC_SEQ_CST,
					 __ATOMIC_SEQ_CST)) {
		if (nobody != self) {
			arch_halt();
		}
		return; /* a fault while this one is reported: said as far as it goes */
	}
	if (others_may_run()) {
		end_others_at_once();
		/* Even a VP whose kick is lost must not run VTL0 on: the only place that names
		 * other VPs. */
		for (i = 0; i < vp_count() && knows_itself(); i++) {
			suspend_vtl0(vp_by_number(i));
		}
	}
	log_seize();
}

/* The first sixteen characters of where; where we lie, which makes the addresses of the text
 * readable; the text; and last the notification. */
static void tell_hypervisor(const char *where)
{
	uint64_t value[6] = { 0 };
	const char *text = NULL;
	uint32_t i;

	for (i = 0; i < 16 && where[i] != '\0'; i++) {
		value[i / 8] |= (uint64_t)(uint8_t)where[i] << (8 * (i % 8));
	}
	value[5] = HV_CRASH_CTL_NO_CRASH_DUMP | HV_CRASH_CTL_CRASH_NOTIFY;
	if (IS_ENABLED(CONFIG_CRASH_REPORT)) {
		value[2] = crash_report_image();
		value[4] = log_report(&text);
		value[3] = (uintptr_t)text;
		value[5] |= HV_CRASH_CTL_CRASH_NOTIFY_MSG;
	}
	for (i = 0; i < ARRAY_SIZE(value); i++) {
		/* P0 to P4 and the control follow each other. */
		if (vp_reg_set(VP_REGS_OWN, HV_REGISTER_GUEST_CRASH_P0 + i, value[i]) != OK) {
			return;
		}
	}
}

static void wipe_secrets(void)
{
	uint32_t i;

	entropy_close();
	for (i = 0; i < vp_count(); i++) {
		crypto_wipe(&vp_by_number(i)->drbg, sizeof(struct drbg));
	}
}

static _Noreturn void stop(const char *where)
{
	if (IS_ENABLED(CONFIG_CRYPTO)) {
		wipe_secrets();
	}
	if (registers_usable) {
		registers_usable = false; /* a fault on this path must not come back here */
		tell_hypervisor(where);
	}
	if (IS_ENABLED(CONFIG_PANIC_RESET)) {
		vtl_arch_reboot();
	}
	arch_halt();
}

_Noreturn void fatal(const char *where, const char *fmt, ...)
{
	char text[LOG_LINE_MAX];
	va_list ap;

	va_start(ap, fmt);
	fmt_vprint(text, sizeof(text), fmt, ap);
	va_end(ap);
	fatal_begin();
	log_error("stopped: %s: %s", where, text);
	stop(where);
}

_Noreturn void check_failed(const char *file, const char *condition)
{
	fatal_begin();
	if (IS_ENABLED(CONFIG_CRASH_REPORT)) {
		crash_report_place((uintptr_t)__builtin_return_address(0),
				   (uintptr_t)__builtin_dwarf_cfa());
	}
	fatal(file, "broken assumption: %s", condition);
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
