/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PSCI, which is the hypervisor's for VTL0.
 */
#include "smccc/psci.h"
#include "tests/guest/attack/attack.h"
#include "tests/guest/lib/arm64/arm64.h"

#define NOWHERE 0xEFFE0000
#define STATUS(value) ((uint64_t)(int64_t)(value))
#define WAIT_SECONDS 30

static volatile uint32_t target_runs;
static volatile uint32_t released; /* how often the target may have ended */
static volatile int64_t answers[VPS_MAX];
static uint64_t prepared;

static void wants(struct me *me, const char *what, int64_t seen, int64_t wanted)
{
	want(me, what, (uint64_t)seen, (uint64_t)wanted);
}

static void on_target(uint64_t argument)
{
	(void)argument;
	target_runs++;
	publish();
	/* On until all have asked: whoever asks after it went off again may start it again. */
	while (released < target_runs) {
		wait_for_event();
	}
}

static bool is_off(unsigned int n)
{
	uint64_t until = ticks() + WAIT_SECONDS * second();

	while (psci(PSCI_AFFINITY_INFO_64, id_of(n), 0, 0) != PSCI_AFFINITY_OFF) {
		if (ticks() > until) {
			return false;
		}
	}
	return true;
}

/* The last processor goes off; all others start it at the same moment, again and again. */
static void a36(struct me *me, enum door door)
{
	unsigned int target = vps() - 1;

	(void)door;
	if (me->n == target) {
		me->checks++;
		vp(target)->done = vp(target)->done + 1;
		publish();
		(void)psci(PSCI_CPU_OFF, 0, 0, 0);
	}
	for (uint64_t i = 0; i < rounds(); i++) {
		unsigned int started = 0;

		want(me, "the target is off", is_off(target), true);
		barrier(me, target);
		answers[me->n] = secondary_on(id_of(target), prepared);
		barrier(me, target);
		for (unsigned int n = 0; n < target; n++) {
			started += answers[n] == PSCI_RET_SUCCESS;
			want(me, "0, -4 or -5",
			     answers[n] == PSCI_RET_SUCCESS || answers[n] == PSCI_RET_ALREADY_ON ||
				     answers[n] == PSCI_RET_ON_PENDING,
			     true);
		}
		want(me, "exactly one started it", started, 1);
		if (me->n == 0) {
			released++;
			publish();
		}
		want(me, "and it is off again", is_off(target), true);
		barrier(me, target);
		want(me, "it ran once in each round", target_runs, i + 1);
	}
}

static void a37(struct me *me, enum door door)
{
	(void)door;
	for (unsigned int n = 0; n < vps(); n++) {
		wants(me, "CPU_ON of one that is on", secondary_on(id_of(n), 0),
		      PSCI_RET_ALREADY_ON);
	}
}

static void a38(struct me *me, enum door door)
{
	uint64_t entry = (uint64_t)piece_page;

	(void)door;
	wants(me, "a processor that is none", psci(PSCI_CPU_ON_64, 0x7F, entry, 0),
	      PSCI_RET_INVALID_PARAMETERS);
	for (unsigned int bit = 24; bit < 64; bit++) {
		uint64_t mpidr = my_id() | UINT64_C(1) << bit;

		wants(me, "a bit of the MPIDR", psci(PSCI_CPU_ON_64, mpidr, entry, 0),
		      PSCI_RET_INVALID_PARAMETERS);
		wants(me, "the same asked after", psci(PSCI_AFFINITY_INFO_64, mpidr, 0, 0),
		      PSCI_RET_INVALID_PARAMETERS);
	}
}

static void a39(struct me *me, enum door door)
{
	static const uint64_t bad[] = { NOWHERE, 0xFFFF0000, UINT64_MAX & ~UINT64_C(3),
					UINT64_C(1) << 48, 0x00400002 };
	uint64_t mpidr = id_of(vps() - 1);

	(void)door;
	wants(me, "entry in VTL2", psci(PSCI_CPU_ON_64, mpidr, vtl2_base(), 0),
	      PSCI_RET_INVALID_ADDRESS);
	wants(me, "its last instruction", psci(PSCI_CPU_ON_64, mpidr, vtl2_end() - 4, 0),
	      PSCI_RET_INVALID_ADDRESS);
	wants(me, "entry in the console", psci(PSCI_CPU_ON_64, mpidr, machine_device(0), 0),
	      PSCI_RET_INVALID_ADDRESS);
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		wants(me, "entry where no code is", psci(PSCI_CPU_ON_64, mpidr, bad[i], 0),
		      PSCI_RET_INVALID_ADDRESS);
	}
	wants(me, "it is on as before", psci(PSCI_AFFINITY_INFO_64, mpidr, 0, 0), PSCI_AFFINITY_ON);
}

static void a40(struct me *me, enum door door)
{
	static const uint64_t levels[] = { 1, 2, 3, 0xFFFFFFFF };

	(void)door;
	for (unsigned int i = 0; i < 4; i++) {
		wants(me, "a level", psci(PSCI_AFFINITY_INFO_64, my_id(), levels[i], 0),
		      PSCI_RET_INVALID_PARAMETERS);
	}
	wants(me, "level 0", psci(PSCI_AFFINITY_INFO_64, my_id(), 0, 0), PSCI_AFFINITY_ON);
}

static bool ends(uint32_t id)
{
	return id == PSCI_CPU_OFF || id == PSCI_SYSTEM_OFF || id == PSCI_SYSTEM_RESET;
}

/* What FEATURES says is what the call does. The argument is a number that FEATURES knows and that
 * is the MPIDR of no VP, so that nothing starts. */
static void a42(struct me *me, enum door door)
{
	(void)door;
	for (uint32_t n = 0; n < 32; n++) {
		for (uint32_t wide = 0; wide < 2; wide++) {
			uint32_t id = PSCI_VERSION | n | wide << 30;
			int64_t says = psci(PSCI_FEATURES, id, 0, 0);

			want(me, "0 or -1", says == 0 || says == PSCI_RET_NOT_SUPPORTED, true);
			if (!ends(id)) {
				want(me, "the call itself",
				     psci(id, PSCI_VERSION, 0, 0) == PSCI_RET_NOT_SUPPORTED,
				     says == PSCI_RET_NOT_SUPPORTED);
			}
		}
	}
}

void start_rows(void)
{
	row("A-37", 'H', THROUGH(DOOR_HVC0), 1, a37);
	row("A-38", 'H', THROUGH(DOOR_HVC0), 1, a38);
	row("A-39", 'H', THROUGH(DOOR_HVC0), 1, a39);
	row("A-40", 'H', THROUGH(DOOR_HVC0), 1, a40);
	row("A-42", 'H', THROUGH(DOOR_HVC0), 1, a42);
	if (vps() > 2 && row_is_chosen("A-36")) {
		prepared = secondary_prepare(on_target, 0);
		row("A-36", 'H', THROUGH(DOOR_HVC0), 50 * option("times", 1), a36);
		ok(row_worker_again(vps() - 1), "the target is a worker again");
	}
}
