/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a VTL enabled, and how does another VP start in it?
 */
#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/synic.h"

#define VTL_MESSAGE_SIZE (MESSAGE_HEADER_SIZE + 8)

/* VTL1 for VTL0: VTL2 is asked when it wants to be, else the answer is no. */
static uint16_t enable_vtl1(const struct hypercall *call)
{
	uint8_t payload[VTL_MESSAGE_SIZE] = { 0 };

	if ((vm.config & CONFIG_ICEPT_ENABLE_VTL) == 0 || vm.guest_vsm == 0) {
		return HV_ACCESS_DENIED;
	}
	arch_message_header(call->vp, payload, ACCESS_EXECUTE);
	payload[MESSAGE_HEADER_SIZE] = 1;
	if (synic_intercept(call->vp, MSG_ENABLE_VTL, payload, VTL_MESSAGE_SIZE)) {
		count(COUNT_ICEPT_VTL);
	}
	return HV_ACCESS_DENIED;
}

uint16_t hc_enable_partition_vtl(const struct hypercall *call, uint32_t element)
{
	uint32_t target = call->in[8];

	(void)element;
	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	if (target > 2 || target == 0) {
		return HV_ACCESS_DENIED;
	}
	if ((call->in[9] & ~1u) != 0 || !hc_is_zero(call, 10, 6)) {
		return HV_INVALID_PARAMETER;
	}
	if (target == 2) {
		return vm.has_vtl2 && call->vtl == 2 ? HV_INVALID_VTL_STATE : HV_ACCESS_DENIED;
	}
	return call->vtl == 0 ? enable_vtl1(call) : HV_ACCESS_DENIED;
}

/* What EnableVpVtl and StartVirtualProcessor check alike. */
static uint16_t check_target(const struct hypercall *call, struct vp **vp, uint32_t *vtl)
{
	uint16_t status = hc_target_vp(call, vp);

	if (status != HV_SUCCESS) {
		return status;
	}
	*vtl = call->in[12];
	if (!hc_is_zero(call, 13, 3)) {
		return HV_INVALID_PARAMETER;
	}
	if (*vtl > call->vtl) {
		return HV_ACCESS_DENIED;
	}
	return HV_SUCCESS;
}

static void take_context(const struct hypercall *call, uint64_t context[CONTEXT_WORDS])
{
	memcpy(context, call->in + 16, CONTEXT_WORDS * sizeof(uint64_t));
}

uint16_t hc_enable_vp_vtl(const struct hypercall *call, uint32_t element)
{
	struct vp *vp;
	uint32_t vtl;
	uint16_t status = check_target(call, &vp, &vtl);

	(void)element;
	if (status != HV_SUCCESS) {
		return status;
	}
	if (vtl == 1) {
		return HV_INVALID_VTL_STATE;
	}
	if (vtl == 0 || vp->vtl2_enabled) {
		return HV_VTL_ALREADY_ENABLED;
	}
	take_context(call, vp->enable_context);
	vp->vtl2_enabled = true;
	return HV_SUCCESS;
}

/* A reading that only an architecture with PSCI has. */
static bool is_by_cpu_on_only(void)
{
#ifdef __aarch64__
	return vm.opt.start == OPTIONS_START_CPU_ON;
#else
	return false;
#endif
}

uint16_t hc_start_virtual_processor(const struct hypercall *call, uint32_t element)
{
	uint64_t context[CONTEXT_WORDS];
	struct vp *vp;
	uint32_t vtl;
	uint16_t status = check_target(call, &vp, &vtl);

	(void)element;
	if (status != HV_SUCCESS) {
		return status;
	}
	if (call->vtl != 2 || (vm.opt.deny & OPTIONS_DENY_STARTVP) != 0 || is_by_cpu_on_only()) {
		return HV_ACCESS_DENIED;
	}
	if (vtl != 2 || vp == call->vp) {
		return HV_INVALID_PARAMETER;
	}
	if (!vp->vtl2_enabled || vp->vtl2_started) {
		return HV_INVALID_VP_STATE;
	}
	if (fault_is_dead(vp)) {
		vp->vtl2_started = true;
		return HV_SUCCESS;
	}
	take_context(call, context);
	arch_start_vp(vp, vtl, context);
	return HV_SUCCESS;
}

/* Of an MPIDR the affinity fields only, in one reading. */
static uint64_t take_hw_id(const struct hypercall *call, uint32_t element)
{
	uint64_t hw_id;

	if (HW_ID_SIZE == 4) {
		return hc_u32(call, 16 + 4 * element);
	}
	hw_id = hc_u64(call, 16 + 8 * element);
	return vm.opt.apic_id_exact ? hw_id : hw_id & 0xFF00FFFFFFull;
}

uint16_t hc_get_vp_index_from_apic_id(const struct hypercall *call, uint32_t element)
{
	uint64_t hw_id = take_hw_id(call, element);
	uint32_t vtl = call->in[8];
	uint32_t n;

	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	if (vtl > call->vtl) {
		return HV_ACCESS_DENIED;
	}
	if (vtl == 1 || !hc_is_zero(call, 9, 7)) {
		return HV_INVALID_PARAMETER;
	}
	for (n = 0; n < vm.opt.vps; n++) {
		const struct vp *vp = vm_vp(n);

		if (vp->hw_id != hw_id) {
			continue;
		}
		if (vtl == 2 && !vp->vtl2_enabled) {
			return HV_INVALID_PARAMETER;
		}
		memcpy(call->out + call->out_stride * element, &n, sizeof(n));
		return HV_SUCCESS;
	}
	return HV_INVALID_PARAMETER;
}
