/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the first payload ask that only x86_64 has? What lies beside the door.
 */
#include "hv/hvgdk.h"
#include "hv/x64.h"
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "tests/guest/hello.h"
#include "tests/guest/lib/x86_64/port.h"
#include "tests/guest/lib/x86_64/x64.h"

/* Between the hypervisor's leaves and the extended ones. */
#define UNKNOWN_LEAF 0x60000000

/* Where a PC has an I/O APIC. */
#define NOTHING UINT64_C(0xFEC00000)

bool hello_is_skipped(void)
{
	return false;
}

/* Where the hypervisor forwards what it does not know. What it owns by this way is not ours. */
static void by_hypercall(void)
{
	struct result r;
	bool kept;

	if ((service_doors() & THROUGH(DOOR_HVC0)) == 0) {
		print("# hypercalls are not forwarded\n");
		return;
	}
	kept = call_checked(DOOR_HVC0, PARAVANE_UID, 0, 0, 4, &r);
	ok(kept && (uint32_t)r.x[0] == PARAVANE_UID_WORD0 && (uint32_t)r.x[3] == PARAVANE_UID_WORD3,
	   "the UID by a hypercall, all other registers kept");
	r = call(DOOR_HVC0, SMCCC_VERSION, 0, 0, 0);
	ok_equal(r.x[0], ~UINT64_C(0), "SMCCC_VERSION is not offered there");
	ok_equal(hypercall_status(PARAVANE_HYPERCALL + 1, PARAVANE_UID),
		 HV_STATUS_INVALID_HYPERCALL_CODE, "a call that nobody knows is refused");
	ok_equal(hypercall_status(PARAVANE_HYPERCALL & ~HV_HYPERCALL_FAST_BIT, PARAVANE_UID),
		 HV_STATUS_INVALID_HYPERCALL_CODE, "ours in another form, too");
}

/* A leaf that nobody defines, and the privileges that are VTL2's alone. */
static void processor(void)
{
	uint64_t before = statistic(DOOR_PAGE, PARAVANE_STAT_CPUID);
	uint32_t r[4];

	cpuid(UNKNOWN_LEAF, r);
	ok(r[0] == 0 && r[1] == 0 && r[2] == 0 && r[3] == 0, "a CPUID leaf of nobody is zero");
	cpuid(HYPERV_CPUID_FEATURES, r);
	ok((r[0] & HV_MSR_HYPERCALL_AVAILABLE) != 0 &&
		   (r[1] & (HV_ACCESS_VSM | HV_START_VIRTUAL_PROCESSOR)) == 0,
	   "VTL0 has hypercalls and no privilege of VTL2");
	if (offered(DOOR_PAGE, PARAVANE_STATISTICS)) {
		ok_equal(statistic(DOOR_PAGE, PARAVANE_STAT_CPUID), before + 2,
			 "both came to VTL2");
	}
}

/* Not memory of anybody, within the 4 GiB that are mapped. A hypervisor that does not tell the
 * instruction leaves nothing but a refusal (docs/limits.md). */
static void try_nothing(void)
{
	struct exception seen;
	uint32_t word;
	bool refused;

	exception_expect();
	word = load32(NOTHING + 0x10);
	seen = exception_end();
	refused = seen.taken && seen.cause == GENERAL_PROTECTION;
	if (refused) {
		print("# where nothing is all is refused\n");
	}
	ok(refused || (!seen.taken && word == UINT32_MAX), "where nothing is reads as ones");
	exception_expect();
	store32(NOTHING + 0x10, 0);
	seen = exception_end();
	ok(seen.taken == refused && (!refused || seen.cause == GENERAL_PROTECTION),
	   "and takes what is written");
}

void forwarded_calls(void)
{
	struct exception seen;

	exception_expect();
	try_wrmsr(PARAVANE_DOOR_MSR + 1, 0);
	seen = exception_end();
	ok(seen.taken && seen.cause == GENERAL_PROTECTION, "the MSR behind the door is nobody's");
	by_hypercall();
	processor();
	try_nothing();
}
