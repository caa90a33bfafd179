/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does VTL0 get for a hypercall of its own whose blocks lie where it may not go?
 *
 * The hypervisor refuses it with a status, or tells VTL2 as of any access, and then VTL0 has an
 * external abort: never its answer, never a stop. After each such call a good one works.
 */
#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "tests/guest/lib/guest.h"

#define CONTROL_GET (HVCALL_GET_VP_REGISTERS | UINT64_C(1) << 32)
#define CONTROL_SET_FAST (HVCALL_SET_VP_REGISTERS | UINT64_C(1) << 32 | UINT64_C(1) << 16)
#define GUEST_OS_ID (UINT64_C(0x8100) << 48 | 1)
#define NOWHERE UINT64_C(0xE7000000) /* neither memory nor a device */

static uint64_t in[512] __attribute__((aligned(4096)));
static uint64_t out[512] __attribute__((aligned(4096)));

static uint64_t native(uint64_t control, uint64_t a, uint64_t b, uint64_t c, uint64_t value)
{
	const uint64_t words[6] = { a, b, c, 0, value, 0 };

	return hypercall(DOOR_HYPERCALL, control, words);
}

static uint64_t status(uint64_t result)
{
	return result & HV_HYPERCALL_RESULT_MASK;
}

static void good_call(void)
{
	out[0] = UINT64_MAX;
	ok_equal(status(native(CONTROL_GET, (uint64_t)in, (uint64_t)out, 0, 0)), HV_STATUS_SUCCESS,
		 "a good call works");
	ok_equal(out[0], GUEST_OS_ID, "and answers");
}

static void bad_call(const char *what, uint64_t in_gpa, uint64_t out_gpa)
{
	struct exception seen;
	uint64_t result;

	exception_expect();
	result = status(native(CONTROL_GET, in_gpa, out_gpa, 0, 0));
	seen = exception_end();
	print("# %s: exception %u, cause 0x%lx, status 0x%lx\n", what, seen.taken, seen.cause,
	      result);
	if (seen.taken) {
		ok(exception_is_refusal(&seen, seen.address), what);
	} else {
		ok(result == HV_STATUS_INVALID_HYPERCALL_INPUT, what);
	}
	good_call();
}

void guest_main(void)
{
	uint64_t vtl2;

	if (!ok(paravane_init(), "the machine has a device of Paravane with a door")) {
		return;
	}
	vtl2 = vtl2_begin();
	ok_equal(status(native(CONTROL_SET_FAST, HV_PARTITION_ID_SELF, HV_VP_INDEX_SELF,
			       HV_REGISTER_GUEST_OS_ID, GUEST_OS_ID)),
		 HV_STATUS_SUCCESS, "the guest OS id is taken");
	in[0] = HV_PARTITION_ID_SELF;
	in[1] = HV_VP_INDEX_SELF;
	in[2] = HV_REGISTER_GUEST_OS_ID;
	good_call();
	bad_call("input in VTL2's memory", vtl2, (uint64_t)out);
	bad_call("output in VTL2's memory", (uint64_t)in, vtl2);
	if (paravane_door_page() != 0) {
		bad_call("input in the door page", paravane_door_page(), (uint64_t)out);
		bad_call("output in the door page", (uint64_t)in, paravane_door_page());
	}
	bad_call("input nowhere", NOWHERE, (uint64_t)out);
	bad_call("output nowhere", (uint64_t)in, NOWHERE);
}
