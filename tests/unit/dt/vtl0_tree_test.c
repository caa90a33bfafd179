/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is VTL0's tree what a stock kernel expects, and does it say what the firmware checked?
 *
 * Read back with libfdt, by the firmware's own checker, and by dtc, which knows the bindings'
 * formal rules.
 */
#include "dt/vtl0_tree.h"

#include "dt/fdt_check.h"
#include "tests/unit/dt/tree_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libfdt.h>

static _Alignas(8) uint8_t tree[VTL0_TREE_SIZE];

static const struct range memory[] = { { 0, 0x08000000 }, { 0x100000000, 0x40000000 } };
static const hw_id_t cpus[] = { { 0x100 }, { 0 }, { 0x200000001 } };
static const uint8_t seed[] = { 1, 2, 3, 4, 5 };

static struct vtl0_tree_input full_input(void)
{
	return (struct vtl0_tree_input){
		.memory = memory,
		.memory_count = ARRAY_SIZE(memory),
		.cpus = cpus,
		.cpu_count = ARRAY_SIZE(cpus),
		.boot_cpu = { 0x100 },
		.gicd_base = 0xffff0000,
		.gicr_base = 0xeffee000,
		.gicr_count = ARRAY_SIZE(cpus) + 1,
		.timer_intid = VTL0_TREE_DEFAULT_TIMER_INTID,
		.has_uart = true,
		.uart_base = 0xeffeb000,
		.uart_intid = 34,
		.door_page = 0x0bfff000,
		.has_vtl_call = true,
		.services_intid = 40,
		.initrd = { 0x04000000, 0x1234 },
		.bootargs = "console=ttyAMA0",
		.kaslr_seed = 0x0123456789abcdef,
		.rng_seed = seed,
		.rng_seed_size = sizeof(seed),
	};
}

static uint32_t build(const struct vtl0_tree_input *in)
{
	static const struct fdt_limits limits = { .size = VTL0_TREE_SIZE, .tags = 4096 };
	static struct fdt_index index;
	struct dt_defect defect;
	uint32_t used;

	memset(tree, 0xa5, sizeof(tree));
	assert_int_equal(vtl0_tree_build(in, tree, sizeof(tree), &used), OK);
	assert_int_equal(used, fdt_totalsize(tree));
	assert_int_equal(fdt_check_full(tree, used), 0);
	assert_int_equal(fdt_check(tree, used, &limits, &index, &defect), OK);
	return used;
}

static const void *value(const char *path, const char *name, int size)
{
	int found;
	const void *bytes = fdt_getprop(tree, fdt_path_offset(tree, path), name, &found);

	if (bytes == NULL || found != size) {
		fail_msg("%s %s: %d bytes, not %d", path, name, found, size);
	}
	return bytes;
}

static void expect_strings(const char *path, const char *name, const char *text, int size)
{
	assert_memory_equal(value(path, name, size), text, (size_t)size);
}

#define EXPECT_STRING(path, name, text) expect_strings(path, name, text, sizeof(text))

static void expect_u64(const char *path, const char *name, int count, ...)
{
	const uint8_t *bytes = value(path, name, 8 * count);
	va_list args;
	int i;

	va_start(args, count);
	for (i = 0; i < count; i++) {
		assert_int_equal(fdt64_ld((const fdt64_t *)(bytes + 8 * i)),
				 va_arg(args, uint64_t));
	}
	va_end(args);
}

static void expect_u32(const char *path, const char *name, int count, ...)
{
	const uint8_t *bytes = value(path, name, 4 * count);
	va_list args;
	int i;

	va_start(args, count);
	for (i = 0; i < count; i++) {
		assert_int_equal(fdt32_ld((const fdt32_t *)(bytes + 4 * i)),
				 va_arg(args, uint32_t));
	}
	va_end(args);
}

#define U64(x) UINT64_C(x)

static bool has_node(const char *path)
{
	return fdt_path_offset(tree, path) >= 0;
}

static bool has_property(const char *path, const char *name)
{
	return fdt_getprop(tree, fdt_path_offset(tree, path), name, NULL) != NULL;
}

static void test_full(void **state)
{
	struct vtl0_tree_input in = full_input();

	(void)state;
	build(&in);
	assert_int_equal(fdt_boot_cpuid_phys(tree), 0x100);
	expect_u32("/", "#address-cells", 1, 2);
	expect_u32("/", "#size-cells", 1, 2);
	expect_u32("/", "interrupt-parent", 1, 1);

	EXPECT_STRING("/psci", "compatible", "arm,psci-1.0\0arm,psci-0.2");
	EXPECT_STRING("/psci", "method", "hvc");

	/* In the order given: the first is the one that boots. */
	assert_string_equal(
		fdt_get_name(tree, fdt_first_subnode(tree, fdt_path_offset(tree, "/cpus")), NULL),
		"cpu@100");
	EXPECT_STRING("/cpus/cpu@0", "device_type", "cpu");
	EXPECT_STRING("/cpus/cpu@0", "enable-method", "psci");
	expect_u64("/cpus/cpu@200000001", "reg", 1, U64(0x200000001));

	EXPECT_STRING("/memory@0", "device_type", "memory");
	expect_u64("/memory@0", "reg", 2, U64(0), U64(0x08000000));
	expect_u64("/memory@100000000", "reg", 2, U64(0x100000000), U64(0x40000000));

	EXPECT_STRING("/intc@ffff0000", "compatible", "arm,gic-v3");
	expect_u64("/intc@ffff0000", "reg", 4, U64(0xffff0000), U64(0x10000), U64(0xeffee000),
		   U64(0x80000));
	expect_u32("/intc@ffff0000", "#interrupt-cells", 1, 3);
	expect_u32("/intc@ffff0000", "phandle", 1, 1);
	value("/intc@ffff0000", "interrupt-controller", 0);

	EXPECT_STRING("/timer", "compatible", "arm,armv8-timer");
	EXPECT_STRING("/timer", "interrupt-names", "virt");
	expect_u32("/timer", "interrupts", 3, 1, 4, 8);

	EXPECT_STRING("/serial@effeb000", "compatible", "arm,pl011\0arm,primecell");
	expect_u64("/serial@effeb000", "reg", 2, U64(0xeffeb000), U64(0x1000));
	expect_u32("/serial@effeb000", "interrupts", 3, 0, 2, 4);
	EXPECT_STRING("/serial@effeb000", "clock-names", "uartclk\0apb_pclk");
	expect_u32("/serial@effeb000", "clocks", 2, 2, 2);
	EXPECT_STRING("/clock", "compatible", "fixed-clock");
	expect_u32("/clock", "phandle", 1, 2);
}

static void test_chosen_and_services(void **state)
{
	struct vtl0_tree_input in = full_input();

	(void)state;
	build(&in);
	EXPECT_STRING("/chosen", "bootargs", "console=ttyAMA0");
	EXPECT_STRING("/chosen", "stdout-path", "/serial@effeb000");
	expect_u64("/chosen", "linux,initrd-start", 1, U64(0x04000000));
	expect_u64("/chosen", "linux,initrd-end", 1, U64(0x04001234));
	expect_u64("/chosen", "kaslr-seed", 1, U64(0x0123456789abcdef));
	assert_memory_equal(value("/chosen", "rng-seed", sizeof(seed)), seed, sizeof(seed));

	EXPECT_STRING("/firmware/paravane", "compatible", "paravane,services-1");
	EXPECT_STRING("/firmware/paravane", "method", "door-page\0vtl-call");
	expect_u64("/firmware/paravane", "reg", 2, U64(0x0bfff000), U64(0x1000));
	expect_u32("/firmware/paravane", "interrupts", 3, 0, 8, 1);
	value("/firmware", "ranges", 0);

	in.door_page = 0;
	build(&in);
	EXPECT_STRING("/firmware/paravane", "method", "vtl-call");
	assert_false(has_property("/firmware/paravane", "reg"));

	in = full_input();
	in.has_vtl_call = false;
	in.services_intid = 0;
	build(&in);
	EXPECT_STRING("/firmware/paravane", "method", "door-page");
	assert_false(has_property("/firmware/paravane", "interrupts"));

	in.door_page = 0;
	in.has_uart = false;
	in.initrd.size = 0;
	in.bootargs = NULL;
	in.kaslr_seed = 0;
	in.rng_seed_size = 0;
	build(&in);
	assert_false(has_node("/firmware"));
	assert_false(has_node("/clock"));
	EXPECT_STRING("/chosen", "bootargs", "");
	assert_false(has_property("/chosen", "stdout-path"));
	assert_false(has_property("/chosen", "linux,initrd-start"));
	assert_false(has_property("/chosen", "kaslr-seed"));
	assert_false(has_property("/chosen", "rng-seed"));
}

/* Linux on arm64 takes ACPI only if the tree holds nothing but /chosen. */
static void test_acpi(void **state)
{
	struct vtl0_tree_input in = full_input();
	int node;

	(void)state;
	in.efi = (struct vtl0_tree_efi){
		.system_table = 0x07f00000,
		.memory_map = 0x07f00128,
		.memory_map_size = 200,
		.descriptor_size = 40,
		.descriptor_version = 1,
	};
	build(&in);
	node = fdt_first_subnode(tree, 0);
	assert_string_equal(fdt_get_name(tree, node, NULL), "chosen");
	assert_true(fdt_next_subnode(tree, node) < 0);
	expect_u64("/chosen", "linux,uefi-system-table", 1, U64(0x07f00000));
	expect_u64("/chosen", "linux,uefi-mmap-start", 1, U64(0x07f00128));
	expect_u32("/chosen", "linux,uefi-mmap-size", 1, 200);
	expect_u32("/chosen", "linux,uefi-mmap-desc-size", 1, 40);
	expect_u32("/chosen", "linux,uefi-mmap-desc-ver", 1, 1);
	expect_u32("/chosen", "linux,uefi-secure-boot", 1, 2);
	expect_u64("/chosen", "linux,initrd-end", 1, U64(0x04001234));
	assert_false(has_property("/chosen", "stdout-path"));
}

static void test_refused(void **state)
{
	static const struct range empty[] = { { 0x1000, 0 } };
	const struct vtl0_tree_input good = full_input();
	struct vtl0_tree_input bad[10];
	uint32_t i, used;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		bad[i] = good;
	}
	bad[0].cpu_count = 0;
	bad[1].boot_cpu.v = 7;
	bad[2].memory_count = 0;
	bad[3].memory = empty;
	bad[4].timer_intid = 15;
	bad[5].timer_intid = 32;
	bad[6].uart_intid = 31;
	bad[7].uart_intid = 1020;
	bad[8].services_intid = 20;
	bad[9].door_page = 0x800;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		used = 1;
		assert_int_equal(vtl0_tree_build(&bad[i], tree, sizeof(tree), &used), ERR_INVALID);
		assert_int_equal(used, 0);
	}
}

/* Every size that is too small, the exact fit, and no byte behind the buffer. */
static void test_room(void **state)
{
	const struct vtl0_tree_input in = full_input();
	uint32_t used, again, size;
	void *small;
	enum err e;

	(void)state;
	used = build(&in);
	for (size = 0; size <= used + 64; size += 4) {
		small = malloc(size != 0 ? size : 1);
		e = vtl0_tree_build(&in, small, size, &again);
		assert_true(e == (size < used ? ERR_NO_MEMORY : OK) ||
			    (size < used + 64 && e == ERR_NO_MEMORY));
		free(small);
	}
	assert_int_equal(e, OK);
}

/* The largest platform fits. */
static void test_largest(void **state)
{
	struct vtl0_tree_input in = full_input();
	struct range ranges[64];
	hw_id_t ids[64];
	char bootargs[1024];
	uint32_t i;

	(void)state;
	for (i = 0; i < 64; i++) {
		ids[i].v = 0x100000000u + i;
		ranges[i] = (struct range){ 0x1000000000u + 0x10000000ull * i, 0x1000 };
	}
	memset(bootargs, 'b', sizeof(bootargs) - 1);
	bootargs[sizeof(bootargs) - 1] = '\0';
	in.cpus = ids;
	in.cpu_count = 64;
	in.boot_cpu = ids[63];
	in.memory = ranges;
	in.memory_count = 64;
	in.bootargs = bootargs;
	assert_true(build(&in) < VTL0_TREE_SIZE / 2);
}

static void check_with_dtc(const struct vtl0_tree_input *in, const char *name)
{
	uint32_t size = build(in);
	char path[128];
	size_t log_size;
	char *log;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.dtb", tree_folder(), name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(tree, 1, size, file), size);
	fclose(file);
	/* Without -f an error makes dtc fail. Warnings are listed; the one that we keep is that
	 * /firmware/paravane has a reg and, by agreement, no address in its name. */
	tree_tool("dtc -I dtb -O dts -o %s.dts %s.dtb 2>%s.log; echo >>%s.log", name, name, name,
		  name);
	tree_tool("grep -v -e unit_address_vs_reg -e '^$' %s.log >%s.rest || true", name, name);
	snprintf(path, sizeof(path), "%s/%s.rest", tree_folder(), name);
	log = tree_load(path, &log_size);
	if (log_size != 0) {
		fail_msg("dtc: %.*s", (int)log_size, log);
	}
	free(log);
}

static void test_dtc(void **state)
{
	struct vtl0_tree_input in = full_input();

	(void)state;
	check_with_dtc(&in, "full");
	in.efi.system_table = 0x1000;
	check_with_dtc(&in, "acpi");
}

static int tear_down(void **state)
{
	(void)state;
	tree_remove_folder();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full), cmocka_unit_test(test_chosen_and_services),
		cmocka_unit_test(test_acpi), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_room), cmocka_unit_test(test_largest),
		cmocka_unit_test(test_dtc),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
