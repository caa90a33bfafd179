/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does bootinfo refuse each defect of a host's tree, and name the right node and property?
 *
 * The good tree is host_tree.dts; each row changes one thing of it and reaches another check.
 */
#include "dt/bootinfo.h"

#include "tests/unit/dt/tree_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libfdt.h>

static void *good;
static struct platform platform;

struct row {
	const char *name;
	struct edit edits[MAX_EDITS];
	struct refusal wanted;
};

#define CPU1 "/cpus/cpu@1"
#define MEM0 "/memory@0"
#define GIC "/intc@ffff0000"
#define COM1 "/serial@effec000"
#define COM2 "/serial@effeb000"
#define BUS2 "/bus/vmbus-vtl2"

static const struct row refused[] = {
	{ "root address cells",
	  { CELLS("/", "#address-cells", 1) },
	  { "/", "#address-cells", "not 2" } },
	{ "root size cells", { DELETE("/", "#size-cells") }, { "/", "#size-cells", "missing" } },
	{ "model unended", { RAW("/", "model", "microsoft") }, { "/", "model", "not one string" } },
	{ "no cpus", { DELETE("/cpus", NULL) }, { "/", "", "no /cpus node" } },
	{ "two cpus nodes",
	  { ADD("/", "cpux"), RENAME("/cpux", "cpus") },
	  { "/cpus", "", "a second node of this name" } },
	{ "cpu cells 3",
	  { CELLS("/cpus", "#address-cells", 3) },
	  { "/cpus", "#address-cells", "neither 1 nor 2" } },
	{ "cpu cells gone",
	  { DELETE("/cpus", "#address-cells") },
	  { "/cpus", "#address-cells", "missing" } },
	{ "cpu without status", { DELETE(CPU1, "status") }, { CPU1, "status", "missing" } },
	{ "cpu with a list of status",
	  { SET(CPU1, "status", "okay\0okay") },
	  { CPU1, "status", "not one string" } },
	{ "cpu status twice",
	  { SET(CPU1, "statux", "okay"), RENAME_PROP(CPU1, "statux", "status") },
	  { CPU1, "status", "there twice" } },
	{ "cpu reg of 8 bytes",
	  { CELLS(CPU1, "reg", 0, 0) },
	  { CPU1, "reg", "not a 4-byte number" } },
	{ "cpu reg of 4 bytes",
	  { CELLS("/cpus", "#address-cells", 2) },
	  { CPU1, "reg", "not an 8-byte number" } },
	{ "cpu without node id",
	  { DELETE(CPU1, "numa-node-id") },
	  { CPU1, "numa-node-id", "missing" } },
	{ "cpu number twice",
	  { CELLS("/cpus/cpu@2", "reg", 0) },
	  { "/cpus/cpu@2", "reg", "two processors have this number" } },
	{ "no cpu enabled",
	  { SET(CPU1, "status", "disabled"), SET("/cpus/cpu@2", "status", "disabled"),
	    SET("/cpus/cpu@4", "status", "fail") },
	  { "/cpus", "", "no processor with status okay" } },
	{ "boot cpu disabled",
	  { BOOT_CPU(0x200) },
	  { "/cpus", "", "the header's boot processor is not one of these" } },
	{ "no memory",
	  { RENAME(MEM0, "ram@0"), DELETE("/memory@8000000", NULL),
	    DELETE("/memory@100000000", NULL) },
	  { "/", "", "no /memory@ node" } },
	{ "memory without reg", { DELETE(MEM0, "reg") }, { MEM0, "reg", "missing" } },
	{ "memory reg of 12 bytes",
	  { CELLS(MEM0, "reg", 0, 0, 4096) },
	  { MEM0, "reg", "not whole pairs of address and size" } },
	{ "memory reg empty",
	  { RAW(MEM0, "reg", "") },
	  { MEM0, "reg", "not whole pairs of address and size" } },
	{ "memory size 0", { CELLS(MEM0, "reg", 0, 0, 0, 0) }, { MEM0, "reg", "empty range" } },
	{ "memory misaligned",
	  { CELLS(MEM0, "reg", 0, 0, 0, 0x1800) },
	  { MEM0, "reg", "not 4 KiB aligned" } },
	{ "memory wraps",
	  { CELLS(MEM0, "reg", 0xffffffff, 0xfffff000, 0, 0x2000) },
	  { MEM0, "reg", "runs past the end of the address space" } },
	{ "memory overlaps below",
	  { CELLS(MEM0, "reg", 0, 0, 0, 0x08001000) },
	  { MEM0, "reg", "overlaps another memory range" } },
	{ "memory overlaps above",
	  { CELLS(MEM0, "reg", 1, 0x3ffff000, 0, 0x2000) },
	  { MEM0, "reg", "overlaps another memory range" } },
	{ "memory overlaps itself",
	  { CELLS(MEM0, "reg", 0, 0x1000, 0, 0x1000, 0, 0x1000, 0, 0x1000) },
	  { MEM0, "reg", "overlaps another memory range" } },
	{ "memory without node id",
	  { DELETE(MEM0, "numa-node-id") },
	  { MEM0, "numa-node-id", "missing" } },
	{ "memory of type 4",
	  { CELLS(MEM0, "microsoft,igvm-type", 4) },
	  { MEM0, "microsoft,igvm-type", "unknown type of memory" } },
	{ "memory type of 8 bytes",
	  { CELLS(MEM0, "microsoft,igvm-type", 0, 3) },
	  { MEM0, "microsoft,igvm-type", "not a 4-byte number" } },
	{ "no memory for VTL2",
	  { CELLS("/memory@8000000", "microsoft,igvm-type", 1) },
	  { "/", "", "no memory of VTL2's type" } },
	{ "mode of nobody",
	  { SET("/openhcl", "memory-allocation-mode", "both") },
	  { "/openhcl", "memory-allocation-mode", "neither host nor vtl2" } },
	{ "mode gone",
	  { DELETE("/openhcl", "memory-allocation-mode") },
	  { "/openhcl", "memory-allocation-mode", "missing" } },
	{ "entropy without reg",
	  { DELETE("/openhcl/entropy", "reg") },
	  { "/openhcl/entropy", "reg", "missing" } },
	{ "bootargs too long",
	  { FILL("/chosen", "bootargs", PLATFORM_MAX_BOOTARGS) },
	  { "/chosen", "bootargs", "longer than supported" } },
	{ "bootargs with a hole",
	  { SET("/chosen", "bootargs", "a\0b") },
	  { "/chosen", "bootargs", "not one string" } },
	{ "gic of another kind",
	  { SET(GIC, "compatible", "arm,gic-400") },
	  { GIC, "compatible", "not arm,gic-v3" } },
	{ "gic compatible unended",
	  { RAW(GIC, "compatible", "arm,gic-v3") },
	  { GIC, "compatible", "not a list of strings" } },
	{ "gic with two regions",
	  { CELLS(GIC, "#redistributor-regions", 2) },
	  { GIC, "#redistributor-regions", "not 1" } },
	{ "gic cells", { DELETE(GIC, "#size-cells") }, { GIC, "#size-cells", "missing" } },
	{ "gic stride",
	  { CELLS(GIC, "redistributor-stride", 0, 0x40000) },
	  { GIC, "redistributor-stride", "not 0x20000" } },
	{ "gic reg short",
	  { CELLS(GIC, "reg", 0, 0xffff0000, 0, 0x10000) },
	  { GIC, "reg", "not distributor and redistributors" } },
	{ "gic distributor size",
	  { CELLS(GIC, "reg", 0, 0xffff0000, 0, 0x20000, 0, 0xeffee000, 0, 0x60000) },
	  { GIC, "reg", "distributor is not 0x10000 bytes" } },
	{ "gic redistributors of all processors",
	  { CELLS(GIC, "reg", 0, 0xffff0000, 0, 0x10000, 0, 0xeffee000, 0, 0x80000) },
	  { GIC, "reg", "redistributors are not 0x20000 bytes per enabled processor" } },
	{ "gic on memory",
	  { CELLS(GIC, "reg", 0, 0x07ff0000, 0, 0x10000, 0, 0xeffee000, 0, 0x60000) },
	  { GIC, "reg", "interrupt controller overlaps itself or memory" } },
	{ "gic wraps",
	  { CELLS(GIC, "reg", 0xffffffff, 0xffff8000, 0, 0x10000, 0, 0xeffee000, 0, 0x60000) },
	  { GIC, "reg", "misaligned, or runs past the end of the address space" } },
	{ "memory on the default gic",
	  { DELETE(GIC, NULL), CELLS(MEM0, "reg", 0, 0xf0000000, 0, 0x1000) },
	  { "/", "reg", "interrupt controller overlaps itself or memory" } },
	{ "two gics",
	  { RENAME("/unknown-to-everybody", "intc@1") },
	  { "/intc@1", "", "a second interrupt controller" } },
	{ "uart reg",
	  { CELLS(COM1, "reg", 0xeffec000, 0x1000) },
	  { COM1, "reg", "not one pair of address and size" } },
	{ "uart misaligned",
	  { CELLS(COM1, "reg", 0, 0xeffec800, 0, 0x1000) },
	  { COM1, "reg", "empty, not 4 KiB aligned, or wraps" } },
	{ "uart without interrupt",
	  { DELETE(COM1, "interrupts") },
	  { COM1, "interrupts", "missing" } },
	{ "uart with a PPI",
	  { CELLS(COM1, "interrupts", 1, 1, 4) },
	  { COM1, "interrupts", "not an SPI" } },
	{ "uart with SPI 988",
	  { CELLS(COM1, "interrupts", 0, 988, 4) },
	  { COM1, "interrupts", "no such interrupt number" } },
	{ "uart with two interrupts",
	  { CELLS(COM1, "interrupts", 0, 1, 4, 0, 2, 4) },
	  { COM1, "interrupts", "not one interrupt of three cells" } },
	{ "uart without speed",
	  { DELETE(COM1, "current-speed") },
	  { COM1, "current-speed", "missing" } },
	{ "two uarts on one interrupt",
	  { CELLS(COM2, "interrupts", 0, 1, 4) },
	  { COM2, "", "shares registers or interrupt with another port" } },
	{ "uart on memory",
	  { CELLS(COM2, "reg", 0, 0x08000000, 0, 0x1000) },
	  { "/", "", "a serial port lies on memory" } },
	{ "psci by mail",
	  { ADD("/", "psci"), SET("/psci", "method", "mail") },
	  { "/psci", "method", "neither hvc nor smc" } },
	{ "bus without ranges", { DELETE("/bus", "ranges") }, { "/bus", "ranges", "missing" } },
	{ "vmbus for VTL 1",
	  { CELLS(BUS2, "microsoft,vtl", 1) },
	  { BUS2, "microsoft,vtl", "neither 0 nor 2" } },
	{ "vmbus for VTL 0 twice",
	  { CELLS(BUS2, "microsoft,vtl", 0) },
	  { BUS2, "microsoft,vtl", "a second VMBus for this VTL" } },
	{ "vmbus without connection",
	  { DELETE(BUS2, "microsoft,message-connection-id") },
	  { BUS2, "microsoft,message-connection-id", "missing" } },
	{ "vmbus with one address cell",
	  { CELLS(BUS2, "#address-cells", 1) },
	  { BUS2, "#address-cells", "not 2" } },
	{ "vmbus with three size cells",
	  { CELLS(BUS2, "#size-cells", 3) },
	  { BUS2, "#size-cells", "neither 1 nor 2" } },
	{ "vmbus ranges of pairs",
	  { CELLS(BUS2, "ranges", 0, 0xe8000000, 0, 0x1000) },
	  { BUS2, "ranges", "not up to two triples" } },
	{ "vmbus translates",
	  { CELLS(BUS2, "ranges", 0, 0xe8000000, 0, 0xe9000000, 0, 0x1000) },
	  { BUS2, "ranges", "child and parent address differ" } },
	{ "vmbus misaligned",
	  { CELLS(BUS2, "ranges", 0, 0xe8000010, 0, 0xe8000010, 0, 0x1000) },
	  { BUS2, "ranges", "empty, not 4 KiB aligned, or wraps" } },
	{ "vmbus on memory",
	  { CELLS(BUS2, "ranges", 0, 0x1000, 0, 0x1000, 0, 0x1000) },
	  { BUS2, "ranges", "overlaps memory" } },
	{ "vmbus overlaps itself",
	  { CELLS(BUS2, "ranges", 0, 0xe8000000, 0, 0xe8000000, 0, 0x2000, 0, 0xe8001000, 0,
		  0xe8001000, 0, 0x1000) },
	  { BUS2, "ranges", "overlaps itself" } },
	{ "vmbuses overlap",
	  { CELLS(BUS2, "ranges", 0, 0xe0001000, 0, 0xe0001000, 0, 0x1000) },
	  { "/", "", "apertures of the two VMBuses overlap" } },
	{ "boot cpu ambiguous",
	  { CELLS("/cpus", "#address-cells", 2), CELLS(CPU1, "reg", 1, 0),
	    CELLS("/cpus/cpu@2", "reg", 2, 0), CELLS("/cpus/cpu@4", "reg", 2, 2) },
	  { "/cpus", "", "the header's boot processor is not one of these" } },
};

static void read_edited(const struct row *row)
{
	void *tree = tree_edited(good, row->edits);
	struct dt_defect defect;
	enum err e = bootinfo_read(tree, fdt_totalsize(tree), &platform, &defect);

	tree_expect("tree", row->name, e, &defect, &row->wanted);
	free(tree);
}

static void test_refused(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		read_edited(&refused[i]);
		/* Only what can print the refusal is left, and that not if it lies on memory. */
		assert_int_equal(platform.cpu_count, 0);
		assert_int_equal(platform.mem_count, 0);
		assert_int_equal(platform.entropy_size, 0);
	}
}

static const struct row *row_named(const char *name)
{
	uint32_t i;

	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		if (strcmp(refused[i].name, name) == 0) {
			return &refused[i];
		}
	}
	fail_msg("no row %s", name);
	abort(); /* not reached: the test has ended */
}

static void test_console_survives(void **state)
{
	(void)state;
	read_edited(row_named("memory without reg"));
	assert_int_equal(platform.uart_count, 2);
	assert_int_equal(platform.uart[0].base, 0xeffec000);
	read_edited(row_named("uart without speed"));
	assert_int_equal(platform.uart_count, 0);
	read_edited(row_named("two uarts on one interrupt"));
	assert_int_equal(platform.uart_count, 1);
	read_edited(row_named("uart on memory"));
	assert_int_equal(platform.uart_count, 0);
}

/* More of a thing than there is room for. */
static void test_limits(void **state)
{
	void *tree = malloc(65536);
	struct dt_defect defect;
	struct refusal cpus = { "/cpus/cpu@5", "", "more processors than supported" };
	struct refusal ranges = { MEM0, "reg", "more memory ranges than supported" };
	char name[16];
	uint32_t i;
	enum err e;
	int node;

	(void)state;
	assert_int_equal(fdt_open_into(good, tree, 65536), 0);
	for (i = 5; i < 5 + PLATFORM_MAX_CPUS - 2; i++) {
		snprintf(name, sizeof(name), "cpu@%x", i);
		node = fdt_add_subnode(tree, fdt_path_offset(tree, "/cpus"), name);
		assert_true(node > 0);
		fdt_setprop_string(tree, node, "status", "okay");
		fdt_setprop_u32(tree, node, "reg", 0x1000 + i);
		fdt_setprop_u32(tree, node, "numa-node-id", 0);
	}
	e = bootinfo_read(tree, 65536, &platform, &defect);
	/* New nodes go to the front, so the last one met is the first of the old ones. */
	cpus.node = "/cpus/cpu@4";
	tree_expect("tree", "a processor too many", e, &defect, &cpus);

	assert_int_equal(fdt_open_into(good, tree, 65536), 0);
	node = fdt_path_offset(tree, MEM0);
	fdt_setprop(tree, node, "reg", NULL, 0);
	for (i = 0; i < PLATFORM_MAX_MEM_RANGES; i++) {
		fdt_appendprop_u64(tree, node, "reg", i * 0x2000);
		fdt_appendprop_u64(tree, node, "reg", 0x1000);
	}
	e = bootinfo_read(tree, 65536, &platform, &defect);
	tree_expect("tree", "a memory range too many", e, &defect, &ranges);
	free(tree);
}

static int set_up(void **state)
{
	(void)state;
	good = tree_compile(TEST_DIR "/host_tree.dts");
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
		cmocka_unit_test_teardown(test_console_survives, tree_verdict),
		cmocka_unit_test_teardown(test_limits, tree_verdict),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
