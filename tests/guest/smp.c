/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does every processor of VTL0 start when VTL0 asks, not before, and reach the services?
 *
 * The boot processor starts the others one after another. Each of them compares its own id, makes
 * a checked call by the door page and reports by a word in memory.
 */
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "tests/guest/lib/guest.h"

#define WAIT_SECONDS 10

enum {
	NOTHING_YET = 0,
	CAME_UP = 1,
	WRONG_PROCESSOR = 2,
	CALL_FAILED = 3,
	CALL_LEAKED = 4
};

static volatile uint32_t outcome[SECONDARIES_MAX + 1];
static uint64_t expected[SECONDARIES_MAX + 1];

static void on_secondary(uint64_t n)
{
	struct result r;
	uint32_t what = CAME_UP;
	bool kept = call_checked(DOOR_PAGE, SMCCC_VERSION, 0, 0, 1, &r);

	if (my_id() != expected[n]) {
		what = WRONG_PROCESSOR;
	} else if (r.x[0] < SMCCC_VERSION_1_1 || r.x[0] >= 0x20000) {
		what = CALL_FAILED;
	} else if (!kept) {
		what = CALL_LEAKED;
	}
	outcome[n] = what;
	publish();
}

static uint32_t wait_for(uint64_t n)
{
	uint64_t until = ticks() + WAIT_SECONDS * second();

	while (outcome[n] == NOTHING_YET && ticks() < until) {
	}
	return outcome[n];
}

void guest_main(void)
{
	unsigned int online = 1;
	uint64_t id = 0;

	if (!ok(paravane_init(), "the machine has a device of Paravane with a door")) {
		return;
	}
	/* On x86_64 a processor that nobody holds begins where nothing is. */
	ok_equal(call(DOOR_PAGE, PARAVANE_STATISTICS, PARAVANE_STAT_DENIED_ACCESS, 0, 0).x[1], 0,
		 "nobody ran into anything before");
	for (unsigned int n = 0; n <= SECONDARIES_MAX && machine_cpu(n, &id); n++) {
		if (id == my_id()) {
			continue;
		}
		expected[n] = id;
		ok_equal(outcome[n], NOTHING_YET, "a processor does not run before it is started");
		ok(secondary_start(id, on_secondary, n), "the start is taken");
		if (ok_equal(wait_for(n), CAME_UP, "it comes up and its call is answered")) {
			online++;
		}
	}
	print("# %u processors online\n", online);
}
