/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * the calling convention itself, and instructions that are no door.
 */
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"
#include "tests/guest/lib/sysreg.h"

#define HVC_IMMEDIATE(n) (0xD4000002U | (uint32_t)(n) << 5)
#define SMC_IMMEDIATE(n) (0xD4000003U | (uint32_t)(n) << 5)
#define RET_INSTRUCTION 0xD65F03C0U
#define IMMEDIATES 0x10000

static uint32_t code[VPS_MAX][16] __attribute__((aligned(64)));

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

static void write_code(uint32_t *at, uint32_t instruction)
{
	*(volatile uint32_t *)at = instruction;
	*(volatile uint32_t *)(at + 1) = RET_INSTRUCTION;
	__asm__ volatile("dsb sy\n\tic ivau, %0\n\tdsb sy\n\tisb" : : "r"(at) : "memory");
}

/* HVC with an immediate that is no door is undefined; SMC is -1 with any. */
static void a35(struct me *me, enum door door)
{
	uint64_t requests = counter(PARAVANE_STAT_REQUESTS);

	(void)door;
	for (uint64_t n = 4 + me->n; n < IMMEDIATES; n += stride()) {
		uint64_t x[8] = { PARAVANE_UID, 1, 2, 3, 4, 5, 6, 7 };
		struct exception seen;

		write_code(code[me->n], HVC_IMMEDIATE(n));
		exception_expect();
		call_at(x, (uint64_t)code[me->n], 0);
		seen = exception_end();
		want(me, "undefined", seen.taken && ESR_EC(seen.esr) == EC_UNKNOWN, true);
		want(me, "  at the instruction", seen.elr, (uint64_t)code[me->n]);
		want(me, "  keeps X0", x[0], PARAVANE_UID);
		want(me, "  keeps X3", x[3], 3);
	}
	for (uint64_t n = me->n; n < 64; n++) {
		uint64_t x[8] = { PARAVANE_UID, 1, 2, 3, 4, 5, 6, 7 };

		write_code(code[me->n], SMC_IMMEDIATE(n < 32 ? n : n * 1024));
		call_at(x, (uint64_t)code[me->n], 0);
		want(me, "smc", x[0], UINT64_MAX);
		want(me, "  keeps X1", x[1], 1);
	}
	if (vps() == 1) {
		want(me, "no service was asked", counter(PARAVANE_STAT_REQUESTS), requests + 1);
	}
}

void smccc_rows(void)
{
	row("A-32", 'B', EVERY_DOOR, few(8), a32);
	row("A-33", 'F', EVERY_DOOR, few(1000), a33);
	row("A-34", 'F', EVERY_DOOR, 1, a34);
	row("A-35", 'B', THROUGH(DOOR_PAGE), IMMEDIATES / stride(), a35);
}
