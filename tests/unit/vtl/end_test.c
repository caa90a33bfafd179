/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the first request decide how the machine ends, and does the boot VP perform it?
 *
 * The file is included: its state cannot be taken back otherwise.
 */
/* NOLINTNEXTLINE(bugprone-suspicious-include): its state */
#include "vtl/end.c"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define CPUS 3

static struct platform platform;

static int setup(void **state)
{
	uint32_t i;

	(void)state;
	ending = 0;
	fake_console_reset();
	fake_machine(&platform, CPUS);
	fake_vtl_reset();
	for (i = 0; i < CPUS; i++) {
		struct vp *vp = vp_by_number(i);

		vp_set_state(vp, VP_UP);
		memset(&vp->drbg, 0xA5, sizeof(vp->drbg));
		memset(&vp->regs, 0xA5, sizeof(vp->regs));
	}
	return 0;
}

static void check_parked(const struct vp *vp)
{
	static const struct drbg no_drbg;
	static const struct arch_vtl0_regs no_regs;

	assert_int_equal(vp_state(vp), VP_PARKED);
	assert_memory_equal(&vp->drbg, &no_drbg, sizeof(no_drbg));
	assert_memory_equal(&vp->regs, &no_regs, sizeof(no_regs));
}

static void park_others(void)
{
	uint32_t i;

	for (i = 1; i < CPUS; i++) {
		vp_set_state(vp_by_number(i), VP_PARKED);
	}
}

static void check_end_on_boot_vp(enum reset_kind kind)
{
	fake_cpu.on_wait = park_others;
	RUN_UNTIL_STOP(end_machine(vp_boot(), kind));
	assert_int_equal(fake_stop.kind, STOP_END);
	assert_int_equal(fake_vtl.power_offs, kind == RESET_POWER_OFF);
	assert_int_equal(fake_vtl.reboots, kind == RESET_REBOOT);
	assert_int_equal(fake_vtl.kicks, 1);
	assert_int_equal(fake_cpu.waits, 1);
	check_parked(vp_boot());
}

static void test_on_boot_vp(void **state)
{
	check_end_on_boot_vp(RESET_POWER_OFF);
	assert_int_equal(setup(state), 0);
	check_end_on_boot_vp(RESET_REBOOT);
}

/* Asked for on another VP: it parks, and the boot VP finds out and performs it. */
static void test_on_other_vp(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(end_machine(vp_by_number(2), RESET_REBOOT));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	check_parked(vp_by_number(2));
	assert_int_equal(fake_vtl.reboots, 0);
	assert_int_equal(fake_vtl.kicks, 1);
	RUN_UNTIL_STOP(end_check(vp_by_number(1)));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	check_parked(vp_by_number(1));
	RUN_UNTIL_STOP(end_check(vp_boot()));
	assert_int_equal(fake_stop.kind, STOP_END);
	assert_int_equal(fake_vtl.reboots, 1);
	assert_int_equal(fake_cpu.waits, 0);
}

static void test_first_decides(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(end_machine(vp_by_number(1), RESET_POWER_OFF));
	RUN_UNTIL_STOP(end_machine(vp_by_number(2), RESET_REBOOT));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.kicks, 1);
	RUN_UNTIL_STOP(end_machine(vp_boot(), RESET_REBOOT));
	assert_int_equal(fake_vtl.power_offs, 1);
	assert_int_equal(fake_vtl.reboots, 0);
}

static void test_nothing_begun(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(end_check(vp_boot()));
	assert_int_equal(fake_stop.kind, STOP_NONE);
	assert_int_equal(vp_state(vp_boot()), VP_UP);
}

/* A VP that never parks does not stop the end; those that are off or failed are not waited for. */
static void test_wait_is_bounded(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(end_machine(vp_boot(), RESET_POWER_OFF));
	assert_int_equal(fake_vtl.power_offs, 1);
	assert_true(fake_console_has("not every VP parked"));
	assert_in_range(fake_cpu.counter, fake_cpu.counter_hz, 20 * fake_cpu.counter_hz);
	assert_int_equal(setup(NULL), 0);
	vp_set_state(vp_by_number(1), VP_FAILED);
	vp_set_state(vp_by_number(2), VP_OFF);
	RUN_UNTIL_STOP(end_machine(vp_boot(), RESET_POWER_OFF));
	assert_int_equal(fake_cpu.waits, 0);
	assert_false(fake_console_has("not every VP parked"));
}

/* The hypervisor comes back: said, and never VTL0 again. */
static void test_end_comes_back(void **state)
{
	(void)state;
	park_others();
	fake_vtl.end_returns = true;
	RUN_UNTIL_STOP(end_machine(vp_boot(), RESET_POWER_OFF));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_true(fake_console_has("the hypervisor did not do it"));
	assert_int_equal(fake_vtl.switches, 0);
}

/* Our own fault: no VP goes back to VTL0, and no request of VTL0 changes that. */
static void test_others_at_once(void **state)
{
	(void)state;
	end_others_at_once();
	assert_int_equal(fake_vtl.kicks, 1);
	RUN_UNTIL_STOP(end_check(vp_by_number(1)));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(vp_state(vp_by_number(1)), VP_PARKED);
	RUN_UNTIL_STOP(end_machine(vp_by_number(2), RESET_REBOOT));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	RUN_UNTIL_STOP(end_machine(vp_boot(), RESET_POWER_OFF));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.power_offs + fake_vtl.reboots, 0);
}

/* A fault of ours while the machine ends: the fault is what happens. */
static void test_at_once_after_end(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(end_machine(vp_by_number(1), RESET_REBOOT));
	end_others_at_once();
	RUN_UNTIL_STOP(end_check(vp_boot()));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.reboots, 0);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_on_boot_vp),	   TEST(test_on_other_vp),	 TEST(test_first_decides),
		TEST(test_nothing_begun),  TEST(test_wait_is_bounded),	 TEST(test_end_comes_back),
		TEST(test_others_at_once), TEST(test_at_once_after_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
