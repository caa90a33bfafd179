/* SPDX-License-Identifier: BSD-2-Clause */
/* Do VTL0's ACPI tables name what is configured and granted, and nothing else? */
#include "arch/x86_64/acpi.h"
#include "arch/x86_64/icept.h"
#include "arch/x86_64/power.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test.h"

#define BLOCK UINT64_C(0x209000)

static uint8_t block[ACPI_SIZE];
static struct vtl0_facts facts;
static bool console, clock_there, power, reset;

bool icept_port_is_ours(uint16_t port)
{
	switch (port) {
	case COM1:
		return console;
	case CMOS:
		return clock_there;
	case CONFIG_POWER_PORT:
		return power;
	case RESET_CONTROL:
		return reset;
	default:
		return false;
	}
}

static int setup(void **state)
{
	(void)state;
	console = clock_there = power = reset = true;
	memset(&facts, 0, sizeof(facts));
	facts.cpu_count = 2;
	facts.cpus[0].v = 0x100;
	facts.door_page.v = 0x08001000;
	facts.has_vtl_call = true;
	return 0;
}

static void build(void)
{
	memset(block, 0, sizeof(block));
	assert_int_equal(acpi_build(block, BLOCK, &facts), OK);
}

static uint64_t load(size_t at, size_t size)
{
	uint64_t value = 0;

	assert_true(at + size <= sizeof(block));
	memcpy(&value, block + at, size);
	return value;
}

static size_t follow(size_t at)
{
	return (size_t)(load(at, 8) - BLOCK);
}

/* The n-th table of the XSDT, which is found as a kernel finds it. */
static size_t table(uint32_t n)
{
	return follow(follow(24) + 36 + 8 * n);
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

static void test_doors(void **state)
{
	(void)state;
	build();
	assert_true(dsdt_has("paravane,services-1", 20));
	assert_true(dsdt_has("\rdoor-msr\0\rvtl-call", 20));
	assert_false(dsdt_has("door-page", 9));
	assert_false(dsdt_has("hypercall", 9));
	facts.has_forwarded = true;
	build();
	assert_true(dsdt_has("\rdoor-msr\0\rvtl-call\0\rhypercall", 31));
	facts.has_forwarded = false;
	facts.door_page.v = 0;
	build();
	assert_false(dsdt_has("door-msr", 8));
	assert_true(dsdt_has("\rvtl-call", 10));
	facts.has_vtl_call = false;
	build();
	assert_false(dsdt_has("PRP0001", 7));
	facts.door_page.v = 0x08001000;
	build();
	assert_true(dsdt_has("\rdoor-msr", 10));
	assert_false(dsdt_has("vtl-call", 8));
}

static void test_ports(void **state)
{
	static const uint8_t com1[] = { 0x47, 0x01, 0xF8, 0x03, 0xF8, 0x03, 0x01, 0x08 };
	static const uint8_t rtc[] = { 0x47, 0x01, 0x70, 0x00, 0x70, 0x00, 0x01, 0x02 };
	size_t fadt;

	(void)state;
	build();
	fadt = table(0);
	assert_true(dsdt_has("PNP0501", 8));
	assert_true(dsdt_has(com1, sizeof(com1)));
	assert_true(dsdt_has("PNP0B00", 8));
	assert_true(dsdt_has(rtc, sizeof(rtc)));
	assert_int_equal(load(fadt + 108, 1), 0x32); /* century */
	assert_int_equal(load(fadt + 109, 2), 0x04); /* no VGA */
	assert_true(dsdt_has("_S5_", 4));
	assert_int_equal(load(fadt + 112, 4), 0x100401);
	assert_int_equal(load(fadt + 116, 4), 0x01000801);
	assert_int_equal(load(fadt + 120, 8), 0xCF9);
	assert_int_equal(load(fadt + 128, 1), 6);
	assert_int_equal(load(fadt + 248, 8), 0x405);
	assert_int_equal(load(fadt + 260, 8), 0x404);
	console = clock_there = power = reset = false;
	build();
	fadt = table(0);
	assert_false(dsdt_has("PNP0501", 7));
	assert_false(dsdt_has("PNP0B00", 7));
	assert_int_equal(load(fadt + 108, 1), 0);
	assert_int_equal(load(fadt + 109, 2), 0x24); /* nor a CMOS clock */
	assert_false(dsdt_has("_S5_", 4));
	assert_int_equal(load(fadt + 112, 4), 0x100001);
	assert_int_equal(load(fadt + 116, 8) | load(fadt + 120, 8), 0);
	assert_int_equal(load(fadt + 244, 8) | load(fadt + 248, 8), 0);
	assert_int_equal(load(fadt + 256, 8) | load(fadt + 260, 8), 0);
}

/* As many processors as there can be. */
static void test_largest(void **state)
{
	uint32_t i;

	(void)state;
	facts.cpu_count = PLATFORM_MAX_CPUS;
	for (i = 0; i < PLATFORM_MAX_CPUS; i++) {
		facts.cpus[i].v = 0x200 + i;
	}
	build();
	assert_int_equal(load(table(1) + 4, 4), 44 + 16 * PLATFORM_MAX_CPUS);
	assert_int_equal(load(table(1) + 44 + 16 * (PLATFORM_MAX_CPUS - 1) + 4, 4),
			 0x200 + PLATFORM_MAX_CPUS - 1);
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

	(void)state;
	assert_non_null(mkdtemp(folder));
	build();
	write_table(folder, "fadt", table(0));
	write_table(folder, "madt", table(1));
	write_table(folder, "dsdt", follow(table(0) + 140));
	run(folder, "for t in fadt madt dsdt; do iasl -d $t.aml >$t.log 2>&1 || exit 1; done");
	run(folder, "! grep -iE 'incorrect|invalid|truncated|unknown|error' *.log *.dsl");
	run(folder, "grep -q 'Name (_HID, \"PRP0001\")' dsdt.dsl");
	run(folder, "grep -q 'ToUUID (\"daffd814-6eba-4d8c-8a91-bc9bbf4aa301\")' dsdt.dsl");
	run(folder,
	    "iasl -p again dsdt.dsl >again.log 2>&1 && grep -q ' 0 Errors, 0 Warnings' again.log");
	run(folder, "rm -rf $PWD");
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_doors),
		TEST(test_ports),
		TEST(test_largest),
		TEST(test_iasl),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
