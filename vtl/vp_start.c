/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does another processor start?
 *
 * EnableVpVtl for all first (the redistributors of VTL2 appear with it), then StartVirtualProcessor
 * with an initial VP context that is already in 64-bit mode. May assume: boot VP, our memory
 * protected. Must never: believe a started VP before it has compared its own VP index.
 */
#include "vtl/vp_start.h"

#include <string.h>

#include "core/arch.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "vtl/hypercall.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/vsm.h"

#define WAIT_SECONDS 10

static const struct platform *the_platform;

const struct platform *vp_start_platform(void)
{
	return the_platform;
}

/* One id per call, target VTL 0: for VTL2 the call fails until VTL2 is enabled on that VP. */
static enum err find_index(struct vp *vp)
{
	struct {
		struct hv_get_vp_from_apic_id_in head;
		uint64_t hw_id;
	} in = {
		.head.partition_id = HV_PARTITION_ID_SELF,
		.head.target_vtl = HV_NORMAL_VTL,
		.hw_id = vp->hw_id.v,
	};
	uint32_t index = 0;
	struct hypercall_result r = hypercall(&(struct hypercall){
		.code = HVCALL_GET_VP_INDEX_FROM_APIC_ID,
		.reps = 1,
		.in = &in,
		.in_size = sizeof(in.head) + ARCH_HW_ID_SIZE,
		.out = &index,
		.out_size = sizeof(index),
	});

	if (r.status != HV_STATUS_SUCCESS) {
		log_error("processors: no VP index for 0x%lx: %s", vp->hw_id.v,
			  hypercall_status_name(r.status));
		return hypercall_err(r.status);
	}
	vp->index.v = index;
	return OK;
}

enum err vp_start_find_indices(void)
{
	uint32_t i;
	uint32_t k;

	for (i = 0; i < vp_count(); i++) {
		enum err err = find_index(vp_by_number(i));

		if (err != OK) {
			return err;
		}
		for (k = 0; k < i; k++) {
			if (vp_by_number(k)->index.v == vp_by_number(i)->index.v) {
				log_error("processors: 0x%lx and 0x%lx both have VP index %u",
					  vp_by_number(k)->hw_id.v, vp_by_number(i)->hw_id.v,
					  vp_by_number(i)->index.v);
				return ERR_INVALID;
			}
		}
	}
	return OK;
}

/* EnableVpVtl and StartVirtualProcessor take the same block. */
static uint16_t enable_or_start(uint16_t code, const struct vp *vp)
{
	/* Static, so that its room for any architecture is not cleared for each VP. */
	static struct {
		struct hv_enable_vp_vtl head;
		uint8_t context[VTL_ARCH_CONTEXT_MAX];
	} in;
	uint32_t context_size = vtl_arch_initial_context(vp, in.context);

	in.head.partition_id = HV_PARTITION_ID_SELF;
	in.head.vp_index = vp->index.v;
	in.head.target_vtl = HV_VTL_MGMT;
	return hypercall(&(struct hypercall){ .code = code,
					      .in = &in,
					      .in_size = sizeof(in.head) + context_size })
		.status;
}

static enum err enable(const struct vp *vp)
{
	uint16_t status = enable_or_start(HVCALL_ENABLE_VP_VTL, vp);

	/* Some hosts enable VTL2 on every VP themselves. */
	if (status == HV_STATUS_VTL_ALREADY_ENABLED) {
		return OK;
	}
	if (status != HV_STATUS_SUCCESS) {
		log_error("processors: VP %u: EnableVpVtl: %s", vp->index.v,
			  hypercall_status_name(status));
	}
	return hypercall_err(status);
}

static enum err start(struct vp *vp)
{
	uint16_t status;
	enum err err;

	vp_set_state(vp, VP_ASKED);
	status = enable_or_start(HVCALL_START_VP, vp);
	if (status == HV_STATUS_SUCCESS) {
		return OK;
	}
	err = vtl_arch_start_without_startvp(vp);
	if (err == OK) {
		log_warn("processors: VP %u: StartVirtualProcessor: %s; started without it",
			 vp->index.v, hypercall_status_name(status));
		return OK;
	}
	vp_set_state(vp, VP_OFF);
	log_error("processors: VP %u: StartVirtualProcessor: %s", vp->index.v,
		  hypercall_status_name(status));
	return err;
}

/* Waits for each and says what became of it; counts those that are not there, and no longer waits
 * for them. */
static uint32_t wait_for_all(void)
{
	uint64_t limit = arch_counter() + WAIT_SECONDS * arch_counter_hz();
	uint32_t missing = 0;
	uint32_t i;

	for (i = 0; i < vp_count(); i++) {
		struct vp *vp = vp_by_number(i);

		while (vp_state(vp) == VP_ASKED && arch_counter() < limit) {
			arch_wait();
		}
		(void)!vp_settle(vp, VP_FAILED);
		if (vp_state(vp) == VP_UP) {
			vtl_arch_report_start(vp);
		} else {
			log_error("processors: VP %u (0x%lx) did not come up", vp->index.v,
				  vp->hw_id.v);
			missing++;
		}
	}
	return missing;
}

enum err vp_start_enable_all(void)
{
	uint32_t i;

	for (i = 0; i < vp_count(); i++) {
		enum err err = vp_by_number(i) == vp_boot() ? OK : enable(vp_by_number(i));

		if (err != OK) {
			return err;
		}
	}
	return OK;
}

enum err vp_start_all(const struct platform *platform)
{
	uint32_t i;

	the_platform = platform;
	vp_set_state(vp_boot(), VP_UP);
	for (i = 0; i < vp_count(); i++) {
		if (vp_by_number(i) != vp_boot() && start(vp_by_number(i)) != OK &&
		    IS_ENABLED(CONFIG_VP_START_MISSING_STOP)) {
			return ERR_IO;
		}
	}
	if (wait_for_all() != 0 && IS_ENABLED(CONFIG_VP_START_MISSING_STOP)) {
		return ERR_IO;
	}
	return OK;
}
