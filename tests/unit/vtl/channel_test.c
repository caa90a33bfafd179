/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the image say where it is and stop, without a blind call, unless it is at VTL2 of Hyper-V?
 */
#include "vtl/channel.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/stop.h"
#include "tests/fake/hv.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define GUEST_OS_ID 0x00090002
#define VP_STATUS 0x000D0003

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	fake_hv_reset();
	fake_vtl_reset();
	fake_stop.crash_usable = 0;
	platform.model_is_hyperv = false;
	fake_hv_set(2, VP_STATUS, 0x00050002);
	return 0;
}

static void open_channel(void)
{
	RUN_UNTIL_STOP(channel_open(&platform));
}

static void give_evidence(int kind)
{
	platform.model_is_hyperv = kind == 0;
	platform.has_hypervisor = kind == 1;
	platform.has_vmbus_vtl2 = kind == 2;
	platform.has_openhcl = kind == 3;
}

static void test_no_evidence(void **state)
{
	(void)state;
	open_channel();
	assert_int_equal(fake_stop.kind, STOP_NOT_STARTED);
	assert_int_equal(fake_vtl.identifies, 0);
	assert_int_equal(fake_vtl.features, 0);
	assert_int_equal(fake_hv_count(), 0);
	assert_int_equal(fake_stop.crash_usable, 0);
}

/* Each kind alone is enough. */
static void test_evidence(void **state)
{
	static const char *const names[] = { "model", "/hypervisor", "VMBus of VTL2", "/openhcl" };
	int kind;

	for (kind = 0; kind < 4; kind++) {
		assert_int_equal(setup(state), 0);
		give_evidence(kind);
		open_channel();
		assert_int_equal(fake_stop.kind, STOP_NONE);
		assert_true(fake_console_has(names[kind]));
		assert_int_equal(fake_vtl.identifies, 1);
		assert_int_equal(fake_stop.crash_usable, 1);
		/* Bit 63: open source form; never zero. */
		assert_int_equal(fake_hv_value(2, GUEST_OS_ID) >> 63, 1);
		assert_int_equal(fake_hv_writes(2, GUEST_OS_ID), 1);
		/* The first call is the fast SetVpRegisters of that register. */
		assert_true(fake_hv_call(0x51, 0)->fast);
		assert_int_equal(fake_hv_malformed(), 0);
	}
}

static void test_another_identity(void **state)
{
	(void)state;
	give_evidence(1);
	fake_vtl.identify_err = ERR_NOT_FOUND;
	open_channel();
	assert_int_equal(fake_stop.kind, STOP_NOT_STARTED);
	assert_non_null(strstr(fake_stop.text, "/hypervisor"));
	assert_int_equal(fake_hv_count(), 0);
	assert_int_equal(fake_stop.crash_usable, 0);
}

/* At VTL0 or VTL1 of Hyper-V: words, a stop that is no crash, and the channel closed again. */
static void test_other_vtl(void **state)
{
	uint32_t vtl;

	for (vtl = 0; vtl < 16; vtl++) {
		char wanted[8] = "VTL0";

		if (vtl == 2 || vtl > 9) {
			continue;
		}
		wanted[3] = (char)('0' + vtl);
		assert_int_equal(setup(state), 0);
		give_evidence(0);
		fake_hv_set(2, VP_STATUS, 0x00010000 | vtl);
		open_channel();
		assert_int_equal(fake_stop.kind, STOP_NOT_STARTED);
		assert_non_null(strstr(fake_stop.text, wanted));
		assert_int_equal(fake_hv_writes(2, GUEST_OS_ID), 2);
		assert_int_equal(fake_hv_value(2, GUEST_OS_ID), 0);
	}
}

static void test_no_vtls(void **state)
{
	(void)state;
	give_evidence(0);
	fake_hv_refuse_register(VP_STATUS, 0x0087);
	open_channel();
	assert_int_equal(fake_stop.kind, STOP_NOT_STARTED);
	assert_non_null(strstr(fake_stop.text, "UNKNOWN_REGISTER_NAME"));
	assert_int_equal(fake_hv_value(2, GUEST_OS_ID), 0);
	assert_int_equal(fake_hv_writes(2, GUEST_OS_ID), 2);
}

static void test_guest_os_id_refused(void **state)
{
	(void)state;
	give_evidence(0);
	fake_hv_refuse_register(GUEST_OS_ID, 0x0006);
	open_channel();
	assert_int_equal(fake_stop.kind, STOP_FATAL);
	assert_non_null(strstr(fake_stop.text, "ACCESS_DENIED"));
	assert_int_equal(fake_hv_count(), 1);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_no_evidence), TEST(test_evidence), TEST(test_another_identity),
		TEST(test_other_vtl),	TEST(test_no_vtls),  TEST(test_guest_os_id_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
