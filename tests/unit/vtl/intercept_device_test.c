/* SPDX-License-Identifier: BSD-2-Clause */
/* Does an emulated device answer an access as its bus would, whatever the instruction was? */
#include "vtl/intercept.h"

#include "core/devices.h"
#include "core/page_pool.h"
#include "paravane/services.h"

#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"
#include "tests/unit/vtl/intercept_world.h"

/* ---- Devices ------------------------------------------------------------------------------- */

static void test_device_write(void **state)
{
	struct mem_access a = world_store(FAKE_UART1);

	(void)state;
	vp_boot()->regs.x[5] = 0x100 | 'k';
	world_run_into(&a);
	assert_memory_equal(fake_pl011.sent, "k", 1);
	assert_true(world_has_resumed());
	assert_int_equal(vp_boot()->regs.x[5], 0x100 | 'k');
	world_check_registers(5, 1);
	/* The zero register. */
	a.reg = 31;
	world_run_into(&a);
	assert_int_equal(fake_pl011.sent[1], 0);
	assert_int_equal(fake_pl011.sent_count, 2);
}

static uint64_t read_device(uint64_t gpa, uint32_t size, bool sign_extend, bool wide)
{
	struct mem_access a = world_load(gpa);

	a.size = size;
	a.sign_extend = sign_extend;
	a.wide = wide;
	world_run_into(&a);
	world_check_registers(5, 1);
	return vp_boot()->regs.x[5];
}

/* Flags of the idle UART: 0x90, whose bit 7 is the sign of a byte. */
static void test_device_read_extension(void **state)
{
	const uint64_t fr = FAKE_UART1 + 0x18;

	(void)state;
	assert_int_equal(read_device(fr, 4, false, false), 0x90);
	assert_true(world_has_resumed());
	assert_int_equal(read_device(fr, 1, false, false), 0x90);
	assert_int_equal(read_device(fr, 1, true, false), 0xFFFFFF90);
	assert_int_equal(read_device(fr, 1, true, true), UINT64_C(0xFFFFFFFFFFFFFF90));
	assert_int_equal(read_device(fr, 2, true, true), 0x90);
	assert_int_equal(read_device(fr, 8, true, true), 0x90);
	/* Nothing there: all ones, as wide as the access. */
	assert_int_equal(read_device(FAKE_END, 1, false, false), 0xFF);
	assert_int_equal(read_device(FAKE_END, 1, true, false), 0xFFFFFFFF);
	assert_int_equal(read_device(FAKE_END, 2, false, true), 0xFFFF);
	assert_int_equal(read_device(FAKE_END, 2, true, true), UINT64_MAX);
	assert_int_equal(read_device(FAKE_END, 4, false, false), 0xFFFFFFFF);
	assert_int_equal(read_device(FAKE_END, 4, true, true), UINT64_MAX);
	assert_int_equal(read_device(FAKE_END, 8, false, true), UINT64_MAX);
}

/* VTL0 is not moved on, or its register not reached: nothing was read or sent, and it is still
 * before the instruction. */
static void test_device_refused(void **state)
{
	struct mem_access store = world_store(FAKE_UART1);
	struct mem_access load = world_load(FAKE_UART1 + 0x18);

	(void)state;
	fake_hv_refuse_register(ARCH_PC_REGISTER, 0x0006);
	world_run_into(&store);
	world_run_into(&load);
	world_check_registers(0, 0);
	assert_int_equal(fake_pl011.sent_count, 0);

	assert_int_equal(world_setup(state), 0);
	fake_vtl.operand_err = ERR_DENIED;
	world_run_into(&store);
	assert_false(world_has_resumed());
	assert_int_equal(fake_pl011.sent_count, 0);
	world_run_into(&load);
	assert_int_equal(fake_hv_value(0, ARCH_PC_REGISTER), WORLD_PC);
	world_check_registers(0, 0);
}

/* To the zero register: nothing changes, and VTL0 goes on. */
static void test_device_read_to_nowhere(void **state)
{
	struct mem_access a = world_load(FAKE_UART1 + 0x18);

	(void)state;
	a.reg = 31;
	world_run_into(&a);
	world_check_registers(0, 0);
	assert_true(world_has_resumed());
}

static void test_empty_bus_write(void **state)
{
	struct mem_access a = world_store(FAKE_END);

	(void)state;
	world_run_into(&a);
	assert_true(world_has_resumed());
	world_check_registers(0, 0);
	assert_int_equal(fake_vtl.aborts, 0);
	assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 0);
}

/* A pair, an exclusive: no value can be given, so it fails as on a bus that has none. */
static void test_device_without_operand(void **state)
{
	struct mem_access a = world_load(FAKE_UART1);

	(void)state;
	a.has_operand = false;
	world_run_into(&a);
	assert_int_equal(fake_vtl.aborts, 1);
	assert_false(world_has_resumed());
	world_check_registers(0, 0);
}

static void test_maintenance_outside(void **state)
{
	static const uint64_t places[] = { FAKE_UART1, FAKE_END };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		struct mem_access a;

		assert_int_equal(world_setup(state), 0);
		a = world_store(places[i]);
		a.is_maintenance = true;
		a.has_operand = false;
		world_run_into(&a);
		assert_true(world_has_resumed());
		assert_int_equal(fake_vtl.aborts, 0);
		assert_int_equal(fake_pl011.sent_count, 0);
	}
}

/* The console on a page of ours: that page is the device, its neighbours are defended. */
static void test_device_on_our_page(void **state)
{
	struct mem_access a;
	pa_t page;

	(void)state;
	assert_int_equal(page_pool_take(1, &page), OK);
	dev_uart_init(&world_platform, page.v);
	assert_int_equal(read_device(page.v + 0x18, 4, false, false), 0x90);
	vp_boot()->regs.x[5] = 'p';
	a = world_store(page.v);
	world_run_into(&a);
	assert_memory_equal(fake_pl011.sent, "p", 1);
	assert_int_equal(fake_vtl.aborts, 0);
	a = world_store(page.v + 0x1000);
	world_run_into(&a);
	a = world_load(page.v - 1);
	world_run_into(&a);
	assert_int_equal(fake_vtl.aborts, 2);
	/* No instruction is fetched from it, either. */
	a = world_load(page.v);
	a.is_execute = true;
	world_run_into(&a);
	assert_int_equal(fake_vtl.aborts, 3);
}

#define TEST(f) cmocka_unit_test_setup(f, world_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_device_write),	TEST(test_device_read_extension),
		TEST(test_device_refused),	TEST(test_device_read_to_nowhere),
		TEST(test_empty_bus_write),	TEST(test_device_without_operand),
		TEST(test_maintenance_outside), TEST(test_device_on_our_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
