/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which requests are counted?
 *
 * Each path REPEATS times in a row, every time between the marks of marked.S. The plugin prints one
 * line for each; this prints the names in the same order, and whether the answers were right, so
 * that no refusal is taken for a fast service. Then every other processor of the tree is started.
 */
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/bench/payload.h"

#define UNKNOWN_ID 0xF800FFFE
#define WAIT_SECONDS 10

static const char log_text[] = "bench: a line of text";
/* No pointers: nobody relocates a payload. */
static const char doors[][8] = { "page", "hvc0", "hvc1", "vtlcall" };
static volatile uint32_t up[SECONDARIES_MAX + 1];

void path(const char *name, const char *door)
{
	print("# bench %s%s%s %u\n", name, door == NULL ? "" : ".", door == NULL ? "" : door,
	      REPEATS);
}

/* wanted: the low word of X0. */
static void calls(const char *name, enum door door, uint64_t id, uint64_t a1, uint64_t a2,
		  uint32_t wanted)
{
	uint32_t right = 0;

	path(name, doors[door]);
	for (unsigned int i = 0; i < REPEATS; i++) {
		uint64_t x[8] = { id, a1, a2 };

		counted_call(x, door, door_target(door));
		right += (uint32_t)x[0] == wanted;
	}
	ok_equal(right, REPEATS, "every answer is the right one");
}

/* hvc #0 and #1 reach us only by the hypervisor's leave: where it does not forward, no figures. */
static bool forwards(enum door door)
{
	return (int32_t)call(door, PARAVANE_FEATURES, PARAVANE_STATISTICS, 0, 0).x[0] == 0;
}

static void by_door(enum door door)
{
	uint64_t own = SMCCC_VERSION;

	if ((door == DOOR_HVC0 || door == DOOR_HYPERCALL) && !forwards(door)) {
		print("# %s: not forwarded\n", doors[door]);
		return;
	}
	if (door == DOOR_PAGE || door == DOOR_VTL_CALL) {
		calls("version", door, own, 0, 0, (uint32_t)call(door, own, 0, 0, 0).x[0]);
		calls("trng128", door, TRNG_RND64, 128, 0, TRNG_RET_SUCCESS);
	}
	calls("features", door, PARAVANE_FEATURES, PARAVANE_STATISTICS, 0, 0);
	calls("unknown", door, UNKNOWN_ID, 0, 0, (uint32_t)SMCCC_RET_NOT_SUPPORTED);
	calls("stats", door, PARAVANE_STATISTICS, PARAVANE_STAT_REQUESTS, 0, 0);
}

static void devices(void)
{
	struct exception seen;
	uint32_t taken = 0;

	path("nothing", NULL);
	for (unsigned int i = 0; i < REPEATS; i++) {
		counted_nothing();
	}
	count_devices();
	path("denied-read", NULL);
	for (unsigned int i = 0; i < REPEATS; i++) {
		exception_expect();
		counted_load(vtl2_begin());
		seen = exception_end();
		taken += seen.taken;
	}
	ok_equal(taken, REPEATS, "every read of VTL2's memory is refused");
}

static void on_secondary(uint64_t n)
{
	up[n] = 1;
	publish();
}

static void processors(void)
{
	uint64_t id = 0;

	for (unsigned int n = 0; n <= SECONDARIES_MAX && machine_cpu(n, &id); n++) {
		uint64_t until = ticks() + WAIT_SECONDS * second();

		if (id == my_id()) {
			continue;
		}
		ok(secondary_start(id, on_secondary, n), "the start is taken");
		while (up[n] == 0 && ticks() < until) {
		}
		ok_equal(up[n], 1, "the processor comes up");
	}
}

void guest_main(void)
{
	if (!ok(paravane_init() && paravane_has_vtl_call(), "a door page and VTL call")) {
		return;
	}
	by_door(DOOR_PAGE);
	by_door(DOOR_VTL_CALL);
	by_door(DOOR_HVC0);
	by_door(DOOR_HYPERCALL);
	/* The first lines pass; then the rate says no. */
	path("log", "page");
	for (unsigned int i = 0; i < REPEATS; i++) {
		uint64_t x[8] = { PARAVANE_LOG, (uint64_t)log_text, sizeof(log_text) - 1 };

		counted_call(x, DOOR_PAGE, door_target(DOOR_PAGE));
	}
	devices();
	processors();
}
