/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL2 ask for intercepts, and put interrupts into VTL0?
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"

#define MASK_EXECUTE 4u
#define INTERRUPT_FIXED 0u
#define CONTROL_ASSERTED 4u

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
	if ((mask != 0 && mask != MASK_EXECUTE) || !hc_is_zero(call, 16, 8)) {
		return HV_INVALID_PARAMETER;
	}
	switch (type) {
	case ICEPT_TYPE_HYPERCALL:
		if ((vm.opt.deny & OPTIONS_DENY_HVCICEPT) != 0) {
			return HV_ACCESS_DENIED;
		}
		vm.hypercall_intercept = mask != 0;
		return HV_SUCCESS;
	case ICEPT_TYPE_UNKNOWN_CONNECTION:
	case ICEPT_TYPE_RETARGET:
		/* There are no connections and no devices: these never happen. */
		return HV_SUCCESS;
	default:
		return HV_INVALID_PARAMETER;
	}
}

uint16_t hc_assert_virtual_interrupt(const struct hypercall *call, uint32_t element)
{
	uint32_t type = hc_u32(call, 8);
	uint32_t control = hc_u32(call, 12);
	uint32_t vtl = call->in[28];

	(void)element;
	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	if (call->vtl != 2 || vtl > call->vtl) {
		return HV_ACCESS_DENIED;
	}
	if (type != INTERRUPT_FIXED || (control & ~CONTROL_ASSERTED) != 0 || vtl == 1 ||
	    !hc_is_zero(call, 29, 3)) {
		return HV_INVALID_PARAMETER;
	}
	return arch_assert(vtl, hc_u64(call, 16), hc_u32(call, 24),
			   (control & CONTROL_ASSERTED) != 0);
}
