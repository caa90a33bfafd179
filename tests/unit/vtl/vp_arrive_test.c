/* SPDX-License-Identifier: BSD-2-Clause */
/* Does a started VP run VTL0 only after it has checked itself, and is VTL0 held first? */
#include "vtl/vp_start.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/hv.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define VP_INDEX 0x00090003
#define ACTIVITY 0x00000004
#define SINT0 0x000A0000

static struct platform platform;
static struct vp *vp;

/* What the boot VP was given; vtl/vp_start.c is not part of this test. */
const struct platform *vp_start_platform(void)
{
	return &platform;
}

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 2);
	fake_hv_reset();
	fake_vtl_reset();
	vp = vp_by_number(1);
	vp->index.v = 5;
	vp_set_state(vp, VP_ASKED);
	arch_set_this_vp(vp);
	fake_cpu.hw_id.v = 0x101;
	fake_hv_set(2, VP_INDEX, 5);
	return 0;
}

static void test_good(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(vp_start_arrived(vp));
	assert_int_equal(fake_stop.kind, STOP_SWITCH);
	assert_int_equal(vp_state(vp), VP_UP);
	/* Startup suspend, in VTL0's state and no other's. */
	assert_int_equal(fake_hv_value(0, ACTIVITY), 1);
	assert_int_equal(fake_hv_writes(2, ACTIVITY), 0);
	assert_int_equal(fake_hv_writes(2, SINT0), 1);
	assert_int_equal(fake_vtl.irq_inits, 1);
	assert_int_equal(fake_vtl.irq_enabled[0], FAKE_KICK);
	assert_int_equal(fake_console_lines(), 0);
}

static void check_failed(const char *said)
{
	RUN_UNTIL_STOP(vp_start_arrived(vp));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(vp_state(vp), VP_FAILED);
	assert_true(fake_console_has(said));
}

/* The boot VP waited, reported it as missing and went on without it. */
static void test_too_late(void **state)
{
	(void)state;
	vp_set_state(vp, VP_FAILED);
	check_failed("VP 5 came too late");
}

/* It trusts nothing that it was started with. */
static void test_wrong_index(void **state)
{
	(void)state;
	fake_hv_set(2, VP_INDEX, 6);
	check_failed("VP 5 says it is VP 6");
	assert_int_equal(fake_vtl.irq_inits, 0);
	assert_int_equal(fake_hv_writes(0, ACTIVITY), 0);
}

static void test_wrong_processor(void **state)
{
	(void)state;
	fake_cpu.hw_id.v = 0x100;
	check_failed("runs on 0x100, not 0x101");
	assert_int_equal(fake_vtl.irq_inits, 0);
}

static void test_index_not_told(void **state)
{
	(void)state;
	fake_hv_refuse_register(VP_INDEX, 0x0006);
	check_failed("ACCESS_DENIED");
}

static void test_no_interrupts(void **state)
{
	(void)state;
	fake_vtl.irq_init_err = ERR_NOT_FOUND;
	check_failed("failed in VTL2");
	assert_int_equal(fake_hv_writes(2, SINT0), 0);
}

static void test_no_synic(void **state)
{
	(void)state;
	fake_hv_refuse_register(SINT0, 0x0050);
	check_failed("INVALID_REGISTER_VALUE");
	assert_int_equal(fake_hv_writes(0, ACTIVITY), 0);
}

/* VTL0 cannot be held: it is never entered. */
static void test_hold_refused(void **state)
{
	(void)state;
	fake_hv_refuse_register(ACTIVITY, 0x0005);
	check_failed("INVALID_PARAMETER");
	assert_int_equal(fake_vtl.switches, 0);
}

/* The architecture has another way; in vain where it does not succeed either. */
static void test_hold_otherwise(void **state)
{
	(void)state;
	fake_hv_refuse_register(ACTIVITY, 0x0005);
	fake_vtl.hold_err = OK;
	RUN_UNTIL_STOP(vp_start_arrived(vp));
	assert_int_equal(fake_stop.kind, STOP_SWITCH);
	assert_int_equal(vp_state(vp), VP_UP);
	assert_ptr_equal(fake_vtl.held, vp);
	assert_true(fake_console_has("InternalActivityState refused (INVALID_PARAMETER)"));
	setup(NULL);
	fake_hv_refuse_register(ACTIVITY, 0x0005);
	fake_vtl.hold_err = ERR_IO;
	check_failed("INVALID_PARAMETER");
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_good),	   TEST(test_too_late),
		TEST(test_wrong_index),	   TEST(test_wrong_processor),
		TEST(test_index_not_told), TEST(test_no_interrupts),
		TEST(test_no_synic),	   TEST(test_hold_refused),
		TEST(test_hold_otherwise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
