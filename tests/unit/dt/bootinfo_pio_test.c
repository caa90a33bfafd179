/* SPDX-License-Identifier: BSD-2-Clause */
/* Are serial ports at I/O ports found, and does each defect of one end in its own refusal? */
#include "dt/bootinfo.h"

#include "tests/unit/dt/tree_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libfdt.h>

#define BUS "/pio-bus"
#define COM1 "/pio-bus/serial@3e8"
#define COM2 "/pio-bus/serial@2e8"

static void *good;
static struct platform platform;

struct row {
	const char *name;
	struct edit edits[MAX_EDITS];
	struct refusal wanted;
};

static const struct row refused[] = {
	{ "port without reg", { DELETE(COM1, "reg") }, { COM1, "reg", "missing" } },
	{ "port reg of one pair of cells",
	  { CELLS(COM1, "reg", 0x3E8, 8) },
	  { COM1, "reg", "not one pair of port and size" } },
	{ "port reg of two pairs",
	  { CELLS(COM1, "reg", 0, 0x3E8, 0, 8, 0, 0x2E8, 0, 8) },
	  { COM1, "reg", "not one pair of port and size" } },
	{ "port reg empty",
	  { RAW(COM1, "reg", "") },
	  { COM1, "reg", "not one pair of port and size" } },
	{ "port of 16 registers",
	  { CELLS(COM1, "reg", 0, 0x3E8, 0, 16) },
	  { COM1, "reg", "not 8 ports" } },
	{ "port of 2^32 registers and 8",
	  { CELLS(COM1, "reg", 0, 0x3E8, 1, 8) },
	  { COM1, "reg", "not 8 ports" } },
	{ "port beyond the last",
	  { CELLS(COM1, "reg", 0, 0x10000, 0, 8) },
	  { COM1, "reg", "no such port" } },
	{ "port that ends beyond the last",
	  { CELLS(COM1, "reg", 0, 0xFFF9, 0, 8) },
	  { COM1, "reg", "no such port" } },
	{ "port above 2^32",
	  { CELLS(COM1, "reg", 1, 0x3E8, 0, 8) },
	  { COM1, "reg", "no such port" } },
	{ "port not aligned",
	  { CELLS(COM1, "reg", 0, 0x3E9, 0, 8) },
	  { COM1, "reg", "not aligned" } },
	{ "port without speed",
	  { DELETE(COM1, "current-speed") },
	  { COM1, "current-speed", "missing" } },
	{ "two uarts at one port",
	  { CELLS(COM2, "reg", 0, 0x3E8, 0, 8) },
	  { COM2, "reg", "shares registers with another port" } },
	{ "two uarts that share ports",
	  { CELLS(COM2, "reg", 0, 0x3EC, 0, 8) },
	  { COM2, "reg", "shares registers with another port" } },
};

static enum err read_edited(const struct row *row, struct dt_defect *defect)
{
	static const struct fdt_limits limits = { .size = 65536, .tags = 4096 };
	void *tree = tree_edited(good, row->edits);
	struct prop_reader r;

	memset(&platform, 0, sizeof(platform));
	prop_open(&r, tree, fdt_totalsize(tree), &limits, defect);
	assert_int_equal(r.err, OK);
	bootinfo_ports(&r, &platform);
	free(tree);
	return r.err;
}

static void test_refused(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		struct dt_defect defect;
		enum err e = read_edited(&refused[i], &defect);

		tree_expect("tree", refused[i].name, e, &defect, &refused[i].wanted);
		/* What was read before the defect can still be the console. */
		assert_true(platform.uart_count <= 1);
		assert_true(platform.uart_count == 0 || platform.uart[0].base == 0x3E8);
	}
}

static void expect_two(const struct row *row)
{
	struct dt_defect defect;

	assert_int_equal(read_edited(row, &defect), OK);
	assert_int_equal(platform.uart_count, 2);
	assert_true(platform.uart[0].present && platform.uart[1].present);
	assert_int_equal(platform.uart[0].base, 0x3E8);
	assert_int_equal(platform.uart[0].baud, 115200);
	assert_int_equal(platform.uart[0].intid, 0);
	assert_int_equal(platform.uart[1].base, 0x2E8);
	assert_int_equal(platform.uart[1].baud, 9600);
}

/* Other devices, the bus's own cells, and more ports than we use are nothing to us. */
static void test_good(void **state)
{
	const struct row rows[] = {
		{ .name = "as it is" },
		{ .name = "other cells", .edits = { CELLS(BUS, "#size-cells", 2) } },
		{ .name = "a third port",
		  .edits = { ADD(BUS, "serialx"),
			     SET("/pio-bus/serialx", "compatible", "other") } },
	};
	uint32_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		expect_two(&rows[i]);
	}
}

static void test_none(void **state)
{
	const struct row rows[] = {
		{ .name = "no bus", .edits = { DELETE(BUS, NULL) } },
		{ .name = "another bus", .edits = { SET(BUS, "compatible", "isa") } },
		{ .name = "a bus without a kind", .edits = { DELETE(BUS, "compatible") } },
		{ .name = "other ports",
		  .edits = { SET(COM1, "compatible", "x"), DELETE(COM2, "compatible") } },
	};
	struct dt_defect defect;
	uint32_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(read_edited(&rows[i], &defect), OK);
		assert_int_equal(platform.uart_count, 0);
	}
}

static int set_up(void **state)
{
	(void)state;
	good = tree_compile(TEST_DIR "/pio_tree.dts");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(good);
	tree_remove_folder();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_refused, tree_verdict),
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
