/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does one call go through, end to end?
 *
 * The first payload of this architecture: opens its own channel to the hypervisor, makes a few
 * calls of Paravane by both doors, tries to read and write VTL2's memory, and ends the machine.
 */
#include "hv/hvgdk.h"
#include "hv/x64.h"
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/guest/x86_64/port.h"
#include "tests/guest/x86_64/x64.h"

/* Between the hypervisor's leaves and the extended ones. */
#define UNKNOWN_LEAF 0x60000000

#define UNKNOWN_ID 0xF800FFFE

/* Where the image builder prefers VTL2's memory. */
#define VTL2_BASE UINT64_C(0x08000000)

/* Where a PC has an I/O APIC. */
#define NOTHING UINT64_C(0xFEC00000)

#define GENERAL_PROTECTION 13

static const char log_text[] = "hello from the payload";

static uint64_t statistic(uint64_t index)
{
	uint64_t out[4];

	(void)request(BY_VTL_CALL, PARAVANE_STATISTICS, index, 0, out);
	return (int32_t)out[0] == SMCCC_RET_SUCCESS ? out[1] : ~UINT64_C(0);
}

static void calls(enum way way)
{
	uint64_t out[4];
	bool kept = request(way, SMCCC_VERSION, 0, 0, out);

	ok(out[0] >= SMCCC_VERSION_1_1 && out[0] < 0x20000, "SMCCC_VERSION is 1.1 or newer");
	ok(kept, "SMCCC_VERSION changes nothing but its results");
	kept = request(way, PARAVANE_UID, 0, 0, out);
	ok((uint32_t)out[0] == PARAVANE_UID_WORD0 && (uint32_t)out[1] == PARAVANE_UID_WORD1 &&
		   (uint32_t)out[2] == PARAVANE_UID_WORD2 && (uint32_t)out[3] == PARAVANE_UID_WORD3,
	   "the UID is Paravane's");
	ok(kept, "the UID call changes nothing but its results");
	ok(statistic(PARAVANE_STAT_REQUESTS) != 0, "the counter of requests runs");
	kept = request(way, PARAVANE_LOG, (uint64_t)log_text, sizeof(log_text) - 1, out);
	ok_equal(out[0], SMCCC_RET_SUCCESS, "a log line is taken");
	kept = request(way, UNKNOWN_ID, 0, 0, out) && kept;
	ok_equal(out[0], ~UINT64_C(0), "an unknown call is not supported");
	ok(kept, "an unknown call changes nothing but its results");
	(void)request(way, TRNG_VERSION, 0, 0, out);
	ok_equal((uint32_t)out[0], TRNG_VERSION_1_0, "TRNG is version 1.0");
}

/* Where the hypervisor forwards what it does not know. What it owns by this way is not ours. */
static void forwarded(void)
{
	uint64_t out[4];

	if (hyper_fast(PARAVANE_HYPERCALL, PARAVANE_UID, out) != HV_STATUS_SUCCESS) {
		print("# hypercalls are not forwarded\n");
		return;
	}
	ok(request(BY_HYPERCALL, PARAVANE_UID, 0, 0, out) &&
		   (uint32_t)out[0] == PARAVANE_UID_WORD0 && (uint32_t)out[3] == PARAVANE_UID_WORD3,
	   "the UID by a hypercall, all other registers kept");
	ok(request(BY_HYPERCALL, SMCCC_VERSION, 0, 0, out) && out[0] == ~UINT64_C(0),
	   "SMCCC_VERSION is not offered there");
	ok_equal(hyper_fast(PARAVANE_HYPERCALL + 1, PARAVANE_UID, out),
		 HV_STATUS_INVALID_HYPERCALL_CODE, "a call that nobody knows is refused");
	ok_equal(hyper_fast(PARAVANE_HYPERCALL & ~HV_HYPERCALL_FAST_BIT, PARAVANE_UID, out),
		 HV_STATUS_INVALID_HYPERCALL_CODE, "ours in another form, too");
}

/* A leaf that nobody defines, and the privileges that are VTL2's alone. */
static void processor(void)
{
	uint64_t before = statistic(PARAVANE_STAT_CPUID);
	uint32_t r[4];

	cpuid(UNKNOWN_LEAF, r);
	ok(r[0] == 0 && r[1] == 0 && r[2] == 0 && r[3] == 0, "a CPUID leaf of nobody is zero");
	cpuid(HYPERV_CPUID_FEATURES, r);
	ok((r[0] & HV_MSR_HYPERCALL_AVAILABLE) != 0 &&
		   (r[1] & (HV_ACCESS_VSM | HV_START_VIRTUAL_PROCESSOR)) == 0,
	   "VTL0 has hypercalls and no privilege of VTL2");
	ok_equal(statistic(PARAVANE_STAT_CPUID), before + 2, "both came to VTL2");
}

/* Not memory of anybody, within the 4 GiB that are mapped. */
static void try_nothing(void)
{
	uint32_t word = 0;

	ok(try_load(NOTHING + 0x10, &word) && word == UINT32_MAX, "where nothing is reads as ones");
	ok(try_store(NOTHING + 0x10, 0), "and takes what is written");
}

static void try_vtl2_memory(void)
{
	uint64_t before = statistic(PARAVANE_STAT_DENIED_ACCESS);
	uint32_t word = 0;

	ok(!try_load(VTL2_BASE, &word) && last_fault().vector == GENERAL_PROTECTION,
	   "reading VTL2's memory is a general protection fault");
	print("# read 0x%x, vector %lu\n", word, last_fault().vector);
	ok(!try_store(VTL2_BASE + 4096, 0x600D600D) && last_fault().vector == GENERAL_PROTECTION,
	   "writing VTL2's memory is a general protection fault");
	ok_equal(statistic(PARAVANE_STAT_DENIED_ACCESS), before + 2,
		 "the counter of denied accesses rose by two");
	ok_equal(statistic(PARAVANE_STAT_DENIED_GPA), VTL2_BASE + 4096,
		 "the denied address is recorded");
}

void guest_main(void)
{
	print("hello from VTL0\n");
	if (!ok(hyper_open(), "a channel to the hypervisor") ||
	    !ok(hyper_vtl_call() != 0, "the hypervisor tells where a VTL call is made")) {
		return;
	}
	print("# by VTL call\n");
	calls(BY_VTL_CALL);
	print("# by the door MSR\n");
	calls(BY_MSR);
	ok(!try_wrmsr(PARAVANE_DOOR_MSR + 1, 0) && last_fault().vector == GENERAL_PROTECTION,
	   "the MSR behind the door is nobody's");
	forwarded();
	processor();
	try_nothing();
	try_vtl2_memory();
}
