/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is a message copied once and within its bounds, its slot freed before the next is asked for?
 * Offsets in the pages are by hand from the TLFS.
 */
#include "vtl/synic.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/hv.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define EOM 0x000A0014
#define SINT0 0x000A0000
#define SCONTROL 0x000A0010
#define SIMP 0x000A0013
#define ASSIST 0x00090013

#define ASSIST_MESSAGE 112
#define PAYLOAD 16

static struct platform platform;
static uint32_t slot_type_at_eom;

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	fake_hv_reset();
	fake_vtl_reset();
	return 0;
}

static uint8_t *slot(void)
{
	return vp_boot()->message_page;
}

static uint8_t *assist_page(void)
{
	return vp_boot()->assist_page;
}

/* A message of that type and size; all 240 payload bytes have a value of their own. */
static void write_message(uint8_t *at, uint32_t type, uint8_t size, uint8_t flags)
{
	uint32_t i;

	memcpy(at, &type, 4);
	at[4] = size;
	at[5] = flags;
	for (i = 0; i < 240; i++) {
		at[PAYLOAD + i] = (uint8_t)(i + 1);
	}
}

static void watch_eom(const struct fake_hv_call *call)
{
	uint32_t name;

	memcpy(&name, call->in + 16, 4);
	if (call->code == 0x51 && name == EOM) {
		memcpy(&slot_type_at_eom, slot(), 4);
	}
}

/* The first SINTs to the default interrupt, then to what the tree says. */
static void test_init(void **state)
{
	(void)state;
	assert_int_equal(synic_init_vp(&platform, vp_boot()), OK);
	assert_int_equal(synic_interrupt(), 18);
	assert_int_equal(fake_hv_value(2, ASSIST), (uintptr_t)assist_page() | 1);
	assert_int_equal(fake_hv_value(2, SIMP), (uintptr_t)slot() | 1);
	assert_int_equal(fake_hv_value(2, SCONTROL), 1);
	/* Not masked, not AutoEOI: the interrupt is acknowledged and ended. */
	assert_int_equal(fake_hv_value(2, SINT0), 18);
	assert_int_equal(fake_vtl.irq_enabled_count, 1);
	assert_int_equal(fake_vtl.irq_enabled[0], 18);
	platform.vmbus_vtl2.intid = 25;
	assert_int_equal(synic_init_vp(&platform, vp_boot()), OK);
	assert_int_equal(synic_interrupt(), 18);
	platform.vmbus_vtl2.present = true;
	assert_int_equal(synic_init_vp(&platform, vp_boot()), OK);
	assert_int_equal(synic_interrupt(), 25);
	assert_int_equal(fake_hv_value(2, SINT0), 25);
	assert_int_equal(fake_vtl.irq_enabled[2], 25);
}

static void test_init_refused(void **state)
{
	static const uint32_t names[] = { ASSIST, SIMP, SCONTROL, SINT0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(setup(state), 0);
		fake_hv_refuse_register(names[i], 0x0050);
		assert_int_equal(synic_init_vp(&platform, vp_boot()), ERR_INVALID);
		assert_true(fake_console_has("INVALID_REGISTER_VALUE"));
	}
}

/* Whatever size it says, no more than there is; the header as it was. */
static void test_copy(void **state)
{
	struct hv_message m;
	uint32_t size;

	(void)state;
	for (size = 0; size < 256; size++) {
		memset(&m, 0x5A, sizeof(m));
		write_message(slot(), 0x80000001, (uint8_t)size, 0);
		assert_true(synic_take_message(vp_boot(), &m));
		assert_int_equal(m.header.message_type, 0x80000001);
		assert_memory_equal((uint8_t *)&m + 4, slot() + 4, sizeof(m) - 4);
	}
}

/* Where it lies, not a copy. */
static void test_intercept(void **state)
{
	(void)state;
	assert_ptr_equal((uintptr_t)synic_intercept(vp_boot()),
			 (uintptr_t)assist_page() + ASSIST_MESSAGE);
}

/* The slot is free afterwards; without a waiting message the hypervisor is not called at all. */
static void test_slot_is_freed(void **state)
{
	struct hv_message m;
	uint32_t type;

	(void)state;
	write_message(slot(), 0x80000001, 64, 0xFE); /* every flag but "pending" */
	assert_true(synic_take_message(vp_boot(), &m));
	memcpy(&type, slot(), 4);
	assert_int_equal(type, 0);
	assert_int_equal(fake_hv_count(), 0);
	/* The other slots are none of our business. */
	write_message(slot() + 256, 0x80000010, 8, 1);
	assert_false(synic_take_message(vp_boot(), &m));
	memcpy(&type, slot() + 256, 4);
	assert_int_equal(type, 0x80000010);
}

static void test_pending_message(void **state)
{
	struct hv_message m;

	(void)state;
	fake_hv_on_call(watch_eom);
	slot_type_at_eom = 0x5A5A;
	write_message(slot(), 0x80000001, 64, 0x01);
	assert_true(synic_take_message(vp_boot(), &m));
	assert_int_equal(fake_hv_writes(2, EOM), 1);
	/* Freed first: the other way round a message in between waits for ever. */
	assert_int_equal(slot_type_at_eom, 0);
	/* Refused: the message comes with the next interrupt. */
	fake_hv_refuse_register(EOM, 0x0018);
	write_message(slot(), 0x80000001, 64, 0x01);
	assert_true(synic_take_message(vp_boot(), &m));
	assert_int_equal(m.header.message_type, 0x80000001);
}

static void test_empty_slot(void **state)
{
	struct hv_message m;

	(void)state;
	memset(&m, 0x5A, sizeof(m));
	write_message(slot(), 0, 240, 0x01);
	assert_false(synic_take_message(vp_boot(), &m));
	assert_int_equal(fake_hv_count(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_init, setup),
		cmocka_unit_test_setup(test_init_refused, setup),
		cmocka_unit_test_setup(test_copy, setup),
		cmocka_unit_test_setup(test_intercept, setup),
		cmocka_unit_test_setup(test_slot_is_freed, setup),
		cmocka_unit_test_setup(test_pending_message, setup),
		cmocka_unit_test_setup(test_empty_slot, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
