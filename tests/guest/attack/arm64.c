/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * and what else has its own form on arm64: instructions that are no door, and the
 * processor's counters.
 */
#include "paravane/services.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"
#include "tests/guest/lib/arm64/arm64.h"
#include "tests/guest/lib/arm64/sysreg.h"

#define HVC_IMMEDIATE(n) (0xD4000002U | (uint32_t)(n) << 5)
#define SMC_IMMEDIATE(n) (0xD4000003U | (uint32_t)(n) << 5)
#define RET_INSTRUCTION 0xD65F03C0U
#define IMMEDIATES 0x10000

static uint32_t code[VPS_MAX][16] __attribute__((aligned(64)));

/* A store of another size, or to another place of the page. */
void door_variants(struct me *me, enum door door)
{
	static const uint8_t off[] = { 1, 2, 4, 7 };
	uint64_t x[8];

	(void)door;
	for (unsigned int i = 0; i < sizeof(off); i++) {
		x[0] = PARAVANE_UID;
		call_at(x, (uint64_t)piece_page_byte, paravane_door_page() + off[i]);
		want(me, "a byte to the door page", x[0], PARAVANE_UID_WORD0);
	}
	x[0] = PARAVANE_UID;
	call_at(x, (uint64_t)piece_page_double, paravane_door_page() + PAGE - 8);
	want(me, "eight bytes to the end of the door page", x[0], PARAVANE_UID_WORD0);
}

uint32_t other_register(unsigned int n)
{
	static const uint32_t names[OTHER_REGISTERS] = { 0x20000, 0x20012, 0x20022, 0x20023,
							 0x40000, 0x40005, 0x4000C, 0x90013,
							 0xD0007, 0xA0000 };

	return names[n];
}

/* PC. */
uint32_t own_register(void)
{
	return 0x20022;
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
		want(me, "undefined", exception_is_undefined(&seen), true);
		want(me, "  at the instruction", seen.at, (uint64_t)code[me->n]);
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

/* Counters of the processor, switched on by VTL0, see nothing of VTL2: here they do not count. */
static void a52(struct me *me, enum door door)
{
	uint64_t before;

	sysreg_write(pmcr_el0, 7);
	sysreg_write(pmcntenset_el0, 0x8000003F);
	sysreg_write(pmccfiltr_el0, 0);
	before = sysreg_read(pmccntr_el0);
	for (uint64_t i = 0; i < share(); i++) {
		check(me, "work on secrets", door, TRNG_RND64, TRNG_RND64_MAX_BITS, 0);
	}
	want(me, "cycles", sysreg_read(pmccntr_el0), before);
	want(me, "event 0", sysreg_read(pmevcntr0_el0), 0);
}

/* VTL return in VTL0: undefined, nothing moves. */
static void h31(struct me *me, enum door door)
{
	uint64_t x[8] = { PARAVANE_UID, 1, 2, 3, 4, 5, 6, 7 };
	struct exception seen;

	(void)door;
	for (uint64_t i = 0; i < share(); i++) {
		exception_expect();
		call_at(x, (uint64_t)piece_hvc3, 0);
		seen = exception_end();
		want(me, "undefined", exception_is_undefined(&seen), true);
		want(me, "  at the instruction", seen.at, (uint64_t)piece_hvc3);
		want(me, "  keeps X0", x[0], PARAVANE_UID);
	}
}

void own_rows(void)
{
	row("A-35", 'B', THROUGH(DOOR_PAGE), IMMEDIATES / stride(), a35);
	row("A-52", 'B', EVERY_DOOR, few(1000), a52);
}

void own_hyper_rows(void)
{
	row("A-31", 'H', THROUGH(DOOR_PAGE), 1000, h31);
}
