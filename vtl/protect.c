/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is memory taken from VTL0?
 *
 * May assume: VsmPartitionConfig enabled the protections. Must never: count a page as taken that
 * the hypervisor did not confirm.
 */
#include "vtl/protect.h"

#include "vtl/hypercall.h"

#include "hv/hvgdk.h"
#include "hv/vsm.h"

struct request {
	struct hv_input_modify_vtl_protection_mask head;
	uint64_t gpn[HV_MODIFY_VTL_PROTECTION_MAX];
};

/* Larger than a stack frame should be; boot only, so one is enough. */
static struct request request;

enum err protect_range(struct range range, struct protect_result *result)
{
	uint64_t gpn = range.base / HV_HYP_PAGE_SIZE;
	uint64_t left = range.size / HV_HYP_PAGE_SIZE;

	while (left > 0) {
		uint32_t count = left < HV_MODIFY_VTL_PROTECTION_MAX ? (uint32_t)left :
								       HV_MODIFY_VTL_PROTECTION_MAX;
		struct hypercall_result r;
		uint32_t i;

		request.head.partition_id = HV_PARTITION_ID_SELF;
		request.head.map_flags = HV_MAP_GPA_PERMISSIONS_NONE;
		request.head.target_vtl.as_uint8 = HV_INPUT_VTL_CURRENT;
		for (i = 0; i < count; i++) {
			request.gpn[i] = gpn + i;
		}
		r = hypercall(&(struct hypercall){
			.code = HVCALL_MODIFY_VTL_PROTECTION_MASK,
			.reps = (uint16_t)count,
			.in = &request,
			.in_size = sizeof(request.head) + count * sizeof(request.gpn[0]),
		});
		result->calls++;
		result->pages += r.done;
		if (r.status != HV_STATUS_SUCCESS) {
			result->failed_gpa = (gpn + r.done) * HV_HYP_PAGE_SIZE;
			result->status = r.status;
			return hypercall_err(r.status);
		}
		gpn += count;
		left -= count;
	}
	return OK;
}
