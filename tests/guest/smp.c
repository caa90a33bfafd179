/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does every processor of VTL0 start when VTL0 asks, not before, and reach the services?
 *
 * The boot processor starts the others of its tree one after another by PSCI CPU_ON. Each of them
 * compares its own MPIDR, makes a checked call by the door page and reports by a word in memory.
 */
#include "paravane/services.h"
#include "smccc/psci.h"
#include "smccc/smccc.h"
#include "tests/guest/lib/guest.h"
#include "tests/guest/lib/sysreg.h"

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

	if (my_mpidr() != expected[n]) {
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
	uint64_t until = sysreg_read(cntvct_el0) + WAIT_SECONDS * sysreg_read(cntfrq_el0);

	while (outcome[n] == NOTHING_YET && sysreg_read(cntvct_el0) < until) {
	}
	return outcome[n];
}

void guest_main(void)
{
	unsigned int online = 1;
	uint64_t mpidr = 0;

	if (!ok(paravane_init(), "the tree has a node of Paravane with a door page")) {
		return;
	}
	for (unsigned int n = 0; n <= SECONDARIES_MAX && tree_cpu(n, &mpidr); n++) {
		if (mpidr == my_mpidr()) {
			continue;
		}
		expected[n] = mpidr;
		ok_equal(outcome[n], NOTHING_YET, "a processor does not run before it is started");
		ok_equal((uint64_t)secondary_start(mpidr, on_secondary, n), PSCI_RET_SUCCESS,
			 "CPU_ON is taken");
		if (ok_equal(wait_for(n), CAME_UP, "it comes up and its call is answered")) {
			online++;
		}
	}
	print("# %u processors online\n", online);
}
