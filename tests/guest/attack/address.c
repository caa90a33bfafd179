/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * through Paravane's doors: addresses that are not VTL0's own memory.
 *
 * One service takes an address, PARAVANE_LOG. Every address is also given to every other service in
 * every argument register: a service that takes no address must answer as if it were any number.
 */
#include "paravane/services.h"
#include "tests/guest/attack/attack.h"

#define HOLE 0xEFFE0000

static void log_call(struct me *me, const char *what, enum door door, uint64_t gpa, uint64_t size)
{
	check(me, what, door, PARAVANE_LOG, gpa, size);
}

/* The three sizes there are: one byte, some, the most. */
static void log_refused(struct me *me, const char *what, enum door door, uint64_t gpa)
{
	log_call(me, what, door, gpa, 1);
	log_call(me, what, door, gpa, 8);
	log_call(me, what, door, gpa, PARAVANE_LOG_MAX);
}

/* The address in each argument register of each service, alone and in all of them. */
static void everywhere(struct me *me, const char *what, enum door door, uint64_t gpa)
{
	for (unsigned int s = me->n; s < SERVICES; s += vps()) {
		uint64_t all[8] = { service_id(s), gpa, gpa, gpa, gpa, gpa, gpa, gpa };

		check_x(me, what, door, all);
		for (unsigned int i = 1; i <= 6; i++) {
			uint64_t x[8] = { service_id(s), 0, 0, 0, 0, 0, 0, 0 };

			x[i] = gpa;
			check_x(me, what, door, x);
		}
	}
}

static void a01(struct me *me, enum door door)
{
	log_refused(me, "first byte of VTL2", door, vtl2_base());
	log_refused(me, "middle of VTL2", door, (vtl2_base() + vtl2_end()) / 2);
	log_call(me, "last byte of VTL2", door, vtl2_end() - 1, 1);
	if (paravane_door_page() != 0) {
		log_refused(me, "the door page", door, paravane_door_page());
	}
	everywhere(me, "first byte of VTL2", door, vtl2_base());
	everywhere(me, "last byte of VTL2", door, vtl2_end() - 1);
}

/* Every page of VTL2, whatever it holds: code, stack, page table, hypercall and assist pages. */
static void a02(struct me *me, enum door door)
{
	/* Each page is some processor's; a processor of eight takes every eighth. */
	for (uint64_t page = vtl2_base() + me->n * PAGE; page < vtl2_end(); page += PAGE * vps()) {
		log_call(me, "a page of VTL2", door, page, 8);
		check(me, "TRNG told a page of VTL2", door, service_id(9), page, page);
	}
}

static void a03(struct me *me, enum door door)
{
	uint64_t base = vtl2_base();

	log_call(me, "one byte into VTL2", door, base - 1, 2);
	log_call(me, "half into VTL2", door, base - 64, 128);
	log_call(me, "all but one byte", door, base - 127, 128);
	log_call(me, "exactly up to VTL2", door, base - 64, 64);
}

static void a04(struct me *me, enum door door)
{
	uint64_t end = vtl2_end();

	log_call(me, "one byte of VTL2", door, end - 1, 2);
	log_call(me, "half of VTL2", door, end - 64, 128);
	log_call(me, "all but one byte", door, end - 127, 128);
	log_call(me, "exactly behind VTL2", door, end, 64);
}

static void a05(struct me *me, enum door door)
{
	uint64_t text = (uint64_t)me->buffer;

	log_call(me, "wraps in the last page", door, 0xFFFFFFFFFFFFF000, 128);
	log_call(me, "wraps", door, ~UINT64_C(0), 2);
	log_call(me, "ends at 2^64", door, 0 - UINT64_C(128), 128);
	log_call(me, "wraps to VTL0", door, 0 - UINT64_C(64), 128);
	log_call(me, "size makes it wrap", door, text, 0 - text + 1);
	log_call(me, "size is 2^64 - 1", door, text, ~UINT64_C(0));
	log_call(me, "size is 2^63", door, text, UINT64_C(1) << 63);
	log_call(me, "size is 2^32 + 8", door, text, (UINT64_C(1) << 32) + 8);
	everywhere(me, "an address that wraps", door, 0xFFFFFFFFFFFFF000);
	everywhere(me, "all ones", door, ~UINT64_C(0));
}

static void a06(struct me *me, enum door door)
{
	uint64_t end = ram_end();

	log_call(me, "size 0", door, (uint64_t)me->buffer, 0);
	log_call(me, "size 0 in VTL2", door, vtl2_base(), 0);
	log_call(me, "exactly to the end", door, end - 16, 16);
	log_call(me, "one byte too far", door, end - 16, 17);
	log_call(me, "begins at the end", door, end, 1);
	log_call(me, "the most", door, (uint64_t)me->buffer, PARAVANE_LOG_MAX);
	log_call(me, "one more than the most", door, (uint64_t)me->buffer, PARAVANE_LOG_MAX + 1);
}

static void a07(struct me *me, enum door door)
{
	uint64_t text = (uint64_t)me->buffer;

	for (unsigned int bit = 36; bit < 64; bit++) {
		log_call(me, "a bit above the address width", door, text | UINT64_C(1) << bit, 8);
		check(me, "the same where a number is wanted", door, service_id(9),
		      64 | UINT64_C(1) << bit, 0);
	}
}

static void a08(struct me *me, enum door door)
{
	log_call(me, "crosses a page", door, (uint64_t)me->buffer + PAGE - 5, 10);
}

static void a09(struct me *me, enum door door)
{
	static const uint8_t off[] = { 1, 2, 4, 7 };

	for (unsigned int i = 0; i < sizeof(off); i++) {
		log_call(me, "misaligned text", door, (uint64_t)me->buffer + off[i], 5);
	}
	if (door == DOOR_PAGE) {
		door_variants(me, door);
	}
}

static void a10(struct me *me, enum door door)
{
	uint64_t console = counter(PARAVANE_STAT_CONSOLE_BYTES);

	for (unsigned int n = 0; machine_device(n) != 0; n++) {
		log_refused(me, "a device", door, machine_device(n));
	}
	everywhere(me, "a device", door, machine_device(0));
	want(me, "no character on the line", counter(PARAVANE_STAT_CONSOLE_BYTES), console);
}

static void a11(struct me *me, enum door door)
{
	log_refused(me, "nothing is there", door, HOLE);
	log_refused(me, "behind the memory", door, ram_end());
	everywhere(me, "nothing is there", door, HOLE);
}

void address_rows(void)
{
	for (unsigned int n = 0; n < vps(); n++) {
		memset(vp(n)->buffer, 'a' + (int)n, BUFFER_SIZE);
	}
	row("A-01", 'F', EVERY_DOOR, 1, a01);
	row("A-02", 'F', EVERY_DOOR, 1, a02);
	row("A-03", 'F', EVERY_DOOR, 1, a03);
	row("A-04", 'F', EVERY_DOOR, 1, a04);
	row("A-05", 'F', EVERY_DOOR, 1, a05);
	row("A-06", 'F', EVERY_DOOR, 1, a06);
	row("A-07", 'F', EVERY_DOOR, 1, a07);
	row("A-08", 'F', EVERY_DOOR, 1, a08);
	row("A-09", 'F', EVERY_DOOR, 1, a09);
	row("A-10", 'F', EVERY_DOOR, 1, a10);
	row("A-11", 'F', EVERY_DOOR, 1, a11);
}
