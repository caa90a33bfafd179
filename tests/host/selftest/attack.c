/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a hostile VTL2 get? Registers, protections, VTLs and starts that are not its to have.
 *
 * The same questions as VTL0 asks elsewhere; here the caller has every privilege that there is.
 */
#include "tests/host/selftest/tests.h"

#include "tests/host/common/hv.h"
#include "tests/host/selftest/lib.h"

#define GET 0x100010050ull
#define SET 0x100010051ull
#define PROTECT 0x10001000Cull
#define VTL(n) ((0x10ull | (n)) << 32)

static uint64_t fast(uint64_t control, uint64_t vp_and_vtl, uint64_t name)
{
	struct call call = { .x = { control, HV_PARTITION_SELF, vp_and_vtl, name, 0, 0, 0 } };

	call_hvc1(call.x);
	return call.x[0] & 0xFFFF;
}

/* Registers of VTLs that are not there, and of VPs that are not there. */
static void registers(void)
{
	uint64_t vtl;

	for (vtl = 3; vtl < 16; vtl++) {
		expect("register of no VTL", fast(GET, HV_VP_SELF | VTL(vtl), 0x20022),
		       HV_INVALID_PARAMETER);
		expect("write to it", fast(SET, HV_VP_SELF | VTL(vtl), 0x20022),
		       HV_INVALID_PARAMETER);
	}
	expect("register of VTL1", fast(GET, HV_VP_SELF | VTL(1), 0x20022), HV_INVALID_PARAMETER);
	expect("register of a VP too many", fast(GET, 2, 0x20022), HV_INVALID_VP_INDEX);
	expect("register of VP 2^31", fast(SET, 0x80000000, 0x20022), HV_INVALID_VP_INDEX);
}

/* Nobody but VTL0 has protections here: not VTL1, not what lies above VTL2. */
static void protections(void)
{
	uint64_t gpn = VTL2_BASE >> 12;
	uint64_t flags;

	for (flags = 0; flags < 16; flags++) {
		expect("protection for VTL3", fast(PROTECT, flags | VTL(3), gpn),
		       HV_INVALID_PARAMETER);
		expect("for VTL1", fast(PROTECT, flags | VTL(1), gpn), HV_INVALID_PARAMETER);
		expect("for VTL0", fast(PROTECT, flags | VTL(0), gpn), HV_INVALID_PARAMETER);
	}
	expect("flag 16", fast(PROTECT, 16, gpn), HV_INVALID_PARAMETER);
	expect("all ones", fast(PROTECT, 0xFFFFFFFF, gpn), HV_INVALID_PARAMETER);
}

/* Both VPs run VTL2 by now. */
static void starts(void)
{
	uint32_t vp;

	for (vp = 0; vp < 2; vp++) {
		expect("VTL2 where it is on", vp_call(HC_ENABLE_VP_VTL, vp, 2),
		       HV_VTL_ALREADY_ENABLED);
		expect("VTL0 where it is on", vp_call(HC_ENABLE_VP_VTL, vp, 0),
		       HV_VTL_ALREADY_ENABLED);
		expect("VTL1", vp_call(HC_ENABLE_VP_VTL, vp, 1), HV_INVALID_VTL_STATE);
		expect("above VTL2", vp_call(HC_ENABLE_VP_VTL, vp, 3), HV_ACCESS_DENIED);
		expect("start in VTL1", vp_call(HC_START_VIRTUAL_PROCESSOR, vp, 1),
		       HV_INVALID_PARAMETER);
		expect("start above VTL2", vp_call(HC_START_VIRTUAL_PROCESSOR, vp, 3),
		       HV_ACCESS_DENIED);
		expect("start in VTL0", vp_call(HC_START_VIRTUAL_PROCESSOR, vp, 0),
		       HV_INVALID_PARAMETER);
	}
	expect("start of no VP", vp_call(HC_START_VIRTUAL_PROCESSOR, 2, 2), HV_INVALID_VP_INDEX);
	expect("enable on no VP", vp_call(HC_ENABLE_VP_VTL, ~0u, 2), HV_INVALID_VP_INDEX);
}

void test_attacks(void)
{
	registers();
	protections();
	starts();
}
