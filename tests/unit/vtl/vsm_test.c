/* SPDX-License-Identifier: BSD-2-Clause */
/* Is only that asked for which the capabilities offer, with each of them missing in turn? */
#include "vtl/vsm.h"

#include <string.h>

#include "core/kconfig.h"

#include "tests/fake/console.h"
#include "tests/fake/hv.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define INSTALL_INTERCEPT 0x4D
#define VP_STATUS 0x000D0003
#define CAPABILITIES 0x000D0006
#define CONFIG 0x000D0007
#define GUEST_CONFIG 0x000D0008

#define CAP_PAGE (UINT64_C(1) << 27)
#define CAP_NOT_PRESENT (UINT64_C(1) << 30)
#define CAP_RESET (UINT64_C(1) << 32)
#define CAP_ALL (CAP_PAGE | CAP_NOT_PRESENT | CAP_RESET)

/* Protection, default mask 0xF, zero memory on reset, and the fake architecture's own. */
#define ASKED_ALWAYS 0x83F
#define ASKED_PAGE (1U << 12)
#define ASKED_NOT_PRESENT (1U << 14)
#define ASKED_RESET (1U << 15)

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	fake_hv_reset();
	return 0;
}

static void test_each_capability(void **state)
{
	uint32_t set;

	for (set = 0; set < 8; set++) {
		uint64_t caps = ((set & 1) != 0 ? CAP_PAGE : 0) |
				((set & 2) != 0 ? CAP_NOT_PRESENT : 0) |
				((set & 4) != 0 ? CAP_RESET : 0);
		bool page = (set & 1) != 0 && IS_ENABLED(CONFIG_INTERCEPT_PAGE);

		assert_int_equal(setup(state), 0);
		fake_hv_set(2, CAPABILITIES, caps);
		assert_int_equal(vsm_configure(), OK);
		assert_int_equal(fake_hv_value(2, CONFIG),
				 ASKED_ALWAYS | (page ? ASKED_PAGE : 0) |
					 ((set & 2) != 0 ? ASKED_NOT_PRESENT : 0) |
					 ((set & 4) != 0 ? ASKED_RESET : 0));
		assert_int_equal(vsm_features()->intercept_page, page);
		assert_int_equal(vsm_features()->intercept_not_present, (set & 2) != 0);
		assert_int_equal(vsm_features()->intercept_reset, (set & 4) != 0);
		assert_int_equal(vsm_features()->capabilities, caps);
		assert_int_equal(fake_hv_writes(2, CONFIG), 1);
		assert_int_equal(fake_hv_malformed(), 0);
	}
}

/* Every other capability bit alone changes nothing. */
static void test_other_bits(void **state)
{
	uint32_t bit;

	for (bit = 0; bit < 64; bit++) {
		uint64_t caps = UINT64_C(1) << bit;

		if ((caps & CAP_ALL) == 0) {
			assert_int_equal(setup(state), 0);
			fake_hv_set(2, CAPABILITIES, caps);
			assert_int_equal(vsm_configure(), OK);
			assert_int_equal(fake_hv_value(2, CONFIG), ASKED_ALWAYS);
		}
	}
}

static void test_hypercall_intercept(void **state)
{
	static const uint8_t block[24] = {
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, /* self */
		0x04, 0,    0,	  0,				/* execute */
		0x08, 0,    0,	  0,				/* hypercall */
	};

	(void)state;
	assert_int_equal(vsm_configure(), OK);
	assert_true(vsm_features()->intercept_hypercall);
	assert_int_equal(fake_hv_count_of(INSTALL_INTERCEPT), 1);
	assert_memory_equal(fake_hv_call(INSTALL_INTERCEPT, 0)->in, block, sizeof(block));
	/* A hypervisor that refuses is supported. */
	assert_int_equal(setup(NULL), 0);
	fake_hv_refuse(INSTALL_INTERCEPT, 0x0006);
	assert_int_equal(vsm_configure(), OK);
	assert_false(vsm_features()->intercept_hypercall);
	assert_true(fake_console_has("forwarded hypercalls no"));
}

/* VTL0 gets no VTL1; without the register that is said, and boot goes on. */
static void test_vtl1_denied(void **state)
{
	(void)state;
	fake_hv_set(2, GUEST_CONFIG, 0xF);
	assert_int_equal(vsm_configure(), OK);
	assert_int_equal(fake_hv_value(2, GUEST_CONFIG), 0);
	assert_int_equal(fake_hv_writes(2, GUEST_CONFIG), 1);
	assert_int_equal(setup(NULL), 0);
	fake_hv_refuse_register(GUEST_CONFIG, 0x0087);
	assert_int_equal(vsm_configure(), OK);
	assert_true(fake_console_has("UNKNOWN_REGISTER_NAME"));
}

/* What cannot be done without is an error, and nothing is configured by half. */
static void test_refused(void **state)
{
	(void)state;
	fake_hv_refuse_register(CAPABILITIES, 0x0087);
	assert_int_equal(vsm_configure(), ERR_NOT_SUPPORTED);
	assert_int_equal(fake_hv_writes(2, CONFIG), 0);
	assert_int_equal(setup(NULL), 0);
	fake_hv_refuse_register(CONFIG, 0x0006);
	assert_int_equal(vsm_configure(), ERR_DENIED);
	assert_int_equal(fake_hv_count_of(INSTALL_INTERCEPT), 0);
}

static void test_active_vtl(void **state)
{
	uint32_t vtl = 99;

	(void)state;
	/* Enabled VTLs 0 and 2, MBEC on, and junk where nobody looks. */
	fake_hv_set(2, VP_STATUS, UINT64_C(0xABCD000500000012) | 0x50000);
	assert_int_equal(vsm_active_vtl(&vtl), OK);
	assert_int_equal(vtl, 2);
	fake_hv_set(2, VP_STATUS, 0x10010);
	assert_int_equal(vsm_active_vtl(&vtl), OK);
	assert_int_equal(vtl, 0);
	fake_hv_refuse_register(VP_STATUS, 0x0087);
	vtl = 99;
	assert_int_equal(vsm_active_vtl(&vtl), ERR_NOT_SUPPORTED);
	assert_int_equal(vtl, 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_each_capability, setup),
		cmocka_unit_test_setup(test_other_bits, setup),
		cmocka_unit_test_setup(test_hypercall_intercept, setup),
		cmocka_unit_test_setup(test_vtl1_denied, setup),
		cmocka_unit_test_setup(test_refused, setup),
		cmocka_unit_test_setup(test_active_vtl, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
