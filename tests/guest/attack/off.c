/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * does the machine end while every processor is inside calls?
 *
 * All processors call without pause by different doors; after a while that the seed chooses one of
 * them asks for the end, by SYSTEM_OFF or ("reset=0x1") SYSTEM_RESET; "both=0x1": two at once. That
 * it ended, and how, is the host's word.
 */
#include "paravane/services.h"
#include "smccc/trng.h"
#include "tests/guest/lib/guest.h"

#define VPS_MAX 64

static volatile uint32_t up[VPS_MAX];
static uint64_t end_at;

static void one_call(uint64_t n, uint64_t i)
{
	uint64_t x[8] = { (i + n) % 3 == 0 ? PARAVANE_UID : TRNG_RND64, 192 };

	switch ((i + n) % 4) {
	case 0:
		(void)ask(DOOR_PAGE, x);
		break;
	case 1:
		(void)ask(DOOR_VTL_CALL, x);
		break;
	case 2:
		(void)ask((service_doors() & THROUGH(DOOR_HVC0)) != 0 ? DOOR_HVC0 : DOOR_PAGE, x);
		break;
	default:
		exception_expect();
		(void)load32(0x08000000);
		(void)exception_end();
	}
}

static void calls(uint64_t n)
{
	up[n] = 1;
	publish();
	for (uint64_t i = 0;; i++) {
		one_call(n, i);
		if (n == 1 && option("both", 0) != 0 && end_at != 0 && ticks() >= end_at) {
			power_off();
		}
	}
}

void guest_main(void)
{
	uint64_t seed = option("seed", 1);
	uint64_t id = 0;
	uint64_t started = 1;

	if (!ok(paravane_init(), "the doors are there")) {
		return;
	}
	for (unsigned int n = 0; machine_cpu(n, &id) && started < VPS_MAX; n++) {
		if (id != my_id() && secondary_start(id, calls, started)) {
			started++;
		}
	}
	for (uint64_t n = 1; n < started; n++) {
		while (up[n] == 0) {
			wait_for_event();
		}
	}
	print("# %lu processors call, seed 0x%lx\n", started, seed);
	print("1..1\n");
	end_at = ticks() + seed * 7919 % 100 * second() / 500;
	publish();
	for (uint64_t i = 0; ticks() < end_at; i++) {
		one_call(0, i);
	}
	if (option("reset", 0) != 0) {
		reset();
	}
	power_off();
}
