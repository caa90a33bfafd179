/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the first payload ask that only arm64 has? The two HVC doors that the hypervisor may
 * forward.
 */
#include "hv/arm64.h"
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "tests/guest/hello.h"
#include "tests/guest/lib/arm64/arm64.h"

bool hello_is_skipped(void)
{
	uint32_t size;

	if (tree_property("/chosen", "linux,uefi-system-table", &size) == NULL) {
		return false;
	}
	skip("the calls", "tables for ACPI instead of nodes, which this does not read");
	return true;
}

void forwarded_calls(void)
{
	struct result r = call(DOOR_HVC0, SMCCC_VENDOR_HYP_UID, 0, 0, 0);
	bool hyperv =
		(uint32_t)r.x[0] == HV_ARM64_UID_WORD0 && (uint32_t)r.x[1] == HV_ARM64_UID_WORD1 &&
		(uint32_t)r.x[2] == HV_ARM64_UID_WORD2 && (uint32_t)r.x[3] == HV_ARM64_UID_WORD3;

	print("# hvc #0: vendor UID is %s\n", hyperv ? "Hyper-V's" : "not Hyper-V's");
	r = call(DOOR_HVC0, PARAVANE_FEATURES, PARAVANE_STATISTICS, 0, 0);
	print("# hvc #0 with an id of ours: %s (0x%lx)\n",
	      (int32_t)r.x[0] >= 0 ? "forwarded" : "refused", r.x[0]);
	r = call(DOOR_HYPERCALL, PARAVANE_FEATURES, PARAVANE_STATISTICS, 0, 0);
	print("# hvc #1 with an id of ours: 0x%lx\n", r.x[0]);
}
