/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do messages arrive and get acknowledged?
 *
 * May assume: called on the VP whose pages are meant. Must never: look at a slot again after it was
 * copied, or leave a slot busy: the next intercept would be lost and repeated.
 */
#include "vtl/synic.h"

#include <string.h>

#include "core/log.h"
#include "vtl/hypercall.h"
#include "vtl/vp_regs.h"
#include "vtl/vsm.h"
#include "vtl/vtl_arch.h"

#include "hv/regs.h"

/* Bits 63:12 of a page register are the page number, so the address itself fits. */
static uint64_t page_register(const void *page)
{
	return (uint64_t)(uintptr_t)page | HV_PAGE_REGISTER_ENABLE;
}

static uint32_t interrupt = ARCH_SINT_INTERRUPT;

uint32_t synic_interrupt(void)
{
	return interrupt;
}

/* Even with the intercept page on there may be messages of other kinds, so SINT0 is always on. */
enum err synic_init_vp(const struct platform *platform, struct vp *vp)
{
	struct vp_reg regs[] = {
		{ HV_REGISTER_VP_ASSIST_PAGE, page_register(vp->assist_page), 0 },
		{ HV_REGISTER_SIMP, page_register(vp->message_page), 0 },
		{ HV_REGISTER_SCONTROL, HV_SYNIC_CONTROL_ENABLE, 0 },
		{ HV_REGISTER_SINT0, 0, 0 },
	};
	enum err err;

	if (platform->vmbus_vtl2.present && platform->vmbus_vtl2.intid != 0) {
		interrupt = platform->vmbus_vtl2.intid;
	}
	regs[3].low = interrupt;
	vtl_arch_irq_enable(vp, interrupt);
	err = vp_regs_set(VP_REGS_OWN, regs, ARRAY_SIZE(regs));
	if (err != OK) {
		return vp_regs_refused("synic: assist page, message page or SINT0", err);
	}
	return OK;
}

static struct hv_message *message_slot(struct vp *vp)
{
	struct hv_message_page *page = vp->message_page;

	return &page->sint_message[HV_SYNIC_INTERCEPTION_SINT_INDEX];
}

void synic_drop_message(struct vp *vp)
{
	__atomic_store_n(&message_slot(vp)->header.message_type, HVMSG_NONE, __ATOMIC_SEQ_CST);
}

bool synic_take_message(struct vp *vp, struct hv_message *message)
{
	struct hv_message *slot = message_slot(vp);
	uint32_t type = __atomic_load_n(&slot->header.message_type, __ATOMIC_ACQUIRE);

	if (type == HVMSG_NONE) {
		return false;
	}
	memcpy(message, slot, sizeof(*message));
	message->header.message_type = type;
	/* Free the slot first, look for a waiting message second: in the other order one that
	 * arrives in between would wait for ever (TLFS: HvRegisterEom). */
	__atomic_store_n(&slot->header.message_type, HVMSG_NONE, __ATOMIC_SEQ_CST);
	if ((__atomic_load_n(&slot->header.message_flags.asu8, __ATOMIC_SEQ_CST) &
	     HV_MESSAGE_FLAG_PENDING) != 0) {
		/* Nothing follows from a refusal: the message comes with the next interrupt. */
		(void)!vp_reg_set(VP_REGS_OWN, HV_REGISTER_EOM, 0);
	}
	return true;
}
