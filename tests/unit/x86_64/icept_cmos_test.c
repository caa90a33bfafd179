/* SPDX-License-Identifier: BSD-2-Clause */
/* Does VTL0's clock begin with the platform's time, follow the reference time, or not exist? */
#include "arch/x86_64/icept.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/unit/test.h"

#define FEATURES 0x40000003
#define TIME_REF_COUNT 0x40000020

static uint8_t host[128];
static uint8_t host_index;
static uint32_t host_reads;
static uint32_t changes_until; /* the second goes on with each reading of it, until then */
static uint64_t now;
static uint32_t privileges;

struct cpuid fake_cpuid(uint32_t leaf, uint32_t subleaf)
{
	assert_int_equal(leaf, FEATURES);
	assert_int_equal(subleaf, 0);
	return (struct cpuid){ .eax = privileges };
}

uint64_t fake_msr_read(uint32_t number)
{
	assert_int_equal(number, TIME_REF_COUNT);
	assert_true((privileges & 2) != 0);
	return now;
}

void arch_port_write8(uint16_t port, uint8_t value)
{
	assert_int_equal(port, 0x70);
	host_index = value;
}

uint8_t arch_port_read8(uint16_t port)
{
	assert_int_equal(port, 0x71);
	assert_true(host_index < sizeof(host));
	host_reads++;
	if (host_index == 0 && host_reads < changes_until) {
		host[0]++;
	}
	return host[host_index];
}

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	memset(host, 0, sizeof(host));
	host[0x07] = 0x29; /* 29 February 2024, 12:34:56, a Thursday */
	host[0x08] = 0x02;
	host[0x09] = 0x24;
	host[0x32] = 0x20;
	host[0x04] = 0x12;
	host[0x02] = 0x34;
	host[0x00] = 0x56;
	host[0x0B] = 0x02;
	host_reads = 0;
	changes_until = 0;
	now = 98765432100;
	privileges = 2;
	return 0;
}

static uint32_t get(uint32_t index)
{
	icept_cmos_write(NULL, 0, 1, index);
	return icept_cmos_read(1, 1);
}

static void test_begins_and_follows(void **state)
{
	(void)state;
	assert_true(icept_cmos_begin());
	assert_int_equal(get(0x00), 0x56);
	assert_int_equal(get(0x07), 0x29);
	now += 86400 * UINT64_C(10000000);
	assert_int_equal(get(0x07), 0x01);
	assert_int_equal(get(0x08), 0x03);
	assert_int_equal(get(0x06), 6); /* a Friday */
	/* The platform's clock is not asked again. */
	host_reads = 0;
	assert_int_equal(get(0x02), 0x34);
	assert_int_equal(host_reads, 0);
	/* Registers of one byte. */
	assert_int_equal(icept_cmos_read(1, 2), UINT32_MAX);
	icept_cmos_write(NULL, 0, 2, 0x04);
	assert_int_equal(icept_cmos_read(1, 1), 0x34);
}

static void test_none(void **state)
{
	(void)state;
	privileges = 0xFFFFFFFD;
	assert_false(icept_cmos_begin());
	assert_true(fake_console_has("VTL0 has none"));
	setup(state);
	memset(host, 0xFF, sizeof(host));
	assert_false(icept_cmos_begin());
	assert_true(host_reads < 300); /* an end of it, whatever it shows */
}

/* A reading over which the second changed is not used. */
static void test_changes(void **state)
{
	(void)state;
	host[0x00] = 0x10;
	changes_until = 60;
	assert_true(icept_cmos_begin());
	assert_int_equal(get(0x00), host[0]);
	assert_true(host_reads > 100);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_begins_and_follows),
		TEST(test_none),
		TEST(test_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
