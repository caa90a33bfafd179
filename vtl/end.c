/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do power-off and reset end? (For our own faults: vtl/crash.c.)
 *
 * May assume: nothing about what the other VPs are doing. Must never: return to VTL0, or wait
 * without a bound for a VP that does not answer.
 */
#include "vtl/end.h"

#include "core/arch.h"
#include "core/crypto.h"
#include "core/entropy.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/log_kept.h"
#include "core/service.h"

/* How long the others have to park before the end is performed without them. */
#define PARK_SECONDS 2

/* One VP found our own fault: nobody returns to VTL0, and nobody ends the machine either. */
#define CRASH UINT32_MAX

static uint32_t ending; /* 0, 1 + enum reset_kind, or CRASH */

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
		/* Without its lock, for which a VP that did not park could make us wait: whoever
		 * draws from it now serves a VTL0 that ends with this machine. */
		entropy_close();
		if (IS_ENABLED(CONFIG_LOG_KEPT)) {
			log_kept_ended();
		}
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

	if (e == CRASH) {
		vp_set_state(vp, VP_PARKED);
		arch_halt();
	}
	if (e != 0) {
		park(vp, (enum reset_kind)(e - 1));
	}
}

void end_others_at_once(void)
{
	__atomic_store_n(&ending, CRASH, __ATOMIC_RELEASE);
	vtl_arch_irq_kick_others();
}
