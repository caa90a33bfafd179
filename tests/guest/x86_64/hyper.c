/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL0 reach the hypervisor, and through it the firmware?
 *
 * By the TLFS: CPUID, guest OS id, a hypercall page of its own, and that page's VTL-call entry,
 * whose place the hypervisor tells by HvRegisterVsmCodePageOffsets.
 */
#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/x64.h"
#include "paravane/services.h"
#include "tests/guest/x86_64/port.h"
#include "tests/guest/x86_64/x64.h"

/* Open source form, an operating system of no name. */
#define GUEST_OS_ID UINT64_C(0x8200000000000001)

static uint8_t page[4096] __attribute__((aligned(4096)));
static uint8_t in[4096] __attribute__((aligned(4096)));
static uint8_t out[4096] __attribute__((aligned(4096)));
static uint64_t vtl_call;

static uint64_t hypercall(uint64_t control)
{
	uint64_t r[REGISTERS] = { 0 };

	r[RCX] = control;
	r[RDX] = (uint64_t)in;
	r[R8] = (uint64_t)out;
	x64_call(r, (uint64_t)page);
	return r[RAX];
}

bool hyper_open(void)
{
	struct hv_input_get_vp_registers *get = (struct hv_input_get_vp_registers *)in;
	uint64_t offsets;
	uint32_t r[4];

	cpuid(HYPERV_CPUID_VENDOR_AND_MAX_FUNCTIONS, r);
	if (r[1] != HV_X64_VENDOR_EBX || r[2] != HV_X64_VENDOR_ECX || r[3] != HV_X64_VENDOR_EDX) {
		return false;
	}
	msr_write(HV_X64_MSR_GUEST_OS_ID, GUEST_OS_ID);
	msr_write(HV_X64_MSR_HYPERCALL, (uint64_t)page | HV_X64_MSR_HYPERCALL_ENABLE);
	if ((msr_read(HV_X64_MSR_HYPERCALL) & HV_X64_MSR_HYPERCALL_ENABLE) == 0) {
		return false;
	}
	memset(in, 0, sizeof(in));
	get->partition_id = HV_PARTITION_ID_SELF;
	get->vp_index = HV_VP_INDEX_SELF;
	get->names[0] = HV_REGISTER_VSM_CODE_PAGE_OFFSETS;
	if ((hypercall(HVCALL_GET_VP_REGISTERS | HV_HYPERCALL_REP_COMP_1) &
	     HV_HYPERCALL_RESULT_MASK) == HV_STATUS_SUCCESS) {
		memcpy(&offsets, out, sizeof(offsets));
		vtl_call = (uint64_t)page + (offsets & HV_X64_VTL_CALL_OFFSET_MASK);
	}
	return true;
}

uint64_t hyper_vtl_call(void)
{
	return vtl_call;
}

uint64_t hyper_fast(uint64_t control, uint64_t id, uint64_t results[4])
{
	uint64_t r[REGISTERS] = { 0 };

	r[RCX] = control;
	r[R8] = id;
	x64_call(r, (uint64_t)page);
	memcpy(results, &r[R8], 4 * sizeof(r[0]));
	return r[RAX] & HV_HYPERCALL_RESULT_MASK;
}

bool request(enum way way, uint64_t id, uint64_t a1, uint64_t a2, uint64_t results[4])
{
	uint64_t before[REGISTERS];
	uint64_t r[REGISTERS];
	bool kept = true;

	for (unsigned int i = 0; i < REGISTERS; i++) {
		r[i] = 0x0101010101010101 * (i + 0x31);
	}
	r[RCX] = way == BY_MSR ? PARAVANE_DOOR_MSR : way == BY_HYPERCALL ? PARAVANE_HYPERCALL : 0;
	r[R8] = id;
	r[R9] = a1;
	r[R10] = a2;
	memcpy(before, r, sizeof(r));
	x64_call(r, way == BY_MSR	? (uint64_t)write_msr :
		    way == BY_HYPERCALL ? (uint64_t)page :
					  vtl_call);
	for (unsigned int i = 0; i < REGISTERS; i++) {
		bool destroyed = i == RAX || i == RCX || i == RDX;
		bool result = i >= R8 && i <= R11;
		uint64_t wanted = destroyed ? 0 : before[i];

		if (i != RSP && !result && r[i] != wanted) {
			print("# register %u: 0x%lx, wanted 0x%lx\n", i, r[i], wanted);
			kept = false;
		}
	}
	memcpy(results, &r[R8], 4 * sizeof(r[0]));
	return kept;
}
