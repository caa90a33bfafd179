/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is the right hypervisor there, and are we at VTL2 of it?
 *
 * Must never: make a call that nobody announced. An HVC on another hypervisor, or on none, may
 * bring the processor down or switch the machine off.
 */
#include "vtl/channel.h"

#include "core/check.h"
#include "core/log.h"
#include "vtl/crash.h"
#include "vtl/hypercall.h"
#include "vtl/vp_regs.h"
#include "vtl/vsm.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/vsm.h"

/*
 * TLFS: HV_GUEST_OS_ID, open source form: bit 63, OS type 62:56, OS id 55:48, version 47:16, build
 * 15:0. No type is registered for firmware of this kind; the vendor-specific OS id says 0.
 */
#define GUEST_OS_ID (UINT64_C(1) << 63 | UINT64_C(0x7F) << 56 | UINT64_C(1) << 16)

static const char *evidence(const struct platform *p)
{
	if (p->model_is_hyperv) {
		return "model";
	}
	if (p->has_hypervisor) {
		return "/hypervisor";
	}
	if (p->has_vmbus_vtl2) {
		return "VMBus of VTL2";
	}
	return p->has_openhcl ? "/openhcl" : NULL;
}

void channel_open(const struct platform *platform)
{
	const char *found = evidence(platform);
	uint32_t vtl = 0;
	enum err err;

	if (found == NULL) {
		not_started("no Hyper-V interface: the device tree names none");
	}
	if (vtl_arch_identify(platform) != OK) {
		not_started("no Hyper-V interface: the tree says %s, but the hypervisor has "
			    "another identity",
			    found);
	}
	crash_registers_usable();
	err = vtl_arch_open(GUEST_OS_ID);
	if (err != OK) {
		fatal("channel", "guest OS id refused: %s",
		      hypercall_status_name(vp_regs_last_status()));
	}
	err = vsm_active_vtl(&vtl);
	if (err != OK || vtl != HV_VTL_MGMT) {
		/* Not a crash: somebody started the image in the wrong place. Leave no trace. */
		vtl_arch_close();
		if (err != OK) {
			not_started("this hypervisor has no VTLs (%s)",
				    hypercall_status_name(vp_regs_last_status()));
		}
		not_started("this is VTL%u, and this image runs at VTL2 only", vtl);
	}
	log_info("channel: Hyper-V by %s, VTL2", found);
}
