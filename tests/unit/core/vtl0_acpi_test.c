/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Are VTL0's EFI and ACPI tables what a stock kernel accepts?
 *
 * Checked twice: field by field at the offsets of the specifications, and by iasl where it is
 * installed (disassembled, and the DSDT compiled again).
 */
#include "core/vtl0_acpi.h"
#include "core/vtl0_block.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BLOCK 0x07f00000u

static uint8_t block[VTL0_ACPI_SIZE];
static struct vtl0_acpi_layout layout;

static const struct range memory[] = { { 0, 0x08000000 }, { 0x100000000, 0x40000000 } };
static const hw_id_t cpus[] = { { 0x100 }, { 0x200000001 }, { 2 } };

static struct vtl0_acpi_input full_input(void)
{
	return (struct vtl0_acpi_input){
		.block_gpa = BLOCK,
		.memory = memory,
		.memory_count = ARRAY_SIZE(memory),
		.tree = { 0x07e00000, 0x10000 },
		.cpus = cpus,
		.cpu_count = ARRAY_SIZE(cpus),
		.gicd_base = 0xffff0000,
		.gicr_base = 0xeffee000,
		.gicr_count = ARRAY_SIZE(cpus) + 1,
		.timer_intid = 20,
		.has_uart = true,
		.uart_base = 0xeffeb000,
		.uart_intid = 34,
		.door_page = 0x1234567000,
		.has_vtl_call = true,
	};
}

static void build(const struct vtl0_acpi_input *in)
{
	memset(block, 0xa5, sizeof(block));
	assert_int_equal(vtl0_acpi_build(in, block, &layout), OK);
}

static uint64_t load(size_t at, uint32_t count)
{
	uint64_t value = 0;
	uint32_t i;

	assert_true(at + count <= sizeof(block));
	for (i = 0; i < count; i++) {
		value |= (uint64_t)block[at + i] << (8 * i);
	}
	return value;
}

/* Where in the block a pointer points. */
static size_t follow(size_t at)
{
	uint64_t gpa = load(at, 8);

	assert_in_range(gpa, BLOCK, BLOCK + VTL0_ACPI_SIZE - 1);
	return (size_t)(gpa - BLOCK);
}

static void check_sum(size_t at, size_t size)
{
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i < size; i++) {
		sum = (uint8_t)(sum + block[at + i]);
	}
	assert_int_equal(sum, 0);
}

static void check_table(size_t at, const char *signature, uint32_t revision, uint32_t size)
{
	assert_memory_equal(block + at, signature, 4);
	assert_int_equal(load(at + 8, 1), revision);
	if (size != 0) {
		assert_int_equal(load(at + 4, 4), size);
	}
	check_sum(at, load(at + 4, 4));
	assert_int_equal(at % 8, 0);
}

/* The n-th table of the XSDT, which is found as a kernel finds it. */
static size_t table(uint32_t n)
{
	size_t system = (size_t)(layout.system_table - BLOCK);
	size_t rsdp = follow(follow(system + 112) + 16);
	size_t xsdt;

	assert_int_equal(BLOCK + rsdp, layout.rsdp);
	xsdt = follow(rsdp + 24);
	check_table(xsdt, "XSDT", 1, 36 + 3 * 8);
	return follow(xsdt + 36 + 8 * n);
}

static void test_efi(void **state)
{
	static const uint8_t guid[] = { 0x71, 0xe8, 0x68, 0x88, 0xf1, 0xe4, 0xd3, 0x11,
					0xbc, 0x22, 0x00, 0x80, 0xc7, 0x3c, 0x88, 0x81 };
	static const char vendor[] = "P\0a\0r\0a\0v\0a\0n\0e\0\0";
	const struct vtl0_acpi_input in = full_input();
	uint8_t copy[120];
	size_t at, rsdp;

	(void)state;
	build(&in);
	at = (size_t)(layout.system_table - BLOCK);
	assert_memory_equal(block + at, "IBI SYST", 8);
	assert_int_equal(load(at + 8, 4), 0x00020046);
	assert_int_equal(load(at + 12, 4), 120);
	memcpy(copy, block + at, sizeof(copy));
	memset(copy + 16, 0, 4);
	assert_int_equal(load(at + 16, 4), vtl0_acpi_crc32(copy, sizeof(copy)));
	assert_memory_equal(block + follow(at + 24), vendor, sizeof(vendor));
	assert_int_equal(load(at + 88, 8), 0); /* no runtime services */
	assert_int_equal(load(at + 104, 8), 1);
	assert_memory_equal(block + follow(at + 112), guid, 16);

	rsdp = (size_t)(layout.rsdp - BLOCK);
	assert_memory_equal(block + rsdp, "RSD PTR ", 8);
	assert_int_equal(load(rsdp + 15, 1), 2);
	assert_int_equal(load(rsdp + 20, 4), 36);
	check_sum(rsdp, 20);
	check_sum(rsdp, 36);
}

static void expect_descriptor(uint32_t n, uint32_t type, uint64_t base, uint64_t size)
{
	size_t at = (size_t)(layout.memory_map - BLOCK) + VTL0_ACPI_DESCRIPTOR_SIZE * n;

	assert_true(VTL0_ACPI_DESCRIPTOR_SIZE * (n + 1) <= layout.memory_map_size);
	assert_int_equal(load(at, 8), type);
	assert_int_equal(load(at + 8, 8), base);
	assert_int_equal(load(at + 24, 8), size / 4096);
	assert_int_equal(load(at + 32, 8), 8);
}

static void test_memory_map(void **state)
{
	struct vtl0_acpi_input in = full_input();

	(void)state;
	build(&in);
	assert_int_equal(layout.memory_map % 8, 0);
	assert_int_equal(layout.memory_map_size, 6 * VTL0_ACPI_DESCRIPTOR_SIZE);
	expect_descriptor(0, 7, 0, 0x07e00000);
	expect_descriptor(1, 2, 0x07e00000, 0x10000);
	expect_descriptor(2, 7, 0x07e10000, 0xf0000);
	expect_descriptor(3, 9, BLOCK, VTL0_ACPI_SIZE);
	expect_descriptor(4, 7, BLOCK + VTL0_ACPI_SIZE, 0x08000000 - BLOCK - VTL0_ACPI_SIZE);
	expect_descriptor(5, 7, 0x100000000, 0x40000000);

	/* The block first, both at the edges, nothing between them. */
	in.block_gpa = 0;
	in.tree = (struct range){ VTL0_ACPI_SIZE, 0x08000000 - VTL0_ACPI_SIZE };
	memset(block, 0, sizeof(block));
	assert_int_equal(vtl0_acpi_build(&in, block, &layout), OK);
	assert_int_equal(layout.memory_map_size, 3 * VTL0_ACPI_DESCRIPTOR_SIZE);

	/* In different ranges. */
	in.block_gpa = BLOCK;
	in.tree = (struct range){ 0x100000000, 0x1000 };
	build(&in);
	expect_descriptor(1, 9, BLOCK, VTL0_ACPI_SIZE);
	expect_descriptor(3, 2, 0x100000000, 0x1000);
	expect_descriptor(4, 7, 0x100001000, 0x3ffff000);
}

static void test_fadt(void **state)
{
	const struct vtl0_acpi_input in = full_input();
	size_t at;

	(void)state;
	build(&in);
	at = table(0);
	check_table(at, "FACP", 6, 276);
	assert_int_equal(load(at + 112, 4), 0x100000);
	assert_int_equal(load(at + 129, 2), 3);
	assert_int_equal(load(at + 131, 1), 3);
	assert_memory_equal(block + at + 268, "MsHyperV", 8);
	check_table(follow(at + 140), "DSDT", 2, 0);
}

static void test_madt(void **state)
{
	const struct vtl0_acpi_input in = full_input();
	size_t at, cpu;
	uint32_t i;

	(void)state;
	build(&in);
	at = table(1);
	check_table(at, "APIC", 5, 44 + 24 + 3 * 80 + 16);
	assert_int_equal(load(at + 44, 2), 24 << 8 | 0x0c);
	assert_int_equal(load(at + 52, 8), 0xffff0000);
	assert_int_equal(load(at + 64, 1), 3);
	for (i = 0; i < 3; i++) {
		cpu = at + 68 + 80 * i;
		assert_int_equal(load(cpu, 2), 80 << 8 | 0x0b);
		assert_int_equal(load(cpu + 4, 4), i);
		assert_int_equal(load(cpu + 8, 4), i);
		assert_int_equal(load(cpu + 12, 4), 1);
		assert_int_equal(load(cpu + 60, 8), 0);
		assert_int_equal(load(cpu + 68, 8), cpus[i].v);
	}
	at += 68 + 240;
	assert_int_equal(load(at, 2), 16 << 8 | 0x0e);
	assert_int_equal(load(at + 4, 8), 0xeffee000);
	assert_int_equal(load(at + 12, 4), 0x80000);
}

static void test_gtdt(void **state)
{
	const struct vtl0_acpi_input in = full_input();
	size_t at;

	(void)state;
	build(&in);
	at = table(2);
	check_table(at, "GTDT", 2, 96);
	assert_int_equal(load(at + 36, 8), UINT64_MAX);
	assert_int_equal(load(at + 48, 8), 0);
	assert_int_equal(load(at + 56, 4), 30);
	assert_int_equal(load(at + 64, 4), 20);
	assert_int_equal(load(at + 68, 4), 6);
	assert_int_equal(load(at + 72, 4), 26);
	assert_int_equal(load(at + 88, 4), 0);
}

static bool dsdt_has(const void *bytes, size_t size)
{
	size_t at = follow(table(0) + 140);
	size_t end = at + load(at + 4, 4) - size;

	for (; at <= end; at++) {
		if (memcmp(block + at, bytes, size) == 0) {
			return true;
		}
	}
	return false;
}

static void test_dsdt(void **state)
{
	static const uint8_t intid[] = { 0x89, 6, 0, 1, 1, 34, 0, 0, 0 };
	struct vtl0_acpi_input in = full_input();

	(void)state;
	build(&in);
	assert_true(dsdt_has("ARMH0011", 9));
	assert_true(dsdt_has(intid, sizeof(intid)));
	assert_true(dsdt_has("PRP0001", 8));
	assert_true(dsdt_has("paravane,services-1", 20));
	assert_true(dsdt_has("\rdoor-page\0\rvtl-call", 21));
	in.has_uart = false;
	in.has_vtl_call = false;
	build(&in);
	assert_false(dsdt_has("ARMH0011", 9));
	assert_true(dsdt_has("\rdoor-page", 11));
	assert_false(dsdt_has("vtl-call", 9));
	in.door_page = 0;
	build(&in);
	assert_false(dsdt_has("PRP0001", 8));
}

static void write_table(const char *folder, const char *name, size_t at)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.aml", folder, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(block + at, 1, load(at + 4, 4), file), load(at + 4, 4));
	fclose(file);
}

static void run(const char *folder, const char *command)
{
	char line[1024];

	snprintf(line, sizeof(line), "cd %s && { %s; }", folder, command);
	/* NOLINTNEXTLINE(cert-env33-c): a program of this test in a folder of its own */
	if (system(line) != 0) {
		fail_msg("failed: %s", command);
	}
}

/* A second opinion on every table. */
static void test_iasl(void **state)
{
	char folder[] = "/tmp/acpi-test-XXXXXX";
	const struct vtl0_acpi_input in = full_input();
	size_t fadt;

	(void)state;
	assert_non_null(mkdtemp(folder));
	build(&in);
	fadt = table(0);
	write_table(folder, "fadt", fadt);
	write_table(folder, "madt", table(1));
	write_table(folder, "gtdt", table(2));
	write_table(folder, "dsdt", follow(fadt + 140));
	run(folder, "for t in fadt madt gtdt dsdt; do iasl -d $t.aml >$t.log 2>&1 || exit 1; done");
	run(folder, "! grep -iE 'incorrect|invalid|truncated|unknown|error' *.log *.dsl");
	run(folder, "grep -qi 'Hypervisor ID : 567265707948734d' fadt.dsl");
	run(folder, "grep -q 'Name (_HID, \"ARMH0011\")' dsdt.dsl");
	run(folder, "grep -q '0x00000000EFFEB000' dsdt.dsl && grep -q '0x00000022' dsdt.dsl");
	run(folder, "grep -q 'Name (_HID, \"PRP0001\")' dsdt.dsl");
	run(folder, "grep -q 'ToUUID (\"daffd814-6eba-4d8c-8a91-bc9bbf4aa301\")' dsdt.dsl");
	run(folder, "grep -q '\"paravane,services-1\"' dsdt.dsl");
	run(folder,
	    "iasl -p again dsdt.dsl >again.log 2>&1 && grep -q ' 0 Errors, 0 Warnings' again.log");
	run(folder, "rm -rf $PWD");
}

static void test_refused(void **state)
{
	const struct vtl0_acpi_input good = full_input();
	struct vtl0_acpi_input in;

	(void)state;
#define EXPECT(change, code)                                                                       \
	in = good;                                                                                 \
	change;                                                                                    \
	assert_int_equal(vtl0_acpi_build(&in, block, &layout), code);                              \
	assert_int_equal(layout.system_table, 0)
	EXPECT(in.cpu_count = 0, ERR_INVALID);
	EXPECT(in.cpu_count = 65, ERR_NO_MEMORY);
	EXPECT(in.memory_count = 65, ERR_NO_MEMORY);
	EXPECT(in.memory_count = 0, ERR_RANGE);
	EXPECT(in.timer_intid = 15, ERR_INVALID);
	EXPECT(in.timer_intid = 32, ERR_INVALID);
	EXPECT(in.uart_intid = 31, ERR_INVALID);
	EXPECT(in.uart_intid = 1020, ERR_INVALID);
	EXPECT(in.block_gpa += 0x800, ERR_ALIGN);
	EXPECT(in.tree.size = 0x10, ERR_ALIGN);
	EXPECT(in.door_page = 1, ERR_ALIGN);
	EXPECT(in.block_gpa = 0x08000000 - VTL0_ACPI_SIZE + 0x1000, ERR_RANGE);
	EXPECT(in.tree.base = 0x08000000, ERR_RANGE);
	EXPECT(in.tree.size = 0, ERR_RANGE);
	EXPECT(in.tree.base = BLOCK, ERR_RANGE);
#undef EXPECT
}

/* The most that the limits allow fits. */
static void test_largest(void **state)
{
	struct vtl0_acpi_input in = full_input();
	struct range ranges[VTL0_ACPI_MAX_RANGES];
	hw_id_t ids[VTL0_ACPI_MAX_CPUS];
	uint32_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		ranges[i] = (struct range){ (uint64_t)i << 32, UINT64_C(1) << 31 };
	}
	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		ids[i].v = i;
	}
	in.memory = ranges;
	in.memory_count = ARRAY_SIZE(ranges);
	in.cpus = ids;
	in.cpu_count = ARRAY_SIZE(ids);
	build(&in);
	check_table(table(1), "APIC", 5, 44 + 24 + 64 * 80 + 16);
	assert_int_equal(layout.memory_map_size, (64 + 4) * VTL0_ACPI_DESCRIPTOR_SIZE);
}

static void test_checksums(void **state)
{
	static const uint8_t digits[] = "123456789";

	(void)state;
	assert_int_equal(vtl0_acpi_crc32(digits, 9), 0xcbf43926);
	assert_int_equal(vtl0_acpi_crc32(digits, 0), 0);
	assert_int_equal(block_checksum(digits, 9), 0x100 - (477 & 0xff));
	assert_int_equal(block_checksum(digits, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_efi),	cmocka_unit_test(test_memory_map),
		cmocka_unit_test(test_fadt),	cmocka_unit_test(test_madt),
		cmocka_unit_test(test_gtdt),	cmocka_unit_test(test_dsdt),
		cmocka_unit_test(test_iasl),	cmocka_unit_test(test_refused),
		cmocka_unit_test(test_largest), cmocka_unit_test(test_checksums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
