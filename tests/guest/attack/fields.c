/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * through Paravane's doors: ids, counts, reserved bits, enumerations, indices.
 */
#include "hv/arm64.h"
#include "hv/hvgdk.h"
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"

#define OWN_BLOCK 0xF8000000
#define CODES 0x10000

/* Every number of our own block, and every code of a hypercall by both conventions. */
static void a15(struct me *me, enum door door)
{
	for (uint64_t n = me->n; n < CODES; n += stride()) {
		uint64_t x[8] = { OWN_BLOCK | n, 1, 2, 3, 4, 5, 6, 7 };

		/* The id with two arguments that a service of ours would refuse or ignore. */
		check_x(me, "a number of our block", door, x);
		if ((hypercall_doors() & THROUGH(door)) != 0 && door == DOOR_HVC0 &&
		    !is_hypercall(n)) {
			uint64_t y[8] = { HV_ARM64_SMCCC_HYPERCALL, n, 2, 3, 4, 5, 6, 7 };

			(void)ask(door, y);
			want(me, "an unknown hypercall", y[0], HV_STATUS_INVALID_HYPERCALL_CODE);
			want(me, "  keeps X1", y[1], n);
			want(me, "  keeps X7", y[7], 7);
		}
	}
}

/* The id register: bits 63:32 are none of it, 23:17 must be zero, 16 is the SVE hint. */
static void a16(struct me *me, enum door door)
{
	for (unsigned int bit = 16 + me->n; bit < 64; bit += vps()) {
		for (unsigned int s = 0; s < SERVICES; s++) {
			check(me, "a reserved bit of the id", door,
			      service_id(s) ^ UINT64_C(1) << bit, 0, 0);
		}
	}
}

/* Argument registers that a service does not have. */
static void a23(struct me *me, enum door door)
{
	for (unsigned int s = 0; s < SERVICES; s++) {
		for (unsigned int i = 1; i <= 7; i++) {
			uint64_t x[8] = { service_id(s), 0, 0, 0, 0, 0, 0, 0 };

			x[i] = ~UINT64_C(0);
			check_x(me, "an argument that is none", door, x);
		}
	}
}

static void a24(struct me *me, enum door door)
{
	static const uint64_t bad[] = { 0,	    1,		 96,	     97,
					192,	    193,	 0x7FFFFFFF, 0x80000000,
					0xFFFFFFFF, 0x100000000, 0x100000001 };

	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(me, "bits of TRNG_RND32", door, TRNG_RND32, bad[i], 0);
		check(me, "bits of TRNG_RND64", door, TRNG_RND64, bad[i], 0);
		check(me, "an id of FEATURES", door, PARAVANE_FEATURES, bad[i], 0);
		check(me, "an id of TRNG_FEATURES", door, TRNG_FEATURES, bad[i], 0);
		check(me, "an id of ARCH_FEATURES", door, SMCCC_ARCH_FEATURES, bad[i], 0);
	}
	check(me, "all ones", door, TRNG_RND64, ~UINT64_C(0), 0);
	check(me, "all ones", door, PARAVANE_FEATURES, ~UINT64_C(0), 0);
}

static void a26(struct me *me, enum door door)
{
	static const uint64_t bad[] = { PARAVANE_STAT_COUNT, PARAVANE_STAT_COUNT + 1,
					0x7FFFFFFF,	     0xFFFFFFFF,
					0x100000000,	     0xFFFFFFFFFFFFFFFF,
					0x8000000000000000,  0x2000000000000000 };

	for (uint64_t i = 0; i < PARAVANE_STAT_COUNT; i++) {
		check(me, "a counter", door, PARAVANE_STATISTICS, i, 0);
	}
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(me, "a counter that is none", door, PARAVANE_STATISTICS, bad[i], 0);
	}
}

/* Loads, fetches and stores to VTL2's pages themselves: refused, and the counter knows. */
static void a28(struct me *me, enum door door)
{
	uint64_t size = vtl2_end() - vtl2_base();

	(void)door;
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t gpa = vtl2_base() + (rng(me) % size & ~UINT64_C(3));
		uint64_t before = counter(PARAVANE_STAT_DENIED_ACCESS);
		struct exception seen;

		/* A store to the door page is a call, so its page is not written. */
		exception_expect();
		(void)load32(gpa);
		seen = exception_end();
		want(me, "a load is refused", exception_is_refusal(&seen, gpa), true);
		want(me, "  and counted", counter(PARAVANE_STAT_DENIED_ACCESS) > before, true);
		exception_expect();
		execute(gpa);
		seen = exception_end();
		want(me, "a fetch is refused", exception_is_refusal(&seen, gpa), true);
		want(me, "  at the address", seen.at, gpa);
		if (paravane_door_page() != 0 && gpa / PAGE == paravane_door_page() / PAGE) {
			continue;
		}
		exception_expect();
		store32(gpa, 0x600D600D);
		seen = exception_end();
		want(me, "a store is refused", exception_is_refusal(&seen, gpa), true);
		want(me, "  and none but these is counted, if nobody else tries",
		     vps() > 1 || counter(PARAVANE_STAT_DENIED_ACCESS) == before + 3, true);
	}
}

void field_rows(void)
{
	row("A-15", 'B', EVERY_DOOR, CODES / stride(), a15);
	row("A-16", 'F', EVERY_DOOR, 1, a16);
	row("A-23", 'F', EVERY_DOOR, 1, a23);
	row("A-24", 'F', EVERY_DOOR, 1, a24);
	row("A-26", 'F', EVERY_DOOR, 1, a26);
	row("A-28", 'B', THROUGH(DOOR_PAGE), few(4000), a28);
}
