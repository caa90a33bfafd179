/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL2 take memory from VTL0, and ask what VTL0 may do?
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"
#include "tests/host/common/mem.h"

#define RESULT_INTERCEPT 1u

/* Write or execute without read, or user execution alone, cannot be had. */
static bool is_possible(uint32_t flags)
{
	uint32_t access = flags & (MAP_READ | MAP_WRITE | MAP_KX);

	if ((flags & ~MAP_ALL) != 0) {
		return false;
	}
	if ((flags & MAP_KX) != 0 && (flags & MAP_UX) == 0) {
		return false;
	}
	return access == 0 ? flags == 0 : (access & MAP_READ) != 0;
}

static uint16_t check_mask_call(const struct hypercall *call)
{
	uint32_t vtl;
	uint16_t status;

	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	status = hc_input_vtl(call, call->in[12], &vtl);
	if (status != HV_SUCCESS) {
		return status;
	}
	if (vtl == 0) {
		return call->vtl == 0 ? HV_ACCESS_DENIED : HV_INVALID_PARAMETER;
	}
	if (!hc_is_zero(call, 13, 3)) {
		return HV_INVALID_PARAMETER;
	}
	if ((vm.config & CONFIG_ENABLE_PROTECTION) == 0 ||
	    (vm.opt.deny & OPTIONS_DENY_PROTECT) != 0) {
		return HV_ACCESS_DENIED;
	}
	return is_possible(hc_u32(call, 8)) ? HV_SUCCESS : (uint16_t)vm.opt.status_bad_flags;
}

uint16_t hc_modify_vtl_protection_mask(const struct hypercall *call, uint32_t element)
{
	uint64_t gpn = hc_u64(call, 16 + 8 * element);
	uint16_t status = check_mask_call(call);

	if (status == HV_SUCCESS) {
		status = arch_protect(gpn, hc_u32(call, 8));
	}
	if (status == HV_SUCCESS) {
		count(COUNT_PROTECTED);
	}
	return status;
}

uint16_t hc_check_sparse_gpa_page_vtl_access(const struct hypercall *call, uint32_t element)
{
	uint64_t gpn = hc_u64(call, 16 + 8 * element);
	uint32_t desired = call->in[9];
	uint64_t result = 0;
	uint32_t denied;
	uint32_t vtl;
	uint16_t status;

	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	status = hc_input_vtl(call, call->in[8], &vtl);
	if (status != HV_SUCCESS) {
		return status;
	}
	if ((desired & ~MAP_ALL) != 0 || !hc_is_zero(call, 10, 6)) {
		return HV_INVALID_PARAMETER;
	}
	if (gpn >= 1ull << 52 || arch_ram(gpn << 12, HV_PAGE_SIZE) == NULL) {
		return HV_INVALID_PARAMETER;
	}
	denied = desired & ~arch_access(vtl, gpn);
	if (denied != 0) {
		result = RESULT_INTERCEPT | denied << 8 | 2u << 16;
	}
	memcpy(call->out + 8 * element, &result, sizeof(result));
	return HV_SUCCESS;
}
