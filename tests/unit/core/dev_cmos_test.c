/* SPDX-License-Identifier: BSD-2-Clause */
/* Does VTL0's clock show the time that it began with, go on, and take another? */
#include "core/dev_cmos.h"

#include "core/types.h"

#include <string.h>
#include <time.h>

#include "tests/unit/test.h"

#define UNITS UINT64_C(10000000)
#define START UINT64_C(12345678900) /* of the counter at the start: anything */

static uint8_t host[DEV_CMOS_SIZE];

static uint8_t bcd(int value)
{
	return (uint8_t)(value / 10 * 16 + value % 10);
}

/* The C library's calendar is the second opinion. */
static void put_time(uint8_t *r, uint64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	assert_non_null(gmtime_r(&t, &tm));
	r[0x00] = bcd(tm.tm_sec);
	r[0x02] = bcd(tm.tm_min);
	r[0x04] = bcd(tm.tm_hour);
	r[0x06] = (uint8_t)(tm.tm_wday + 1);
	r[0x07] = bcd(tm.tm_mday);
	r[0x08] = bcd(tm.tm_mon + 1);
	r[0x09] = bcd(tm.tm_year % 100);
	r[0x32] = bcd(19 + tm.tm_year / 100);
}

static uint8_t get(uint8_t index, uint64_t now)
{
	dev_cmos_write(0, index, now);
	return dev_cmos_read(1, now);
}

static void put(uint8_t index, uint8_t value, uint64_t now)
{
	dev_cmos_write(0, index, now);
	dev_cmos_write(1, value, now);
}

static const uint8_t time_registers[] = { 0, 2, 4, 6, 7, 8, 9, 0x32 };

static void expect(uint64_t seconds, uint64_t now)
{
	uint8_t wanted[DEV_CMOS_SIZE];
	size_t i;

	put_time(wanted, seconds);
	for (i = 0; i < sizeof(time_registers); i++) {
		assert_int_equal(get(time_registers[i], now), wanted[time_registers[i]]);
	}
}

static void begin(uint64_t seconds)
{
	memset(host, 0, sizeof(host));
	host[0x0B] = 0x02;
	put_time(host, seconds);
	assert_true(dev_cmos_begin(host, START));
}

static int setup(void **state)
{
	(void)state;
	begin(0);
	return 0;
}

/* Each day of 400 years, at some second of it. */
static void test_calendar(void **state)
{
	uint64_t day;

	(void)state;
	for (day = 0; day < 365 * 400 + 97; day += 1) {
		uint64_t seconds = day * 86400 + day * 7919 % 86400;

		if (day % 50 == 0 || day % 365 > 360 || day % 1461 < 62) {
			begin(seconds);
			expect(seconds, START);
		}
	}
}

/* It goes on with the counter, over the end of a day, a year, a leap day. */
static void test_goes_on(void **state)
{
	static const uint64_t starts[] = { 951782399, 1704067199, 1709164799, 4107542399 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		begin(starts[i]);
		expect(starts[i], START);
		expect(starts[i] + 1, START + UNITS);
		expect(starts[i] + 86400 * 3, START + 86400 * 3 * UNITS);
	}
}

static void test_what_says_no_time(void **state)
{
	static const struct {
		uint8_t index, value;
	} rows[] = {
		{ 0x00, 0x60 }, { 0x00, 0x0A }, { 0x02, 0x60 }, { 0x04, 0x24 }, { 0x04, 0xFF },
		{ 0x07, 0x00 }, { 0x07, 0x32 }, { 0x08, 0x00 }, { 0x08, 0x13 }, { 0x09, 0xA0 },
		{ 0x32, 0x18 }, { 0x32, 0x24 }, { 0x0B, 0x00 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin(1704067200);
		host[rows[i].index] = rows[i].value;
		assert_false(dev_cmos_begin(host, START));
	}
	begin(1709164800); /* 29 February 2024 */
	host[0x09] = 0x23;
	assert_false(dev_cmos_begin(host, START));
	host[0x32] = 0x19;
	host[0x09] = 0x69;
	assert_false(dev_cmos_begin(host, START));
	memset(host, 0xFF, sizeof(host)); /* nothing is there */
	assert_false(dev_cmos_begin(host, START));
	/* A clock that counts in binary says one. */
	begin(0);
	host[0x0B] = 0x06;
	host[0x09] = 24;
	host[0x32] = 20;
	assert_true(dev_cmos_begin(host, START));
	expect(1704067200, START);
}

static void test_control(void **state)
{
	(void)state;
	assert_int_equal(get(0x0A, START), 0x26);
	assert_int_equal(get(0x0B, START), 0x02);
	assert_int_equal(get(0x0C, START), 0);
	assert_int_equal(get(0x0D, START), 0x80);
	assert_int_equal(dev_cmos_read(0, START), 0xFF);
	/* Modes and interrupts cannot be chosen. */
	put(0x0A, 0xFF, START);
	put(0x0B, 0x7F, START);
	put(0x0C, 0xFF, START);
	put(0x0D, 0, START);
	assert_int_equal(get(0x0A, START), 0x26);
	assert_int_equal(get(0x0B, START), 0x02);
	assert_int_equal(get(0x0D, START), 0x80);
	/* The bit above the index means another thing. */
	put(0x80 | 0x40, 0x5A, START);
	assert_int_equal(get(0x40, START), 0x5A);
}

/* As Linux sets it: SET, the registers one by one, SET off. Meanwhile it stands. */
static void test_set(void **state)
{
	uint8_t r[DEV_CMOS_SIZE];
	size_t i;

	(void)state;
	put_time(r, 1893456000);
	put(0x0B, 0x82, START);
	assert_int_equal(get(0x0B, START), 0x82);
	for (i = 0; i < sizeof(time_registers); i++) {
		put(time_registers[i], r[time_registers[i]], START + i * UNITS);
	}
	expect(1893456000, START + 100 * UNITS);
	put(0x0B, 0x02, START + 100 * UNITS);
	expect(1893456000, START + 100 * UNITS);
	expect(1893456060, START + 160 * UNITS);
	/* One register alone, on the run: the rest of the time stays. */
	put(0x09, 0x31, START + 160 * UNITS);
	expect(1893456060 + 365 * 86400, START + 160 * UNITS);
}

static void test_set_to_no_time(void **state)
{
	(void)state;
	put(0x0B, 0x80, START);
	put(0x08, 0x13, START);
	put(0x0B, 0, START + UNITS);
	expect(1, START + UNITS);
	put(0x04, 0x99, START + 2 * UNITS);
	expect(2, START + 2 * UNITS);
}

/* Alarms and everything else are memory, and the clock is not disturbed by it. */
static void test_memory(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < DEV_CMOS_SIZE; i++) {
		if (memchr(time_registers, (int)i, sizeof(time_registers)) == NULL &&
		    (i < 0x0A || i > 0x0D)) {
			put((uint8_t)i, (uint8_t)(i ^ 0xA5), START);
		}
	}
	expect(0, START);
	assert_int_equal(get(0x01, START), 0x01 ^ 0xA5);
	assert_int_equal(get(0x7F, START), 0x7F ^ 0xA5);
	assert_int_equal(get(0x33, START), 0x33 ^ 0xA5);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_calendar), TEST(test_goes_on), TEST(test_what_says_no_time),
		TEST(test_control),  TEST(test_set),	 TEST(test_set_to_no_time),
		TEST(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
