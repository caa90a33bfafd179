/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL2 ask for intercepts, and put interrupts into VTL0?
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"

#define MASK_EXECUTE 4u

uint16_t hc_install_intercept(const struct hypercall *call, uint32_t element)
{
	uint32_t mask = hc_u32(call, 8);
	uint32_t type = hc_u32(call, 12);

	(void)element;
	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	if (call->vtl != 2) {
		return HV_ACCESS_DENIED;
	}
	if (type != ICEPT_TYPE_HYPERCALL && type != ICEPT_TYPE_UNKNOWN_CONNECTION &&
	    type != ICEPT_TYPE_RETARGET) {
		return arch_install_intercept(type, mask, hc_u64(call, 16));
	}
	if ((mask != 0 && mask != MASK_EXECUTE) || !hc_is_zero(call, 16, 8)) {
		return HV_INVALID_PARAMETER;
	}
	if (type != ICEPT_TYPE_HYPERCALL) {
		/* There are no connections and no devices: these never happen. */
		return HV_SUCCESS;
	}
	if ((vm.opt.deny & OPTIONS_DENY_HVCICEPT) != 0) {
		return HV_ACCESS_DENIED;
	}
	vm.hypercall_intercept = mask != 0;
	return HV_SUCCESS;
}

uint16_t hc_assert_virtual_interrupt(const struct hypercall *call, uint32_t element)
{
	struct arch_interrupt interrupt = {
		.vtl = call->in[28],
		.type = hc_u32(call, 8),
		.control = hc_u32(call, 12),
		.destination = hc_u64(call, 16),
		.vector = hc_u32(call, 24),
	};

	(void)element;
	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	if (call->vtl != 2 || interrupt.vtl > call->vtl) {
		return HV_ACCESS_DENIED;
	}
	if (interrupt.vtl == 1 || !hc_is_zero(call, 29, 3)) {
		return HV_INVALID_PARAMETER;
	}
	return arch_assert(&interrupt);
}
