/* SPDX-License-Identifier: BSD-2-Clause */
/* Is an access to an I/O port answered as the device there, or an empty bus, would? */
#include "arch/x86_64/icept.h"
#include "arch/x86_64/power.h"

#include "paravane/services.h"

#include "tests/fake/console.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/unit/test.h"
#include "tests/unit/x86_64/icept_world.h"

#define PORT 0x80010000
#define PORT_SIZE 128
#define RIP 0x00020010
#define INSTALL_INTERCEPT 0x4D

#define READ 0
#define WRITE 1
#define STRING 0x08
#define REP 0x10

#define RAX_ONLY (1U << REG_RAX)

static void put_port(uint8_t kind, uint16_t port, uint8_t info, uint8_t length)
{
	world_header(WORLD_KERNEL, length, kind);
	world_put(40, port, 2);
	world_put(42, info, 1);
	world_put(43, 0, 1);
}

/* One access, which VTL0 survives. */
static void access(uint8_t kind, uint16_t port, uint8_t info)
{
	put_port(kind, port, info, 2);
	assert_true(world_send(PORT, PORT_SIZE));
}

static void test_console(void **state)
{
	(void)state;
	world_console.value = 0x5A;
	access(READ, COM1 + 5, 1);
	assert_int_equal(world_console.reads, 1);
	assert_int_equal(world_console.offset, 5);
	/* AL alone changes. */
	assert_int_equal(world_reg(REG_RAX), (WORLD_VALUE(REG_RAX) & ~UINT64_C(0xFF)) | 0x5A);
	world_check_registers(RAX_ONLY);
	assert_int_equal(world_resumed(), WORLD_RIP + 2);
	world_setup(state);
	world_reg_set(REG_RAX, 0xABCD41);
	access(WRITE, COM1, 1);
	assert_int_equal(world_console.writes, 1);
	assert_int_equal(world_console.value, 0x41);
	assert_int_equal(world_reg(REG_RAX), 0xABCD41);
	assert_int_equal(world_resumed(), WORLD_RIP + 2);
}

static void test_clock(void **state)
{
	(void)state;
	world_clock.value = 0x24;
	access(READ, CMOS + 1, 1);
	assert_int_equal(world_clock.offset, 1);
	assert_int_equal(world_reg(REG_RAX), (WORLD_VALUE(REG_RAX) & ~UINT64_C(0xFF)) | 0x24);
	world_setup(state);
	world_reg_set(REG_RAX, 0x132);
	access(WRITE, CMOS, 1);
	assert_int_equal(world_clock.offset, 0);
	assert_int_equal(world_clock.value, 0x32);
	world_setup(state);
	access(READ, CMOS + 2, 1);
	assert_int_equal(world_clock.reads, 0);
}

/* No device takes two bytes at once there: ones, and nothing is written. */
static void test_console_wide(void **state)
{
	(void)state;
	access(READ, COM1, 2);
	assert_int_equal(world_reg(REG_RAX), WORLD_VALUE(REG_RAX) | 0xFFFF);
	assert_int_equal(world_console.reads, 0);
	world_setup(state);
	access(READ, COM1 + 7, 4);
	assert_int_equal(world_reg(REG_RAX), UINT32_MAX); /* EAX: the upper half is cleared */
	world_setup(state);
	access(WRITE, COM1, 4);
	assert_int_equal(world_console.writes, 0);
	assert_int_equal(world_resumed(), WORLD_RIP + 2);
}

/* A port that we never asked for. */
static void test_nothing_there(void **state)
{
	static const uint16_t ports[] = { 0, COM1 - 1, COM1 + 8, CONFIG_POWER_PORT - 1, 0xFFFF };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		world_setup(state);
		access(READ, ports[i], 1);
		assert_int_equal(world_reg(REG_RAX), WORLD_VALUE(REG_RAX) | 0xFF);
		world_setup(state);
		access(WRITE, ports[i], 1);
		world_check_registers(0);
		assert_int_equal(world_resumed(), WORLD_RIP + 2);
	}
	assert_int_equal(world_console.reads + world_console.writes, 0);
}

static void ends(uint16_t port, uint8_t size, uint64_t value, bool does, enum reset_kind kind)
{
	world_reg_set(REG_RAX, value);
	put_port(WRITE, port, size, 1);
	assert_int_equal(world_send(PORT, PORT_SIZE), !does);
	assert_true(!does || fake_end.kind == kind);
}

static void test_ends(void **state)
{
	static const struct {
		uint32_t value;
		enum reset_kind kind;
		uint16_t port;
		uint8_t size;
		bool does;
	} rows[] = {
		{ 0x2000, RESET_POWER_OFF, CONFIG_POWER_PORT, 2, true },
		{ 0x3C01, RESET_POWER_OFF, CONFIG_POWER_PORT, 2, true },
		{ 0xDFFF, 0, CONFIG_POWER_PORT, 2, false },
		{ 0xFF, 0, CONFIG_POWER_PORT, 1, false },
		{ 0x20, RESET_POWER_OFF, CONFIG_POWER_PORT + 1, 1, true },
		{ 0xDF, 0, CONFIG_POWER_PORT + 1, 1, false },
		/* What is above the access is not written. */
		{ 0x2000, 0, CONFIG_POWER_PORT, 1, false },
		{ 0x06, RESET_REBOOT, RESET_CONTROL, 1, true },
		{ 0x04, RESET_REBOOT, RESET_CONTROL, 1, true },
		{ 0x02, 0, RESET_CONTROL, 1, false },
		{ 0x400, 0, RESET_CONTROL, 1, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		ends(rows[i].port, rows[i].size, rows[i].value, rows[i].does, rows[i].kind);
	}
	world_setup(state);
	access(READ, CONFIG_POWER_PORT, 2);
	assert_int_equal(world_reg(REG_RAX) & 0xFFFF, 1); /* SCI_EN */
	world_setup(state);
	access(READ, RESET_CONTROL, 1);
	assert_int_equal(world_reg(REG_RAX) & 0xFF, 0);
}

/* String instructions, sizes that no instruction has, an unknown length: #GP and no effect. */
static void test_refused(void **state)
{
	static const struct {
		uint8_t info;
		uint8_t length;
	} rows[] = {
		{ 1 | STRING, 1 }, { 1 | STRING | REP, 2 },
		{ 0, 1 },	   { 3, 1 },
		{ 5, 1 },	   { 6, 1 },
		{ 7, 1 },	   { 1, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		put_port(WRITE, RESET_CONTROL, rows[i].info, rows[i].length);
		world_reg_set(REG_RAX, WORLD_VALUE(REG_RAX) | 6);
		assert_true(world_send(PORT, PORT_SIZE));
		assert_true(world_faulted());
		world_check_registers(RAX_ONLY);
		assert_int_equal(world_counter(PARAVANE_STAT_REFUSED), 1);
	}
}

/* The program counter is refused: the device does not see it, and VTL0 tries again. */
static void test_not_resumed(void **state)
{
	(void)state;
	fake_hv_refuse_register(RIP, 0x0005);
	access(WRITE, COM1, 1);
	access(READ, COM1, 1);
	ends(RESET_CONTROL, 1, 6, false, 0);
	assert_int_equal(world_console.reads + world_console.writes, 0);
}

static void test_sizes(void **state)
{
	size_t size;

	for (size = 0; size < PORT_SIZE; size++) {
		world_setup(state);
		put_port(WRITE, COM1, 1, 1);
		assert_true(world_send(PORT, size));
		assert_int_equal(fake_hv_count() + world_console.writes, 0);
		world_check_registers(0);
	}
}

/* What is refused is said, and is not there for VTL0. */
static void test_install(void **state)
{
	const struct fake_hv_call *call;

	(void)state;
	icept_port_install();
	call = fake_hv_call(INSTALL_INTERCEPT, 0);
	assert_int_equal(*(const uint32_t *)(call->in + 8), 3);	    /* reads and writes */
	assert_int_equal(*(const uint32_t *)(call->in + 12), 0x11); /* of a range of ports */
	assert_int_equal(*(const uint64_t *)(call->in + 16), 0x03FF03F8);
	assert_true(icept_port_is_ours(COM1) && icept_port_is_ours(COM1 + 7));
	assert_true(icept_port_is_ours(CONFIG_POWER_PORT) && icept_port_is_ours(RESET_CONTROL));
	assert_false(icept_port_is_ours(COM1 + 8) || icept_port_is_ours(0));
	world_setup(state);
	fake_hv_script(INSTALL_INTERCEPT, 0, 0, 2);
	fake_hv_script(INSTALL_INTERCEPT, 0x0006, 0, 1);
	icept_port_install();
	assert_true(icept_port_is_ours(COM1) && icept_port_is_ours(RESET_CONTROL));
	assert_false(icept_port_is_ours(CONFIG_POWER_PORT));
	assert_true(fake_console_has("no intercept of the power ports"));
	/* Without a clock nothing is asked for. */
	assert_true(icept_port_is_ours(CMOS));
	world_setup(state);
	world_has_clock = false;
	icept_port_install();
	assert_int_equal(fake_hv_count_of(INSTALL_INTERCEPT), 3);
	assert_false(icept_port_is_ours(CMOS));
}

#define TEST(f) cmocka_unit_test_setup(f, world_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_console),	  TEST(test_clock), TEST(test_console_wide),
		TEST(test_nothing_there), TEST(test_ends),  TEST(test_refused),
		TEST(test_not_resumed),	  TEST(test_sizes), TEST(test_install),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
