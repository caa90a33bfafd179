/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why did we enter VTL2, if not for a VTL call?
 *
 * May assume: one VP per processor, never preempted by VTL0. Must never: return to VTL0 with an
 * interrupt of ours pending: the hypervisor would enter again at once.
 */
#include "vtl/run.h"

#include "core/devices.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/platform.h"
#include "core/service.h"
#include "vtl/end.h"
#include "vtl/intercept.h"
#include "vtl/synic.h"
#include "vtl/vtl_arch.h"

#include "hv/vsm.h"

/* More in one stay than can be pending at once means a source that nobody silences. */
#define INTERRUPTS_MAX 64

static void on_message_interrupt(struct vp *vp, uint32_t number)
{
	struct hv_message message __attribute__((uninitialized));
	bool taken = synic_take_message(vp, &message);

	/* Ended before the message is answered: the answer may be long. */
	vtl_arch_irq_end(number);
	if (taken) {
		intercept_dispatch(vp, &message);
	}
}

/* Not inlined: its place on the stack is not on the way of an intercept. */
static __attribute__((noinline)) void on_interrupts(struct vp *vp)
{
	uint32_t i;

	for (i = 0; i < INTERRUPTS_MAX; i++) {
		uint32_t number = vtl_arch_irq_take();

		if (number == VTL_ARCH_IRQ_NONE) {
			synic_drop_message(vp);
			return;
		}
		if (number == synic_interrupt()) {
			on_message_interrupt(vp, number);
			continue;
		}
		if (IS_ENABLED(CONFIG_DEV_UART) && number == dev_uart_interrupt()) {
			dev_uart_host_interrupt();
		}
		vtl_arch_irq_end(number);
		end_check(vp);
	}
}

void run_entry(struct vp *vp, uint32_t reason)
{
	if (reason == HV_VTL_ENTRY_INTERCEPT) {
		intercept_dispatch(vp, synic_intercept(vp));
	} else if (reason == HV_VTL_ENTRY_INTERRUPT) {
		on_interrupts(vp);
	} else {
		log_debug("run: entry reason %u", reason);
	}
}
