/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does every word of a hypercall lie in the register that the convention has for it?
 *
 * Built twice: Hyper-V's own convention (HVC #1), and SMCCC (HVC #0). Register images are by hand
 * from the interface's table of worked examples.
 */
#include "arch/arm64/hvc.h"
#include "core/kconfig.h"
#include "core/types.h"
#include "vtl/vtl_arch.h"

#include <string.h>

#include "tests/unit/test.h"

#define IS_SMCCC (IS_ENABLED(CONFIG_HVCALL_SMCCC) != 0)

static uint64_t seen[18];
static uint64_t answer[18];
static uint32_t hvc0_calls;
static uint32_t hvc1_calls;

static void hvc(uint64_t x[18])
{
	memcpy(seen, x, sizeof(seen));
	memcpy(x, answer, sizeof(answer));
}

void hvc0(uint64_t x[18])
{
	hvc0_calls++;
	hvc(x);
}

void hvc1(uint64_t x[18])
{
	hvc1_calls++;
	hvc(x);
}

static int setup(void **state)
{
	uint32_t i;

	(void)state;
	hvc0_calls = 0;
	hvc1_calls = 0;
	for (i = 0; i < 18; i++) {
		answer[i] = 0xA000 + i;
	}
	return 0;
}

static void check_conduit(void)
{
	assert_int_equal(hvc0_calls, IS_SMCCC);
	assert_int_equal(hvc1_calls, !IS_SMCCC);
}

static void test_set_register(void **state)
{
	static const uint64_t native[18] = { 0x100010051, UINT64_MAX, 0xFFFFFFFE, 0x90002,
					     0,		  0x1234,     0x5678 };
	static const uint64_t smccc[18] = { 0x46000001, 0x100010051, UINT64_MAX, 0xFFFFFFFE,
					    0x90002,	0,	     0x1234,	 0x5678 };
	uint64_t block[16] = { UINT64_MAX, 0xFFFFFFFE, 0x90002, 0, 0x1234, 0x5678 };

	(void)state;
	assert_int_equal(vtl_arch_hypercall_fast(0x100010051, block, 3), 0xA000);
	assert_memory_equal(seen, IS_SMCCC ? smccc : native, sizeof(seen));
	check_conduit();
}

/* Every size; what is not input is zero, not what lay there before, and the block is kept. */
static void test_every_size(void **state)
{
	uint32_t first = IS_SMCCC ? 2 : 1;
	uint32_t pairs;
	uint32_t i;

	for (pairs = 0; pairs <= 8; pairs++) {
		uint64_t block[16];

		assert_int_equal(setup(state), 0);
		for (i = 0; i < 16; i++) {
			block[i] = 0xB000 + i;
		}
		(void)vtl_arch_hypercall_fast(0x10001, block, pairs);
		for (i = first; i < 18; i++) {
			assert_int_equal(seen[i], i < first + 2 * pairs ? 0xB000 + i - first : 0);
		}
		for (i = 0; i < 16; i++) {
			assert_int_equal(block[i], 0xB000 + i);
		}
	}
}

static void test_memory(void **state)
{
	(void)state;
	assert_int_equal(vtl_arch_hypercall_memory(0x1FE0000000C, (pa_t){ 0x10301000 },
						   (pa_t){ 0x10302000 }),
			 0xA000);
	check_conduit();
	if (IS_SMCCC) {
		assert_int_equal(seen[0], 0x46000001);
		assert_int_equal(seen[1], 0x1FE0000000C);
		assert_int_equal(seen[2], 0x10301000);
		assert_int_equal(seen[3], 0x10302000);
	} else {
		assert_int_equal(seen[0], 0x1FE0000000C);
		assert_int_equal(seen[1], 0x10301000);
		assert_int_equal(seen[2], 0x10302000);
	}
}

static void test_identify(void **state)
{
	static const uint32_t uid[4] = { 0x4D32BA58, 0xCD244764, 0x8EEF6C75, 0x16597024 };
	struct platform platform = { .model_is_hyperv = true };
	uint32_t i;

	(void)state;
	/* Only the low halves are the words. */
	for (i = 0; i < 4; i++) {
		answer[i] = uid[i] | UINT64_C(0xFFFFFFFF) << 32;
	}
	assert_int_equal(vtl_arch_identify(&platform), OK);
	assert_int_equal(seen[0], 0x8600FF01);
	/* One call, by HVC #0, whatever the convention of hypercalls. */
	assert_int_equal(hvc0_calls, 1);
	assert_int_equal(hvc1_calls, 0);
	for (i = 0; i < 4; i++) {
		answer[i] ^= 1;
		assert_int_equal(vtl_arch_identify(&platform), ERR_NOT_FOUND);
		answer[i] ^= 1;
	}
	for (i = 0; i < 4; i++) {
		answer[i] = UINT64_MAX; /* "not supported" of any other hypervisor */
	}
	assert_int_equal(vtl_arch_identify(&platform), ERR_NOT_FOUND);
}

/* A tree that names SMC contradicts itself: not one call is made. */
static void test_identify_by_smc(void **state)
{
	struct platform platform = { .model_is_hyperv = true, .psci_conduit_smc = true };

	(void)state;
	assert_int_equal(vtl_arch_identify(&platform), ERR_NOT_FOUND);
	assert_int_equal(hvc0_calls + hvc1_calls, 0);
}

static void test_feature(void **state)
{
	(void)state;
	answer[0] = 0xFFFFFFFF;
	assert_int_equal(vtl_arch_ask_feature(0x80008000), -1);
	assert_int_equal(seen[0], 0x80000001);
	assert_int_equal(seen[1], 0x80008000);
	assert_int_equal(seen[2] | seen[3], 0);
	answer[0] = 1;
	assert_int_equal(vtl_arch_ask_feature(0x80003FFF), 1);
	assert_int_equal(hvc0_calls, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_set_register, setup),
		cmocka_unit_test_setup(test_every_size, setup),
		cmocka_unit_test_setup(test_memory, setup),
		cmocka_unit_test_setup(test_identify, setup),
		cmocka_unit_test_setup(test_identify_by_smc, setup),
		cmocka_unit_test_setup(test_feature, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
