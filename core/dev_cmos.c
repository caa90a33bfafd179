/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which time does VTL0's clock show, where it is a PC's? A real-time clock (Motorola MC146818A), as
 * far as a driver that polls can see.
 *
 * It counts in BCD and 24 hours, has no interrupt, and keeps what VTL0 writes until the machine
 * ends; registers that are not the clock's are memory. May assume: any VP at any time. Must never:
 * change what time it is for VTL2, which does not look here.
 */
#include "core/dev_cmos.h"

#include "core/lock.h"
#include "core/types.h"

#define SECONDS 0x00
#define MINUTES 0x02
#define HOURS 0x04
#define WEEKDAY 0x06
#define DAY 0x07
#define MONTH 0x08
#define YEAR 0x09
#define REGISTER_A DEV_CMOS_REGISTER_A
#define REGISTER_B 0x0B
#define REGISTER_C 0x0C
#define REGISTER_D 0x0D
#define CENTURY DEV_CMOS_CENTURY

#define A_DIVIDER 0x26 /* 32768 Hz, as every PC has it */
#define B_SET 0x80
#define B_BINARY 0x04
#define B_24_HOURS 0x02
#define D_VALID 0x80 /* the battery is good */

#define UNITS UINT64_C(10000000) /* of the counter in a second */
#define DAY_SECONDS 86400
#define EPOCH 1970
#define LAST_YEAR 2399

static struct {
	struct lock lock;
	uint64_t origin; /* seconds since EPOCH when the counter was 0; may be before it */
	bool set;	 /* the time stands still in ram while it is being set */
	uint8_t index;
	uint8_t ram[DEV_CMOS_SIZE];
} cmos;

static bool is_leap(uint64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from the year 1 to the first of that one. */
static uint64_t days_before(uint64_t year)
{
	return 365 * (year - 1) + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
}

static uint64_t days_in(uint64_t month, uint64_t year)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year) ? 1U : 0U);
}

static uint8_t to_bcd(uint64_t value)
{
	return (uint8_t)(value / 10 % 10 * 16 + value % 10);
}

static void encode(uint64_t seconds, uint8_t *r)
{
	uint64_t days = seconds / DAY_SECONDS;
	uint64_t second = seconds % DAY_SECONDS;
	uint64_t since_1 = days + days_before(EPOCH);
	uint64_t year = EPOCH + days / 366; /* or somewhat later */
	uint64_t month;

	while (year < LAST_YEAR && days_before(year + 1) <= since_1) {
		year++;
	}
	days = since_1 - days_before(year);
	for (month = 1; month < 12 && days >= days_in(month, year); month++) {
		days -= days_in(month, year);
	}
	r[SECONDS] = to_bcd(second % 60);
	r[MINUTES] = to_bcd(second / 60 % 60);
	r[HOURS] = to_bcd(second / 3600);
	r[WEEKDAY] = (uint8_t)((since_1 + 1) % 7 + 1); /* the first day of year 1: a Monday */
	r[DAY] = to_bcd(days + 1);
	r[MONTH] = to_bcd(month);
	r[YEAR] = to_bcd(year % 100);
	r[CENTURY] = to_bcd(year / 100);
}

/* A register's number, at most last; false: it is none. */
static bool take(const uint8_t *r, uint32_t index, uint64_t first, uint64_t last, uint64_t *value)
{
	uint8_t raw = r[index];

	if ((r[REGISTER_B] & B_BINARY) != 0) {
		*value = raw;
	} else {
		*value = raw / 16 * 10U + raw % 16;
		if (raw % 16 > 9) {
			return false;
		}
	}
	return *value >= first && *value <= last;
}

static bool decode(const uint8_t *r, uint64_t *seconds)
{
	uint64_t second, minute, hour, day, month, year, century, days;

	if ((r[REGISTER_B] & B_24_HOURS) == 0 || !take(r, SECONDS, 0, 59, &second) ||
	    !take(r, MINUTES, 0, 59, &minute) || !take(r, HOURS, 0, 23, &hour) ||
	    !take(r, MONTH, 1, 12, &month) || !take(r, YEAR, 0, 99, &year) ||
	    !take(r, CENTURY, EPOCH / 100, LAST_YEAR / 100, &century)) {
		return false;
	}
	year += 100 * century;
	if (year < EPOCH || !take(r, DAY, 1, days_in(month, year), &day)) {
		return false;
	}
	days = days_before(year) - days_before(EPOCH) + day - 1;
	while (--month > 0) {
		days += days_in(month, year);
	}
	*seconds = days * DAY_SECONDS + hour * 3600 + minute * 60 + second;
	return true;
}

bool dev_cmos_begin(const uint8_t registers[DEV_CMOS_SIZE], uint64_t now)
{
	uint64_t seconds;

	if (!decode(registers, &seconds)) {
		return false;
	}
	cmos.origin = seconds - now / UNITS;
	cmos.ram[REGISTER_B] = B_24_HOURS;
	return true;
}

static bool is_time(uint32_t index)
{
	return (index <= YEAR && (index % 2 == 0 || index >= WEEKDAY)) || index == CENTURY;
}

/* What cannot be a time leaves the clock as it was. */
static void take_time(uint64_t now)
{
	uint64_t seconds;

	if (decode(cmos.ram, &seconds)) {
		cmos.origin = seconds - now / UNITS;
	}
}

static uint8_t read_register(uint32_t index, uint64_t now)
{
	switch (index) {
	case REGISTER_A:
		return A_DIVIDER;
	case REGISTER_B:
		return B_24_HOURS | (cmos.set ? B_SET : 0);
	case REGISTER_C:
		return 0;
	case REGISTER_D:
		return D_VALID;
	default:
		if (is_time(index) && !cmos.set) {
			encode(cmos.origin + now / UNITS, cmos.ram);
		}
		return cmos.ram[index];
	}
}

static void write_register(uint32_t index, uint8_t value, uint64_t now)
{
	bool set = (value & B_SET) != 0;

	if (index >= REGISTER_A && index <= REGISTER_D) {
		if (index == REGISTER_B && set != cmos.set) {
			if (set) {
				encode(cmos.origin + now / UNITS, cmos.ram);
			} else {
				take_time(now);
			}
			cmos.set = set;
		}
		return;
	}
	if (is_time(index) && !cmos.set) {
		encode(cmos.origin + now / UNITS, cmos.ram);
		cmos.ram[index] = value;
		take_time(now);
		return;
	}
	cmos.ram[index] = value;
}

uint8_t dev_cmos_read(uint32_t offset, uint64_t now)
{
	uint8_t value;

	lock_take(&cmos.lock);
	value = offset == 0 ? UINT8_MAX : read_register(cmos.index, now);
	lock_release(&cmos.lock);
	return value;
}

void dev_cmos_write(uint32_t offset, uint8_t value, uint64_t now)
{
	lock_take(&cmos.lock);
	if (offset == 0) {
		cmos.index = value %
			     DEV_CMOS_SIZE; /* the bit above masks NMI, of which there are none */
	} else {
		write_register(cmos.index, value, now);
	}
	lock_release(&cmos.lock);
}
