/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * and the limit of A-55: what happens when all processors call at once?
 *
 * No request has a field in memory: arguments are registers, taken once. What another processor can
 * change during a call is the text of a log line, and what it can do is call at the same time.
 */
#include "paravane/services.h"
#include "tests/guest/attack/attack.h"

#define LINES_MAX 1024 /* docs/abi.md */
#define SHARED_LINES 4

static uint8_t shared[PAGE] __attribute__((aligned(4096)));

/* Anything at all, by every processor: each answer is the one of its own arguments. */
static void a44(struct me *me, enum door door)
{
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t id = service_id((unsigned int)(rng(me) % SERVICES));
		uint64_t a1 = rng(me) >> (rng(me) % 64);
		uint64_t a2 = rng(me) >> (rng(me) % 64);

		/* Lines are few: that a good one is taken is for the next row. */
		if (id == PARAVANE_LOG && a2 != 0 && a2 <= PARAVANE_LOG_MAX) {
			a2 += PARAVANE_LOG_MAX;
		}
		check(me, "any call", door, id, a1, a2);
	}
}

/* The text changes between printable and escape bytes all the time. */
static void a49(struct me *me, enum door door)
{
	if (me->n + 1 == vps() && vps() > 1) {
		for (uint64_t i = 0; i < 200000; i++) {
			shared[i % 64] = (i / 64) % 2 == 0 ? 0x1B : 'x';
		}
		return;
	}
	for (unsigned int i = 0; i < SHARED_LINES; i++) {
		check(me, "a line that changes", door, PARAVANE_LOG, (uint64_t)shared, 64);
	}
}

/* More lines than there may be: together exactly as many as the limit, whoever was first. */
static void a53(struct me *me, enum door door)
{
	uint64_t refused = 0;

	barrier(me, vps());
	for (uint64_t i = 0; i < rounds() && refused < 10; i++) {
		uint64_t x[8] = { PARAVANE_LOG, (uint64_t)me->buffer, 4 };

		(void)ask(door, x);
		me->lines += x[0] == 0 ? 1 : 0;
		refused += x[0] == 0 ? 0 : 1;
		want(me, "0 or refused", x[0] == 0 || x[0] == UINT64_MAX - 2, true);
	}
	barrier(me, vps());
	if (me->n == 0) {
		uint64_t lines = 0;

		for (unsigned int n = 0; n < vps(); n++) {
			lines += vp(n)->lines;
		}
		want(me, "lines of all together", lines, LINES_MAX);
	}
	barrier(me, vps());
}

void race_rows(void)
{
	row("A-44", 'F', EVERY_DOOR, option("rounds", few(50000)), a44);
	row("A-49", 'F', THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL) | THROUGH(DOOR_HVC0), 1, a49);
	row("A-53", 'F', THROUGH(DOOR_VTL_CALL), 1100, a53);
}
