/* SPDX-License-Identifier: BSD-2-Clause */
/* Is the host's tree the one that hosts are known to give, and is each defect in it? */
#include "tests/host/common/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/host/common/bytes.h"
#include "tests/host/common/fdt_read.h"
#include "tests/host/common/tree_defect.h"
#include "tests/unit/host/judge.h"
#include "tests/unit/host/test.h"

#define CAP 0x40000U

static const uint64_t hw_id[3] = { 0, 2, 1 };

static const struct tree_range memory[3] = {
	{ 0, 0x08000000, TREE_MEMORY },
	{ 0x08000000, 0x400000, TREE_MEMORY_VTL2 },
	{ 0x08400000, 0x07C00000, TREE_MEMORY },
};

static const uint8_t entropy[4] = { 0xDE, 0xAD, 0xBE, 0xEF };

static uint8_t fdt[CAP] __attribute__((aligned(8)));
static uint8_t good_fdt[CAP] __attribute__((aligned(8)));
static char text[CAP];

static struct tree_params good(void)
{
	struct tree_params params = {
		.hw_id = hw_id,
		.vp_count = 3,
		.cpu_cells = 2,
		.boot_cpuid = 7,
		.memory = memory,
		.memory_count = 3,
		.uart = { { 0xEFFEC000, 33 }, { 0xEFFEB000, 34 } },
		.vmbus_vtl0 = { 0xF0000000, 0x1000000, 0 },
		.vmbus_vtl2 = { 0xF1000000, 0x1000000, 0 },
		.gicd_base = 0xFFFF0000,
		.gicr_base = 0xEFFEE000,
		.entropy = entropy,
		.entropy_size = sizeof(entropy),
	};

	return params;
}

/* The tree as the outside judge prints it, white space between words being one blank. */
static void print(const struct tree_params *params)
{
	size_t size = 0;
	size_t from;
	size_t to = 0;

	assert_null(tree_build(params, fdt, sizeof(fdt), &size));
	assert_true(judge_reads(fdt, size, text, sizeof(text)));
	for (from = 0; text[from] != '\0'; from++) {
		bool blank = text[from] == ' ' || text[from] == '\n' || text[from] == '\t';

		if (!blank) {
			text[to++] = text[from];
		} else if (to > 0 && text[to - 1] != ' ') {
			text[to++] = ' ';
		}
	}
	text[to] = '\0';
}

static void test_whole(void **state)
{
	static const char expected[] =
		"/dts-v1/; / { #address-cells = <0x02>; #size-cells = <0x02>; "
		"model = \"microsoft,hyperv\"; "
		"cpus { #address-cells = <0x02>; #size-cells = <0x00>; "
		"cpu@1 { device_type = \"cpu\"; status = \"okay\"; reg = <0x00 0x00>; "
		"numa-node-id = <0x00>; }; "
		"cpu@2 { device_type = \"cpu\"; status = \"okay\"; reg = <0x00 0x02>; "
		"numa-node-id = <0x00>; }; "
		"cpu@3 { device_type = \"cpu\"; status = \"okay\"; reg = <0x00 0x01>; "
		"numa-node-id = <0x00>; }; }; "
		"memory@8400000 { device_type = \"memory\"; reg = <0x00 0x8400000 0x00 0x7c00000>; "
		"numa-node-id = <0x00>; microsoft,igvm-type = <0x00>; }; "
		"memory@8000000 { device_type = \"memory\"; reg = <0x00 0x8000000 0x00 0x400000>; "
		"numa-node-id = <0x00>; microsoft,igvm-type = <0x03>; }; "
		"memory@0 { device_type = \"memory\"; reg = <0x00 0x00 0x00 0x8000000>; "
		"numa-node-id = <0x00>; microsoft,igvm-type = <0x00>; }; "
		"bus { compatible = \"simple-bus\"; #address-cells = <0x02>; #size-cells = <0x02>; "
		"ranges; "
		"vmbus-vtl0@f0000000 { compatible = \"microsoft,vmbus\"; #address-cells = <0x02>; "
		"#size-cells = <0x02>; ranges = <0x00 0xf0000000 0x00 0xf0000000 0x00 0x1000000>; "
		"microsoft,vtl = <0x00>; microsoft,message-connection-id = <0x01>; }; "
		"vmbus-vtl2@f1000000 { compatible = \"microsoft,vmbus\"; #address-cells = <0x02>; "
		"#size-cells = <0x02>; ranges = <0x00 0xf1000000 0x00 0xf1000000 0x00 0x1000000>; "
		"microsoft,vtl = <0x02>; microsoft,message-connection-id = <0x04>; }; }; "
		"serial@effec000 { compatible = \"arm,sbsa-uart\"; "
		"reg = <0x00 0xeffec000 0x00 0x1000>; current-speed = <0x1c200>; "
		"interrupt-parent = <0x01>; interrupts = <0x00 0x01 0x04>; }; "
		"serial@effeb000 { compatible = \"arm,sbsa-uart\"; "
		"reg = <0x00 0xeffeb000 0x00 0x1000>; current-speed = <0x1c200>; "
		"interrupt-parent = <0x01>; interrupts = <0x00 0x02 0x04>; }; "
		"openhcl { memory-allocation-mode = \"host\"; entropy { reg = <0xdeadbeef>; }; }; "
		"}; ";
	struct tree_params params = good();

	(void)state;
	if (!judge_present()) {
		skip();
	}
	print(&params);
	assert_string_equal(text, expected);
	assert_int_equal(bytes_be32(fdt + 28), 7);
}

static void test_choices(void **state)
{
	struct tree_params params = good();

	(void)state;
	if (!judge_present()) {
		skip();
	}
	params.cpus_reversed = true;
	params.cpu_cells = 1;
	params.gic = true;
	params.bootargs = "one two";
	params.vmbus_vtl0.size = 0;
	params.entropy_size = 0;
	print(&params);
	assert_non_null(strstr(text, "cpus { #address-cells = <0x01>; #size-cells = <0x00>; "
				     "cpu@3 { device_type = \"cpu\"; status = \"okay\"; "
				     "reg = <0x01>; "));
	assert_non_null(strstr(text, "intc@ffff0000 { compatible = \"arm,gic-v3\"; "
				     "#redistributor-regions = <0x01>; "
				     "redistributor-stride = <0x00 0x20000>; "));
	assert_non_null(strstr(text, "reg = <0x00 0xffff0000 0x00 0x10000 0x00 0xeffee000 "
				     "0x00 0x60000>; ranges; phandle = <0x01>; };"));
	assert_non_null(strstr(text, "chosen { bootargs = \"one two\"; };"));
	assert_non_null(strstr(text, "vmbus-vtl0 { compatible = \"microsoft,vmbus\"; "
				     "#address-cells = <0x02>; #size-cells = <0x02>; ranges; "));
	assert_non_null(strstr(text, "openhcl { memory-allocation-mode = \"host\"; };"));
}

/* VMBus by Linux's binding, and memory that says its type only where it is VTL2's. */
static void test_ports(void **state)
{
	struct tree_params params = good();
	size_t size;

	(void)state;
	if (!judge_present()) {
		skip();
	}
	params.ports = true;
	params.uart[0] = (struct tree_uart){ 0x3E8, 0 };
	params.uart[1] = (struct tree_uart){ 0x2E8, 0 };
	print(&params);
	assert_non_null(strstr(text, "pio-bus { compatible = \"x86-pio-bus\"; "
				     "#address-cells = <0x01>; #size-cells = <0x01>; ranges; "
				     "serial@3e8 { compatible = \"ns16550\"; "
				     "reg = <0x00 0x3e8 0x00 0x08>; current-speed = <0x1c200>; }; "
				     "serial@2e8 { compatible = \"ns16550\"; "));
	assert_null(strstr(text, "sbsa-uart"));
	params.defect = "uart-no-reg";
	print(&params);
	assert_non_null(strstr(text, "serial@3e8 { compatible = \"ns16550\"; current-speed"));
	/* What nothing can be at a port must not pass as if it had been made. */
	params.defect = "uart-no-irq";
	assert_non_null(tree_build(&params, fdt, sizeof(fdt), &size));
}

/* What a kernel wants, with the timer of arm64 and without. */
static void test_kernel_nodes(void **state)
{
	struct tree_params params = good();

	(void)state;
	if (!judge_present()) {
		skip();
	}
	params.kernel_nodes = true;
	params.timer_intid = 20;
	params.gic = true;
	print(&params);
	assert_non_null(strstr(text,
			       "model = \"microsoft,hyperv\"; "
			       "compatible = \"microsoft,hyperv\"; interrupt-parent = <0x01>; "
			       "psci { compatible = \"arm,psci-1.0\"; method = \"hvc\"; }; "
			       "timer { compatible = \"arm,armv8-timer\"; "
			       "interrupt-names = \"virt\"; "
			       "interrupts = <0x01 0x04 0x08>; always-on; }; "));
	assert_non_null(strstr(text, "reg = <0x00 0x02>; enable-method = \"psci\"; "));
	params.timer_intid = 0;
	print(&params);
	assert_non_null(strstr(text, "compatible = \"microsoft,hyperv\"; cpus { "));
	assert_null(strstr(text, "psci"));
}

static void test_dialects(void **state)
{
	struct tree_params params = good();

	(void)state;
	if (!judge_present()) {
		skip();
	}
	print(&params);
	assert_non_null(strstr(text, "microsoft,igvm-type = <0x00>"));
	params.vmbus_size1 = true;
	params.types_vtl2 = true;
	print(&params);
	assert_non_null(strstr(text, "#size-cells = <0x01>; "
				     "ranges = <0x00 0xf0000000 0x00 0xf0000000 0x1000000>; "
				     "dma-coherent; interrupt-parent = <0x01>; "
				     "interrupts = <0x01 0x07 0x01>; microsoft,vtl = <0x00>; "));
	assert_null(strstr(text, "microsoft,igvm-type = <0x00>"));
	assert_non_null(strstr(text, "microsoft,igvm-type = <0x03>"));
}

/* Defects of the blob itself are refused by the judge, but for two fields that it does not read. */
static bool judge_refuses(enum tree_defect_id id)
{
	return id >= TREE_FIRST_ZERO && id <= TREE_PROP_NAME_PAST && id != TREE_BAD_VERSION &&
	       id != TREE_STRUCT_CUT;
}

static void test_defects(void **state)
{
	struct tree_params params = good();
	size_t good_size = 0;
	uint32_t n;

	(void)state;
	assert_null(tree_build(&params, good_fdt, CAP, &good_size));
	for (n = 0; tree_defect(n) != NULL; n++) {
		enum tree_defect_id id = tree_defect_find(tree_defect(n)->name);
		size_t size = 0;

		assert_int_equal(id, TREE_GOOD + 1 + n);
		assert_true(strlen(tree_defect(n)->text) > 10);
		params.defect = tree_defect(n)->name;
		assert_null(tree_build(&params, fdt, sizeof(fdt), &size));
		if (size == good_size && memcmp(fdt, good_fdt, size) == 0) {
			fail_msg("tree=%s is the good tree", tree_defect(n)->name);
		}
		if (judge_present() && judge_reads(fdt, size, NULL, 0) == judge_refuses(id)) {
			fail_msg("tree=%s: the judge sees it the other way", tree_defect(n)->name);
		}
	}
	assert_true(n >= 25);
	assert_int_equal(n, TREE_DEFECT_COUNT - 1);
}

static void test_defect_names(void **state)
{
	struct tree_params params = good();
	size_t size = 0;
	uint32_t i;
	uint32_t k;

	(void)state;
	assert_int_equal(tree_defect_find(NULL), TREE_GOOD);
	assert_int_equal(tree_defect_find(""), TREE_GOOD);
	assert_int_equal(tree_defect_find("nothing"), TREE_DEFECT_COUNT);
	params.defect = "nothing";
	assert_non_null(tree_build(&params, fdt, sizeof(fdt), &size));
	for (i = 0; tree_defect(i) != NULL; i++) {
		for (k = 0; k < i; k++) {
			assert_string_not_equal(tree_defect(i)->name, tree_defect(k)->name);
		}
	}
}

static void test_no_room(void **state)
{
	struct tree_params params = good();
	size_t size = 0;
	size_t cap;

	(void)state;
	assert_null(tree_build(&params, fdt, sizeof(fdt), &size));
	for (cap = 0; cap < size; cap += 4) {
		uint8_t *small = malloc(cap > 0 ? cap : 1);
		size_t length;

		assert_non_null(small);
		assert_non_null(tree_build(&params, small, cap, &length));
		free(small);
	}
	params.vp_count = 0;
	assert_non_null(tree_build(&params, fdt, sizeof(fdt), &size));
}

static void test_split(void **state)
{
	static const struct tree_range ram[2] = {
		{ 0, 0xE0000000, 0 },
		{ 0x100000000, 0x20000000, 0 },
	};
	static const struct tree_range vtl2[3] = {
		{ 0, 0x1000, 0 },
		{ 0x08000000, 0x400000, 0 },
		{ 0x11FFFF000, 0x1000, 0 },
	};
	static const struct tree_range expected[6] = {
		{ 0, 0x1000, 3 },
		{ 0x1000, 0x07FFF000, 0 },
		{ 0x08000000, 0x400000, 3 },
		{ 0x08400000, 0xD7C00000, 0 },
		{ 0x100000000, 0x1FFFF000, 0 },
		{ 0x11FFFF000, 0x1000, 3 },
	};
	struct tree_range out[6];
	uint32_t i;

	(void)state;
	assert_int_equal(tree_split_memory(ram, 2, vtl2, 3, out, 6), 6);
	for (i = 0; i < 6; i++) {
		assert_true(out[i].base == expected[i].base && out[i].size == expected[i].size);
		assert_int_equal(out[i].type, expected[i].type);
	}
	assert_int_equal(tree_split_memory(ram, 2, vtl2, 3, out, 5), 0);
	assert_int_equal(tree_split_memory(ram, 2, vtl2, 0, out, 6), 2);
}

static void test_split_refused(void **state)
{
	static const struct tree_range ram[2] = {
		{ 0, 0x10000, 0 },
		{ 0x20000, 0x10000, 0 },
	};
	static const struct tree_range bad[][2] = {
		{ { 0x0F000, 0x2000, 0 }, { 0x20000, 0x1000, 0 } }, /* leaves RAM */
		{ { 0x10000, 0x1000, 0 }, { 0x20000, 0x1000, 0 } }, /* in no RAM */
		{ { 0x20000, 0x1000, 0 }, { 0x00000, 0x1000, 0 } }, /* not ascending */
		{ { 0x01000, 0x2000, 0 }, { 0x02000, 0x1000, 0 } }, /* overlap */
		{ { 0x01000, 0x0800, 0 }, { 0x02000, 0x1000, 0 } }, /* not whole pages */
		{ { 0x01000, 0, 0 }, { 0x02000, 0x1000, 0 } },	    /* empty */
		{ { 0x01000, 0x1000, 0 }, { UINT64_MAX - 0xFFF, 0x1000, 0 } },
		{ { 0x01000, 0x1000, 0 }, { 0x22000, UINT64_MAX - 0xFFF, 0 } },
	};
	struct tree_range out[8];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(tree_split_memory(ram, 2, bad[i], 2, out, 8), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),	     cmocka_unit_test(test_choices),
		cmocka_unit_test(test_dialects),     cmocka_unit_test(test_defects),
		cmocka_unit_test(test_defect_names), cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_split),	     cmocka_unit_test(test_split_refused),
		cmocka_unit_test(test_ports),	     cmocka_unit_test(test_kernel_nodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
