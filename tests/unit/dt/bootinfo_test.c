/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does bootinfo take a host's tree as described, in all its tolerated variants, and survive any
 * other? What it says to the others is in bootinfo_refused_test.c.
 */
#include "dt/bootinfo.h"

#include "tests/unit/dt/tree_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libfdt.h>

static void *good;
static struct platform platform;

struct row {
	const char *name;
	struct edit edits[MAX_EDITS];
};

#define CPU1 "/cpus/cpu@1"
#define GIC "/intc@ffff0000"
#define COM1 "/serial@effec000"
#define COM2 "/serial@effeb000"
#define BUS2 "/bus/vmbus-vtl2"

static const struct refusal no_refusal = { NULL, NULL, NULL };

static void read_edited(const struct row *row)
{
	void *tree = tree_edited(good, row->edits);
	struct dt_defect defect;
	enum err e = bootinfo_read(tree, fdt_totalsize(tree), &platform, &defect);

	tree_expect("tree", row->name, e, &defect, &no_refusal);
	free(tree);
}

static void test_good(void **state)
{
	static const struct row row = { .name = "good" };

	(void)state;
	read_edited(&row);
	assert_true(platform.model_is_hyperv);
	assert_true(platform.has_openhcl);
	assert_true(platform.has_vmbus_vtl2);
	assert_false(platform.has_hypervisor);
	assert_false(platform.psci_conduit_hvc || platform.psci_conduit_smc);
	assert_int_equal(platform.boot_hw_id.v, 0);
	assert_int_equal(platform.cpu_count, 3);
	assert_int_equal(platform.cpu[1].hw_id.v, 0x100);
	assert_int_equal(platform.cpu[2].hw_id.v, 0x101);
	assert_int_equal(platform.cpu[2].numa_node, 1);
	assert_int_equal(platform.mem_count, 4);
	assert_int_equal(platform.mem[0].range.base, 0);
	assert_int_equal(platform.mem[1].range.base, 0x8000000);
	assert_int_equal(platform.mem[1].range.size, 0x400000);
	assert_int_equal(platform.mem[1].type, MEM_VTL2);
	assert_int_equal(platform.mem[2].range.base, 0x100000000);
	assert_int_equal(platform.mem[3].range.base, 0x200000000);
	assert_int_equal(platform.mem[3].numa_node, 1);
	assert_int_equal(platform.uart_count, 2);
	assert_int_equal(platform.uart[0].intid, 33);
	assert_int_equal(platform.uart[1].base, 0xeffeb000);
	assert_int_equal(platform.uart[1].intid, 34);
	assert_int_equal(platform.uart[1].baud, 9600);
	assert_true(platform.gic.from_tree);
	assert_int_equal(platform.gic.gicd_base, 0xffff0000);
	assert_int_equal(platform.gic.gicr_base, 0xeffee000);
	assert_true(platform.vmbus_vtl0.present);
	assert_int_equal(platform.vmbus_vtl0.aperture_count, 2);
	assert_int_equal(platform.vmbus_vtl0.aperture[1].base, 0xf00000000);
	assert_int_equal(platform.vmbus_vtl2.connection_id, 0x800074);
	assert_int_equal(platform.vmbus_vtl2.aperture_count, 0);
	assert_int_equal(platform.vmbus_vtl2.intid, 0);
	assert_false(platform.vtl2_chooses_memory);
	assert_int_equal(platform.entropy_size, 16);
	assert_int_equal(platform.entropy[15], 0xff);
	assert_string_equal(platform.bootargs, "log=debug");
}

static const struct row accepted[] = {
	{ "cpus of two cells",
	  { CELLS("/cpus", "#address-cells", 2), CELLS(CPU1, "reg", 1, 0),
	    CELLS("/cpus/cpu@2", "reg", 2, 1), CELLS("/cpus/cpu@4", "reg", 2, 2) } },
	{ "disabled cpu without reg", { DELETE("/cpus/cpu@3", "reg") } },
	{ "no gic", { DELETE(GIC, NULL) } },
	{ "no openhcl, no chosen", { DELETE("/openhcl", NULL), DELETE("/chosen", NULL) } },
	{ "no uart", { DELETE(COM1, NULL), DELETE(COM2, NULL) } },
	{ "a uart that is off", { SET(COM1, "status", "disabled") } },
	{ "no bus", { DELETE("/bus", NULL) } },
	{ "a bus that translates", { CELLS("/bus", "ranges", 0, 0, 1, 0, 0, 0x1000) } },
	{ "vmbus without ranges", { DELETE(BUS2, "ranges") } },
	{ "vmbus with an interrupt", { CELLS(BUS2, "interrupts", 1, 2, 1) } },
	{ "vmbus by Linux's binding",
	  { CELLS(BUS2, "#size-cells", 1), CELLS(BUS2, "interrupts", 1, 7, 1),
	    CELLS(BUS2, "ranges", 0x10, 0, 0x10, 0, 0x1000, 0x11, 0, 0x11, 0, 0x2000) } },
	{ "hypervisor and psci",
	  { ADD("/", "hypervisor"), SET("/hypervisor", "compatible", "microsoft,hyperv"),
	    ADD("/", "psci"), SET("/psci", "method", "hvc") } },
	{ "vtl2 mode",
	  { DELETE("/memory@8000000", "microsoft,igvm-type"),
	    SET("/openhcl", "memory-allocation-mode", "vtl2") } },
	{ "entropy of 300 bytes", { FILL("/openhcl/entropy", "reg", 300) } },
	{ "longest bootargs", { FILL("/chosen", "bootargs", PLATFORM_MAX_BOOTARGS - 1) } },
	{ "the machine of somebody else", { SET("/", "model", "acme,computer") } },
	{ "properties of size 0 in unknown nodes",
	  { RAW("/unknown-to-everybody", "compatible-with", "") } },
};

static const struct row *accepted_row(const char *name)
{
	uint32_t i;

	for (i = 0; i < ARRAY_SIZE(accepted); i++) {
		if (strcmp(accepted[i].name, name) == 0) {
			read_edited(&accepted[i]);
			return &accepted[i];
		}
	}
	fail_msg("no row %s", name);
	abort(); /* not reached: the test has ended */
}

static void test_variants(void **state)
{
	struct row boot = *accepted_row("cpus of two cells");
	uint32_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(accepted); i++) {
		read_edited(&accepted[i]);
	}
	assert_int_equal(boot.edits[0].count, 1);
	read_edited(&boot);
	assert_int_equal(platform.cpu[1].hw_id.v, 0x200000001);
	assert_int_equal(platform.boot_hw_id.v, 0x100000000);
	accepted_row("no gic");
	assert_false(platform.gic.from_tree);
	assert_int_equal(platform.gic.gicd_base, BOOTINFO_DEFAULT_GICD);
	assert_int_equal(platform.gic.gicr_base, BOOTINFO_DEFAULT_GICR);
	accepted_row("no openhcl, no chosen");
	assert_false(platform.has_openhcl);
	assert_string_equal(platform.bootargs, "");
	accepted_row("a uart that is off");
	assert_int_equal(platform.uart_count, 1);
	assert_int_equal(platform.uart[0].base, 0xeffeb000);
	accepted_row("a bus that translates");
	assert_false(platform.vmbus_vtl0.present || platform.has_vmbus_vtl2);
	accepted_row("vmbus with an interrupt");
	assert_int_equal(platform.vmbus_vtl2.intid, 18);
	accepted_row("vmbus by Linux's binding");
	assert_int_equal(platform.vmbus_vtl2.aperture_count, 2);
	assert_int_equal(platform.vmbus_vtl2.aperture[0].size, 0x1000);
	assert_int_equal(platform.vmbus_vtl2.aperture[1].base, 0x1100000000);
	assert_int_equal(platform.vmbus_vtl2.aperture[1].size, 0x2000);
	assert_int_equal(platform.vmbus_vtl2.intid, 23);
	accepted_row("hypervisor and psci");
	assert_true(platform.has_hypervisor && platform.psci_conduit_hvc);
	accepted_row("vtl2 mode");
	assert_true(platform.vtl2_chooses_memory);
	accepted_row("entropy of 300 bytes");
	assert_int_equal(platform.entropy_size, PLATFORM_MAX_ENTROPY);
	accepted_row("the machine of somebody else");
	assert_false(platform.model_is_hyperv);
}

static void test_wipe_entropy(void **state)
{
	static const struct row row = { .name = "good" };
	void *tree = tree_edited(good, row.edits);
	struct dt_defect defect;
	const uint8_t *bytes;
	int length, i;

	(void)state;
	assert_int_equal(bootinfo_read(tree, fdt_totalsize(tree), &platform, &defect), OK);
	bootinfo_wipe_entropy(tree);
	bytes = fdt_getprop(tree, fdt_path_offset(tree, "/openhcl/entropy"), "reg", &length);
	assert_int_equal(length, 16);
	for (i = 0; i < length; i++) {
		assert_int_equal(bytes[i], 0);
	}
	/* And nothing else changed. */
	assert_int_equal(bootinfo_read(tree, fdt_totalsize(tree), &platform, &defect), OK);
	assert_string_equal(platform.bootargs, "log=debug");
	free(tree);
}

/* What must hold whatever was accepted. */
static void check_invariants(const struct platform *p)
{
	uint32_t i;

	assert_in_range(p->cpu_count, 1, PLATFORM_MAX_CPUS);
	assert_in_range(p->mem_count, 1, PLATFORM_MAX_MEM_RANGES);
	assert_true(p->uart_count <= PLATFORM_MAX_UARTS);
	assert_true(p->entropy_size <= PLATFORM_MAX_ENTROPY);
	assert_non_null(memchr(p->bootargs, '\0', sizeof(p->bootargs)));
	for (i = 0; i < p->mem_count; i++) {
		assert_true(p->mem[i].range.size != 0);
		assert_true(range_end(p->mem[i].range) > p->mem[i].range.base);
		assert_int_equal((p->mem[i].range.base | p->mem[i].range.size) & 0xfff, 0);
		if (i > 0) {
			assert_true(p->mem[i].range.base >= range_end(p->mem[i - 1].range));
		}
	}
}

static void test_truncated(void **state)
{
	uint32_t size = fdt_totalsize(good);
	struct dt_defect defect;
	uint32_t cut;
	void *tree;

	(void)state;
	for (cut = 0; cut < size; cut += 4) {
		/* Shorter than it says ... */
		tree = tree_copy(good, cut);
		assert_int_not_equal(bootinfo_read(tree, cut, &platform, &defect), OK);
		assert_non_null(defect.what);
		/* ... and shorter, saying so. */
		if (cut >= 40) {
			fdt_set_totalsize(tree, cut);
			assert_int_not_equal(bootinfo_read(tree, cut, &platform, &defect), OK);
			assert_non_null(defect.what);
		}
		free(tree);
	}
}

static void test_bit_flips(void **state)
{
	uint32_t size = fdt_totalsize(good);
	uint8_t *tree = tree_copy(good, size);
	uint64_t seed = tree_seed();
	uint32_t round, flips, bit[3], i, taken = 0;
	struct dt_defect defect;

	(void)state;
	for (round = 0; round < 20000; round++) {
		flips = 1 + (uint32_t)(tree_random(&seed) % 3);
		for (i = 0; i < flips; i++) {
			bit[i] = (uint32_t)(tree_random(&seed) % (size * 8));
			tree[bit[i] / 8] ^= (uint8_t)(1u << bit[i] % 8);
		}
		if (bootinfo_read(tree, size, &platform, &defect) == OK) {
			check_invariants(&platform);
			taken++;
		} else {
			assert_non_null(defect.what);
			assert_int_equal(platform.mem_count, 0);
		}
		for (i = 0; i < flips; i++) {
			tree[bit[i] / 8] ^= (uint8_t)(1u << bit[i] % 8);
		}
	}
	print_message("%u of %u flipped trees were still good\n", taken, round);
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
		cmocka_unit_test_teardown(test_good, tree_verdict),
		cmocka_unit_test_teardown(test_variants, tree_verdict),
		cmocka_unit_test_teardown(test_wipe_entropy, tree_verdict),
		cmocka_unit_test_teardown(test_truncated, tree_verdict),
		cmocka_unit_test_teardown(test_bit_flips, tree_verdict),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
