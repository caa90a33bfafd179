/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * the calling convention itself.
 */
#include "paravane/services.h"
#include "smccc/psci.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"

/* All owners, fast and yielding, 32 and 64 bits; edges of the numbers and some by chance. */
static void a32(struct me *me, enum door door)
{
	static const uint16_t edges[] = { 0,	  1,	  2,	  0x20,	  0x50,	  0x7FFF, 0xFEFF,
					  0xFF00, 0xFF01, 0xFF02, 0xFF03, 0xFF04, 0xFFFF };
	unsigned int edge_count = sizeof(edges) / sizeof(edges[0]);

	for (uint64_t top = me->n; top < 256; top += vps() == 1 ? 1 : 3 * vps()) {
		for (unsigned int i = 0; i < edge_count; i++) {
			check(me, "a function number", door, top << 24 | edges[i], 0, 0);
		}
		for (uint64_t i = 0; i < rounds(); i++) {
			check(me, "a function number by chance", door,
			      top << 24 | (rng(me) & 0xFFFFFF), 0, 0);
		}
	}
}

static void a33(struct me *me, enum door door)
{
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t junk = rng(me) << 32;

		check(me, "TRNG_RND32", door, TRNG_RND32, junk | rng(me) % 100, rng(me));
		check(me, "TRNG_FEATURES", door, TRNG_FEATURES, junk | TRNG_RND64, rng(me));
		check(me, "SMCCC_ARCH_FEATURES", door, SMCCC_ARCH_FEATURES, junk | PARAVANE_LOG,
		      rng(me));
	}
}

static void a34(struct me *me, enum door door)
{
	for (unsigned int s = 0; s < SERVICES; s++) {
		check(me, "a yielding call", door, service_id(s) & ~SMCCC_FAST_CALL, 1, 1);
		check(me, "the other width", door, service_id(s) ^ SMCCC_CALL_64BIT, 1, 1);
	}
}

/* No hypervisor's here: forwarded where it can be, and Paravane has no such call either. */
static void a41(struct me *me, enum door door)
{
	for (unsigned int bit = 0; bit < 32; bit++) {
		check(me, "CPU_SUSPEND", door, PSCI_CPU_SUSPEND, UINT64_C(1) << bit, 0);
		check(me, "CPU_SUSPEND_64", door, PSCI_CPU_SUSPEND_64, UINT64_C(1) << bit, 0);
	}
}

void smccc_rows(void)
{
	row("A-32", 'B', EVERY_DOOR, few(8), a32);
	row("A-33", 'F', EVERY_DOOR, few(1000), a33);
	row("A-34", 'F', EVERY_DOOR, 1, a34);
	row("A-41", 'B', EVERY_DOOR, 1, a41);
}
