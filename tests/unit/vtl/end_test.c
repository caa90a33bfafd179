/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the first request decide how the machine ends, does the boot VP perform it, and does every
 * stop leave its words behind?
 *
 * The file is included: its state cannot be taken back otherwise.
 */
/* NOLINTNEXTLINE(bugprone-suspicious-include): its state */
#include "vtl/end.c"

#include <string.h>

#include "core/check.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/hv.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define ACTIVITY_STATE 0x04
#define CRASH_P0 0x00000210
#define CRASH_P1 0x00000211
#define CRASH_CTL 0x00000215

#define CPUS 3

static struct platform platform;

static int setup(void **state)
{
	uint32_t i;

	(void)state;
	ending = 0;
	crash_usable = false;
	fake_console_reset();
	fake_machine(&platform, CPUS);
	fake_hv_reset();
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

static void test_not_started(void **state)
{
	(void)state;
	end_crash_registers_usable();
	RUN_UNTIL_STOP(not_started("wrong place %u", 7U));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_true(fake_console_has("E not started: wrong place 7\r\n"));
	/* Not a crash. */
	assert_int_equal(fake_hv_count(), 0);
}

static void test_fatal_early(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(fatal("tree", "node %s", "/x"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_true(fake_console_has("E stopped: tree: node /x\r\n"));
	assert_int_equal(fake_hv_count(), CPUS);
}

/* Where the crash registers can be reached: the first 16 characters, the notification last. */
static void test_fatal_tells_hypervisor(void **state)
{
	(void)state;
	end_crash_registers_usable();
	RUN_UNTIL_STOP(fatal("abcdefghijklmnopqrst", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_hv_value(2, CRASH_P0), 0x6867666564636261);
	assert_int_equal(fake_hv_value(2, CRASH_P1), 0x706F6E6D6C6B6A69);
	assert_int_equal(fake_hv_value(2, CRASH_CTL), UINT64_C(0xA000000000000000));
	assert_int_equal(fake_hv_call(0x51, CPUS + 2)->in[16], CRASH_CTL & 0xFF);
	assert_int_equal(fake_hv_count(), CPUS + 3);
	/* A fault on that path does not come back to it. */
	RUN_UNTIL_STOP(fatal("again", "why"));
	assert_int_equal(fake_hv_count(), 2 * CPUS + 3);
	assert_int_equal(setup(NULL), 0);
	end_crash_registers_usable();
	RUN_UNTIL_STOP(fatal("ab", "why"));
	assert_int_equal(fake_hv_value(2, CRASH_P0), 0x6261);
	assert_int_equal(fake_hv_value(2, CRASH_P1), 0);
}

static void test_fatal_registers_refused(void **state)
{
	(void)state;
	end_crash_registers_usable();
	fake_hv_refuse_register(CRASH_P0, 0x0087);
	RUN_UNTIL_STOP(fatal("abc", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_hv_count(), CPUS + 1);
}

/* Our own fault: no VP goes back to VTL0, and no request of VTL0 changes that. */
static void test_fatal_stops_all(void **state)
{
	uint32_t i;

	(void)state;
	RUN_UNTIL_STOP(fatal("somewhere", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.kicks, 1);
	/* Each VP's VTL0 is suspended besides: a kick may be lost. */
	for (i = 0; i < CPUS; i++) {
		const struct fake_hv_call *call = fake_hv_call(0x51, i);

		assert_int_equal(call->in[8], vp_by_number(i)->index.v);
		assert_int_equal(call->in[12], 0x10);
		assert_int_equal(call->in[16], ACTIVITY_STATE);
		assert_int_equal(call->in[32], 1);
	}
	RUN_UNTIL_STOP(end_check(vp_by_number(1)));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(vp_state(vp_by_number(1)), VP_PARKED);
	RUN_UNTIL_STOP(end_machine(vp_by_number(2), RESET_REBOOT));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	RUN_UNTIL_STOP(end_machine(vp_boot(), RESET_POWER_OFF));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.power_offs + fake_vtl.reboots, 0);
}

/* A panic while the machine ends: the panic is what happens. */
static void test_fatal_after_end(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(end_machine(vp_by_number(1), RESET_REBOOT));
	RUN_UNTIL_STOP(fatal("somewhere", "why"));
	RUN_UNTIL_STOP(end_check(vp_boot()));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.reboots, 0);
}

/* At boot there is nobody to stop, and no interrupt controller to do it with. */
static void test_fatal_at_boot(void **state)
{
	(void)state;
	vp_set_state(vp_boot(), VP_OFF);
	RUN_UNTIL_STOP(fatal("vsm", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	fake_vps_forget();
	RUN_UNTIL_STOP(fatal("image", "why"));
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.kicks, 0);
}

static void test_long_words(void **state)
{
	char text[2 * LOG_LINE_MAX];

	(void)state;
	memset(text, 'w', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	RUN_UNTIL_STOP(fatal(text, "%s", text));
	RUN_UNTIL_STOP(not_started("%s", text));
	assert_int_equal(fake_console_lines(), 2);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_on_boot_vp),
		TEST(test_on_other_vp),
		TEST(test_first_decides),
		TEST(test_nothing_begun),
		TEST(test_wait_is_bounded),
		TEST(test_end_comes_back),
		TEST(test_not_started),
		TEST(test_fatal_early),
		TEST(test_fatal_tells_hypervisor),
		TEST(test_fatal_registers_refused),
		TEST(test_fatal_stops_all),
		TEST(test_fatal_after_end),
		TEST(test_fatal_at_boot),
		TEST(test_long_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
