/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is every reason of an entry answered, every interrupt of ours taken and ended before VTL0 runs
 * again, and the loop never left?
 */
#include "vtl/run.h"

#include <string.h>

#include "core/devices.h"
#include "core/mem_map.h"
#include "core/service.h"
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "vtl/door.h"

#include "tests/fake/console.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define SINT 18
#define UART 34

#define VTL_CALL 1
#define INTERRUPT 2
#define INTERCEPT 3

static struct platform platform;
static uint32_t reason;

/* VTL0's turn: it comes back for the reason of the test. */
static void enter(struct vp *vp)
{
	memcpy((uint8_t *)vp->assist_page + 8, &reason, sizeof(reason));
}

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	fake_hv_reset();
	fake_vtl_reset();
	fake_vtl.on_switch = enter;
	fake_pl011_reset(FAKE_UART1);
	memset(&fake_end, 0, sizeof(fake_end));
	service_open_doors(DOOR_ANY);
	dev_uart_init(&platform, FAKE_UART1);
	if (door_init() != OK) {
		return 1;
	}
	return (int)mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
}

static void run(uint32_t why, uint32_t entries)
{
	reason = why;
	fake_vtl.switches_left = entries;
	RUN_UNTIL_STOP(vtl_arch_run(vp_boot()));
}

static void interrupts(const uint32_t *numbers, uint32_t count)
{
	memcpy(fake_vtl.irq, numbers, count * sizeof(numbers[0]));
	fake_vtl.irq_count = count;
}

static void put_message(uint8_t *at, const struct hv_message *m)
{
	memcpy(at, m, 16 + (size_t)m->header.payload_size);
}

static struct hv_message call_message(void)
{
	return fake_message_hypercall(false, 0x1000);
}

static void test_vtl_call(void **state)
{
	(void)state;
	vp_boot()->regs.x[0] = SMCCC_VERSION;
	run(VTL_CALL, 1);
	assert_int_equal(fake_stop.kind, STOP_SWITCH);
	assert_int_equal(vp_boot()->regs.x[0], SMCCC_VERSION_1_3);
	/* No hypercall at all. */
	assert_int_equal(fake_hv_count(), 0);
	assert_int_equal(fake_vtl.irq_taken, 0);
}

static void test_intercept_in_assist_page(void **state)
{
	struct hv_message m = call_message();

	(void)state;
	put_message((uint8_t *)vp_boot()->assist_page + 112, &m);
	vp_boot()->regs.x[0] = PARAVANE_UID;
	run(INTERCEPT, 1);
	assert_int_equal(vp_boot()->regs.x[0], PARAVANE_UID_WORD0);
	assert_int_equal(fake_hv_value(0, ARCH_PC_REGISTER), 0x1004);
}

/* The message of SINT0; its interrupt is ended before the answer is made. */
static void note_call(const struct fake_hv_call *call)
{
	(void)call;
	fake_vtl_note('H');
}

static void test_message_interrupt(void **state)
{
	static const uint32_t numbers[] = { SINT };
	struct hv_message m = call_message();

	(void)state;
	fake_hv_on_call(note_call);
	put_message(vp_boot()->message_page, &m);
	interrupts(numbers, 1);
	vp_boot()->regs.x[0] = PARAVANE_UID;
	run(INTERRUPT, 1);
	assert_int_equal(vp_boot()->regs.x[0], PARAVANE_UID_WORD0);
	assert_string_equal(fake_vtl.order, "SEH");
	assert_int_equal(fake_vtl.irq_ended[0], SINT);
	assert_int_equal(*(uint32_t *)vp_boot()->message_page, 0);
}

/* The interrupt without a message: ended, and nothing else. */
static void test_empty_message(void **state)
{
	static const uint32_t numbers[] = { SINT };

	(void)state;
	interrupts(numbers, 1);
	vp_boot()->regs.x[0] = PARAVANE_UID;
	run(INTERRUPT, 1);
	assert_int_equal(fake_vtl.irq_ended_count, 1);
	assert_int_equal(vp_boot()->regs.x[0], PARAVANE_UID);
	assert_int_equal(fake_hv_count(), 0);
}

/* All that is pending, in one stay, each ended once with its own number. */
static void test_all_pending(void **state)
{
	static const uint32_t numbers[] = { UART, FAKE_KICK, 99, SINT, UART };
	uint32_t i;

	(void)state;
	fake_pl011_type("a", 1);
	interrupts(numbers, ARRAY_SIZE(numbers));
	run(INTERRUPT, 1);
	assert_int_equal(fake_vtl.irq_taken, ARRAY_SIZE(numbers));
	assert_int_equal(fake_vtl.irq_ended_count, ARRAY_SIZE(numbers));
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		assert_int_equal(fake_vtl.irq_ended[i], numbers[i]);
	}
	assert_int_equal(fake_vtl.switches, 1);
	/* What was typed is VTL0's now. */
	assert_int_equal(dev_uart_read(vp_boot(), 0, 4), 'a');
}

/* A source that nobody silences does not keep us for ever. */
static void test_interrupt_storm(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < FAKE_VTL_RECORDS; i++) {
		fake_vtl.irq[i] = 99;
	}
	fake_vtl.irq_count = 1000000;
	run(INTERRUPT, 1);
	assert_int_equal(fake_stop.kind, STOP_SWITCH);
	assert_in_range(fake_vtl.irq_taken, 1, 1000);
	assert_int_equal(fake_vtl.irq_ended_count, fake_vtl.irq_taken);
}

/* Another VP has begun the end: this one never returns to VTL0. */
static void test_end_begun(void **state)
{
	static const uint32_t numbers[] = { FAKE_KICK };

	(void)state;
	fake_end.is_ending = true;
	interrupts(numbers, 1);
	run(INTERRUPT, 5);
	assert_int_equal(fake_stop.kind, STOP_HALT);
	assert_int_equal(fake_vtl.switches, 1);
	assert_int_equal(fake_vtl.irq_ended[0], FAKE_KICK);
}

static void test_unknown_reason(void **state)
{
	static const uint32_t reasons[] = { 0, 4, 0x10001, UINT32_MAX };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(reasons); i++) {
		vp_boot()->regs.x[0] = SMCCC_VERSION;
		run(reasons[i], 3);
		assert_int_equal(fake_stop.kind, STOP_SWITCH);
		assert_int_equal(vp_boot()->regs.x[0], SMCCC_VERSION);
	}
	assert_int_equal(fake_hv_count(), 0);
	assert_int_equal(fake_vtl.irq_taken, 0);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_vtl_call),	      TEST(test_intercept_in_assist_page),
		TEST(test_message_interrupt), TEST(test_empty_message),
		TEST(test_all_pending),	      TEST(test_interrupt_storm),
		TEST(test_end_begun),	      TEST(test_unknown_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
