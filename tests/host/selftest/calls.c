/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the host refuse each malformed hypercall with the status of its rule?
 */
#include "tests/host/selftest/tests.h"

#include "tests/host/common/hv.h"
#include "tests/host/selftest/lib.h"

#define SET_FAST 0x100010051ull
#define GET_FAST 0x100010050ull
#define SET_MEMORY 0x100000051ull

static uint64_t fast(uint64_t control, uint64_t a, uint64_t b, uint64_t c)
{
	struct call call = { .x = { control, a, b, c } };

	call_hvc1(call.x);
	return call.x[0] & 0xFFFF;
}

void test_early(void)
{
	uint64_t value;

	expect("early VsmVpStatus", get_register(0, REG_VSM_VP_STATUS, &value), HV_ACCESS_DENIED);
	expect("early version", get_register(0, REG_HV_VERSION, &value), 0);
	expect("early InstallIntercept", memory_call(0x4D, (uint64_t)in_page, 0) & 0xFFFF,
	       HV_ACCESS_DENIED);
	new_input();
	put32(8, HV_VP_SELF);
	put32(16, REG_GUEST_OS_ID);
	put64(32, 1);
	expect("early id in memory", memory_call(SET_MEMORY, (uint64_t)in_page, 0) & 0xFFFF,
	       HV_ACCESS_DENIED);
	expect("early unknown code", fast(0x10FFF, 0, 0, 0), HV_INVALID_HYPERCALL_CODE);
	expect("id", set_register(0, REG_GUEST_OS_ID, 0x0000010000000000), 0);
	expect("status", get_register(0, REG_VSM_VP_STATUS, &value), 0);
	expect("status value", value, 0x00050002);
}

void test_control_word(void)
{
	uint32_t bit;
	uint64_t bad = 0;

	for (bit = 0; bit < 64; bit++) {
		if ((HC_RESERVED >> bit & 1) != 0 &&
		    fast(GET_FAST | 1ull << bit, HV_PARTITION_SELF, HV_VP_SELF, REG_VP_INDEX) !=
			    HV_INVALID_HYPERCALL_INPUT) {
			bad |= 1ull << bit;
		}
	}
	expect("reserved bits", bad, 0);
	expect("variable header", fast(GET_FAST | 1 << 17, HV_PARTITION_SELF, HV_VP_SELF, 0),
	       HV_INVALID_HYPERCALL_INPUT);
	expect("no reps", fast(0x10050, HV_PARTITION_SELF, HV_VP_SELF, 0),
	       HV_INVALID_HYPERCALL_INPUT);
	expect("start is count", fast(GET_FAST | 1ull << 48, HV_PARTITION_SELF, HV_VP_SELF, 0),
	       HV_INVALID_HYPERCALL_INPUT);
	expect("simple with reps", memory_call(0x10000004D, (uint64_t)in_page, 0) & 0xFFFF,
	       HV_INVALID_HYPERCALL_INPUT);
	expect("fast too big", fast(0x10099, 0, 0, 0), 0 + HV_INVALID_PARTITION_ID);
	expect("fast rep too big", fast(0x900010051, 0, 0, 0), HV_INVALID_HYPERCALL_INPUT);
	expect("unknown code", fast(0x10FFF, 0, 0, 0), HV_INVALID_HYPERCALL_CODE);
}

void test_blocks(void)
{
	uint64_t in = (uint64_t)in_page;

	new_input();
	put32(8, HV_VP_SELF);
	put32(16, REG_VP_INDEX);
	expect("misaligned", memory_call(0x100000050, in + 4, (uint64_t)out_page) & 0xFFFF,
	       HV_INVALID_ALIGNMENT);
	expect("output misaligned", memory_call(0x100000050, in, in + 2049) & 0xFFFF,
	       HV_INVALID_ALIGNMENT);
	expect("crosses", memory_call(0x100000050, in + 4080, (uint64_t)out_page) & 0xFFFF,
	       HV_INVALID_HYPERCALL_INPUT);
	expect("no memory", memory_call(0x100000050, 0xF0000000, (uint64_t)out_page) & 0xFFFF,
	       HV_INVALID_HYPERCALL_INPUT);
	expect("no memory, huge", memory_call(0x100000050, 1ull << 60, in) & 0xFFFF,
	       HV_INVALID_HYPERCALL_INPUT);
	expect("overlap", memory_call(0x100000050, in, in + 16) & 0xFFFF,
	       HV_INVALID_HYPERCALL_INPUT);
	expect("memory form", memory_call(0x100000050, in, (uint64_t)out_page), 1ull << 32);
}

void test_header(void)
{
	uint64_t self = HV_PARTITION_SELF;

	expect("partition", fast(GET_FAST, 1, HV_VP_SELF, REG_VP_INDEX), HV_INVALID_PARTITION_ID);
	expect("vp index", fast(GET_FAST, self, 0x7FFFFFFF, REG_VP_INDEX), HV_INVALID_VP_INDEX);
	expect("vtl reserved", fast(GET_FAST, self, HV_VP_SELF | 0x20ull << 32, REG_VP_INDEX),
	       HV_INVALID_PARAMETER);
	expect("vtl 3", fast(GET_FAST, self, HV_VP_SELF | 0x13ull << 32, REG_VP_INDEX),
	       HV_INVALID_PARAMETER);
	expect("padding", fast(GET_FAST, self, HV_VP_SELF | 1ull << 40, REG_VP_INDEX),
	       HV_INVALID_PARAMETER);
	expect("unknown register", fast(GET_FAST, self, HV_VP_SELF, 0x12345678),
	       HV_INVALID_PARAMETER);
	expect("read-only", set_register(0, REG_VP_INDEX, 1), HV_INVALID_REGISTER_VALUE);
}

void test_reps(void)
{
	uint64_t result;
	uint32_t n;

	new_input();
	put32(8, HV_VP_SELF);
	for (n = 0; n < 100; n++) {
		put32(16 + 4 * n, n == 70 ? 0x12345678 : REG_VP_INDEX);
		*(volatile uint64_t *)(out_page + 16 * n) = ~0ull;
	}
	result = memory_call(0x6400000050, (uint64_t)in_page, (uint64_t)out_page);
	expect("bad element", result, HV_INVALID_PARAMETER | 70ull << 32);
	expect("element before", *(volatile uint64_t *)(out_page + 16 * 69), 0);
	expect("element itself", *(volatile uint64_t *)(out_page + 16 * 70), ~0ull);
	put32(16 + 4 * 70, REG_SVERSION);
	result = memory_call(0x6400000050 | 70ull << 48, (uint64_t)in_page, (uint64_t)out_page);
	expect("restarted", result, 100ull << 32);
	expect("restarted element", *(volatile uint64_t *)(out_page + 16 * 70), 1);
}

void test_both_conventions(void)
{
	struct call call = { .x = { 0x46000001, GET_FAST, HV_PARTITION_SELF, HV_VP_SELF,
				    REG_SVERSION } };

	call_hvc0(call.x);
	expect("hvc0 result", call.x[0] & RESULT_MASK, 1ull << 32);
	expect("hvc0 low", call.x[6], 1);
	expect("hvc0 high", call.x[7], 0);
	expect("hvc0 keeps X4", call.x[4], REG_SVERSION);
}
