/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is the hypervisor recognised by what it says, and is nothing of it touched before? The processor
 * here is one that can be anything.
 */
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/entry.h"
#include "vtl/hypercall.h"
#include "vtl/vtl_arch.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define GUEST_OS_ID 0x40000000
#define HYPERCALL 0x40000001
#define TSC_FREQUENCY 0x40000022
#define OUR_ID UINT64_C(0xFF00000000010000)
#define OVERLAY 0x0F

uint8_t hypercall_page[HYPERCALL_PAGE_SIZE] __attribute__((aligned(4096)));
uint64_t vtl_return_offset;

static struct platform platform;
static struct cpuid leaves[8]; /* 1, then 0x40000000 to 6 */
static uint64_t guest_os_id, hypercall_msr;
static uint32_t msr_accesses;
static bool locked, no_overlay;
static uint64_t hz;
static struct {
	uint32_t count;
	uint64_t control, in, out;
	uint64_t status;
	uint64_t answer;
} call;

struct cpuid fake_cpuid(uint32_t leaf, uint32_t subleaf)
{
	assert_int_equal(subleaf, 0);
	if (leaf == 1) {
		return leaves[0];
	}
	assert_in_range(leaf, 0x40000000, 0x40000006);
	return leaves[1 + (leaf & 7)];
}

uint64_t fake_msr_read(uint32_t number)
{
	msr_accesses++;
	switch (number) {
	case HYPERCALL:
		return hypercall_msr;
	case TSC_FREQUENCY:
		return 123456789;
	default:
		fail_msg("MSR 0x%x is read", number);
		return 0;
	}
}

/* Without an id there is no page; bits 11:1 are somebody else's. */
void fake_msr_write(uint32_t number, uint64_t value)
{
	msr_accesses++;
	if (number == GUEST_OS_ID) {
		guest_os_id = value;
		return;
	}
	assert_int_equal(number, HYPERCALL);
	assert_int_equal(value & 0xFFE, hypercall_msr & 0xFFE);
	if (locked || guest_os_id == 0) {
		return;
	}
	hypercall_msr = value;
	if (!no_overlay) {
		memset(hypercall_page, (value & 1) != 0 ? OVERLAY : HYPERCALL_PAGE_TRAP,
		       sizeof(hypercall_page));
	}
}

uint64_t hypercall_page_call(uint64_t control, uint64_t in, uint64_t out)
{
	assert_true((hypercall_msr & 1) != 0);
	call.count++;
	call.control = control;
	call.in = in;
	call.out = out;
	if ((uint16_t)control == 0x50 && call.status == 0) {
		memcpy((void *)(uintptr_t)out, (uint64_t[]){ call.answer, 0 }, 16);
		return UINT64_C(1) << 32;
	}
	return call.status;
}

void cpu_set_counter_hz(uint64_t value)
{
	hz = value;
}

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	memset(hypercall_page, HYPERCALL_PAGE_TRAP, sizeof(hypercall_page));
	memset(leaves, 0, sizeof(leaves));
	memset(&call, 0, sizeof(call));
	leaves[0].ecx = 0x80000000;
	leaves[1] = (struct cpuid){ 0x40000006, 0x7263694D, 0x666F736F, 0x76482074 };
	leaves[2].eax = 0x31237648;
	leaves[4].eax = 0x860;
	guest_os_id = 0;
	hypercall_msr = 0xABC;
	msr_accesses = 0;
	locked = no_overlay = false;
	hz = 0;
	vtl_return_offset = 0;
	return 0;
}

static void test_identify(void **state)
{
	(void)state;
	assert_int_equal(vtl_arch_identify(&platform), OK);
	assert_int_equal(hz, 123456789);
	/* The frequency is a privilege. */
	setup(NULL);
	leaves[4].eax = 0x60;
	assert_int_equal(vtl_arch_identify(&platform), OK);
	assert_int_equal(hz, 0);
	assert_int_equal(msr_accesses, 0);
}

/* Somebody else, or nobody, or one without what we need: no MSR is touched. */
static void test_somebody_else(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < 8; i++) {
		setup(NULL);
		switch (i) {
		case 0:
			leaves[0].ecx = 0x7FFFFFFF;
			break;
		case 1:
			leaves[1].ebx ^= 1;
			break;
		case 2:
			leaves[1].ecx ^= 0x80000000;
			break;
		case 3:
			leaves[1].edx = 0;
			break;
		case 4:
			leaves[1].eax = 0x40000004;
			break;
		case 5:
			leaves[2].eax = 0x30237648;
			break;
		case 6:
			leaves[4].eax = 0x840; /* no hypercalls */
			break;
		default:
			leaves[4].eax = 0x820; /* no VP index */
			break;
		}
		assert_int_equal(vtl_arch_identify(&platform), ERR_NOT_FOUND);
		assert_int_equal(msr_accesses, 0);
	}
}

static void test_open(void **state)
{
	(void)state;
	call.answer = UINT64_C(0xFFFFFFFFFF123456); /* call at 0x456, return at 0x123 */
	assert_int_equal(vtl_arch_open(OUR_ID), OK);
	assert_int_equal(guest_os_id, OUR_ID);
	assert_int_equal(hypercall_msr, (uintptr_t)hypercall_page | 0xABC | 1);
	assert_int_equal(vtl_return_offset, 0x123);
	vtl_arch_close();
	assert_int_equal(guest_os_id, 0);
	assert_int_equal(hypercall_msr & 1, 0);
	/* No such register: no VTLs here, which is found out next. */
	setup(NULL);
	call.status = 0x0050;
	assert_int_equal(vtl_arch_open(OUR_ID), OK);
	assert_int_equal(vtl_return_offset, 0);
}

static enum stop open_with(const char *said)
{
	RUN_UNTIL_STOP(assert_int_equal(vtl_arch_open(OUR_ID), OK));
	assert_non_null(strstr(fake_stop.text, said));
	return fake_stop.kind;
}

/* No call is made into a page that is not the hypervisor's. */
static void test_no_page(void **state)
{
	(void)state;
	hypercall_page[4095] = 0xC3;
	assert_int_equal(open_with("not what it was built as"), STOP_FATAL);
	assert_int_equal(msr_accesses, 0);
	setup(NULL);
	locked = true;
	assert_int_equal(open_with("not enabled"), STOP_FATAL);
	setup(NULL);
	no_overlay = true;
	assert_int_equal(open_with("nothing lies over it"), STOP_FATAL);
	assert_int_equal(call.count, 0);
}

/* What the fast form does not take goes by memory, and the control word says so. */
static void test_calls(void **state)
{
	const uint64_t block[ARCH_FAST_WORDS] = { 0x11, 0x22 };
	const uint64_t *in;

	(void)state;
	assert_int_equal(vtl_arch_open(OUR_ID), OK);
	(void)vtl_arch_hypercall_fast(0x10051, block, 1);
	assert_int_equal(call.control, 0x10051);
	assert_int_equal(call.in, 0x11);
	assert_int_equal(call.out, 0x22);
	(void)vtl_arch_hypercall_six(UINT64_C(0x100010051), 1, 2, 3, 4, 5, 6);
	assert_int_equal(call.control, UINT64_C(0x100000051));
	in = (const uint64_t *)(uintptr_t)call.in;
	assert_ptr_equal(in, vp_boot()->hypercall_in);
	assert_int_equal(in[0] | in[1] << 8 | in[2] << 16 | in[3] << 24, 0x04030201);
	assert_int_equal(in[4] | in[5] << 8, 0x0605);
	(void)vtl_arch_hypercall_memory(0x94, (pa_t){ 0x1000 }, (pa_t){ 0x2000 });
	assert_int_equal(call.in, 0x1000);
	assert_int_equal(call.out, 0x2000);
	assert_true(vtl_arch_ask_feature(0x80008000) < 0);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_identify), TEST(test_somebody_else), TEST(test_open),
		TEST(test_no_page),  TEST(test_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
