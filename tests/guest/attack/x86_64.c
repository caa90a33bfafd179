/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * and what else has its own form on x86_64: instructions that are no door,
 * the doors with other values, and the processor's counters.
 */
#include "hv/hvgdk.h"
#include "paravane/services.h"
#include "tests/guest/attack/x86_64.h"

#define CODES 0x10000
#define PMC0_INTEL 0xC1
#define EVENT0_INTEL 0x186
#define FIXED0_INTEL 0x309
#define CONTROL_INTEL 0x38F
#define EVENT0_AMD 0xC0010000
#define PMC0_AMD 0xC0010004

void want_read_gp(struct me *me, const char *what, uint32_t msr)
{
	struct exception seen;
	uint64_t value;

	exception_expect();
	value = try_rdmsr(msr);
	seen = exception_end();
	want(me, what, seen.taken && seen.cause == GENERAL_PROTECTION, true);
	want(me, "  and no value", value, 0);
}

void want_write_gp(struct me *me, const char *what, uint32_t msr, uint64_t value)
{
	struct exception seen;

	exception_expect();
	try_wrmsr(msr, value);
	seen = exception_end();
	want(me, what, seen.taken && seen.cause == GENERAL_PROTECTION, true);
}

static void want_undefined(struct me *me, const char *what, uint64_t code, uint64_t rcx)
{
	uint64_t x[8] = { PARAVANE_UID, 1, 2, 3, 4, 5, 6, 7 };
	struct exception seen;

	exception_expect();
	(void)call_at(x, code, rcx);
	seen = exception_end();
	want(me, what, exception_is_undefined(&seen), true);
	want(me, "  keeps R8", x[0], PARAVANE_UID);
	want(me, "  keeps R11", x[3], 3);
	want(me, "  keeps R12", x[7], 7);
}

/* Any value written is a call; a read is none. */
void door_variants(struct me *me, enum door door)
{
	(void)door;
	for (unsigned int i = 0; i < 16; i++) {
		struct registers r = { .gpr[R8] = PARAVANE_REVISION, .rflags = 2 };

		r.mxcsr = 0x1F80;
		r.gpr[RCX] = rng(me) << 32 | PARAVANE_DOOR_MSR;
		r.gpr[RAX] = rng(me);
		r.gpr[RDX] = rng(me);
		r.gpr[RBP] = rng(me);
		r.gpr[R12] = r.gpr[RBP];
		call_with(&r, (uint64_t)piece_wrmsr);
		want(me, "any value to the door", r.gpr[R8], PARAVANE_REVISION_MAJOR);
		want(me, "  its second result", r.gpr[R9], PARAVANE_REVISION_MINOR);
		want(me, "  RAX, RCX, RDX are 0", r.gpr[RAX] | r.gpr[RCX] | r.gpr[RDX], 0);
		want(me, "  RBP is kept", r.gpr[RBP], r.gpr[R12]);
	}
	want_read_gp(me, "the door is not read", PARAVANE_DOOR_MSR);
}

/* All are VTL2's private ones, or another VP's, or nobody's. */
uint32_t other_register(unsigned int n)
{
	static const uint32_t names[OTHER_REGISTERS] = { 0x20004, 0x20010, 0x20011, 0x40000,
							 0x40002, 0x60001, 0x80001, 0x90013,
							 0xD0007, 0xA0000 };

	return names[n];
}

/* RIP. */
uint32_t own_register(void)
{
	return 0x20010;
}

/* Every code of a hypercall that is not offered, in memory and fast. */
static void h15(struct me *me, enum door door)
{
	const uint64_t words[6] = { (uint64_t)me->buffer, (uint64_t)me->buffer + PAGE };

	for (uint64_t n = me->n; n < CODES; n += stride()) {
		/* VTL call and return are calls of another kind. */
		if (is_hypercall(n) || n == HVCALL_VTL_CALL || n == HVCALL_VTL_RETURN ||
		    n == (PARAVANE_HYPERCALL & 0xFFFF)) {
			continue;
		}
		want(me, "an unknown hypercall", hypercall(door, n, words),
		     HV_STATUS_INVALID_HYPERCALL_CODE);
		want(me, "  and fast", hypercall(door, n | HV_HYPERCALL_FAST_BIT, words),
		     HV_STATUS_INVALID_HYPERCALL_CODE);
	}
}

/* VTL return in VTL0, a VTL call with an input, and both by their number alone. */
static void h31(struct me *me, enum door door)
{
	(void)door;
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t junk = rng(me) | 1;

		want_undefined(me, "VTL return", vtl_return_entry(), 0);
		want_undefined(me, "a fast VTL return", vtl_return_entry(), 1);
		want_undefined(me, "VTL return with an input", vtl_return_entry(), junk);
		want_undefined(me, "VTL call with an input", vtl_call_entry(), junk);
		want_undefined(me, "VTL call with one bit", vtl_call_entry(),
			       UINT64_C(1) << (i & 63));
		want_undefined(me, "VTL return by its number", hypercall_page(), HVCALL_VTL_RETURN);
	}
}

/* The instruction of a hypercall is one in the page only. */
static void a35(struct me *me, enum door door)
{
	uint64_t requests = counter(PARAVANE_STAT_REQUESTS);

	(void)door;
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t rcx = i % 3 == 0 ? rng(me) : i % 3 == 1 ? HVCALL_VTL_CALL : i;

		want_undefined(me, "vmmcall elsewhere", (uint64_t)piece_vmmcall, rcx);
		want_undefined(me, "vmcall elsewhere", (uint64_t)piece_vmcall, rcx);
	}
	if (vps() == 1) {
		want(me, "no service was asked", counter(PARAVANE_STAT_REQUESTS), requests + 1);
	}
}

/* There are none, so they can see nothing. */
static void a52(struct me *me, enum door door)
{
	static const uint32_t msrs[] = { PMC0_INTEL,	EVENT0_INTEL, FIXED0_INTEL,
					 CONTROL_INTEL, EVENT0_AMD,   PMC0_AMD };

	(void)door;
	for (unsigned int i = 0; i < sizeof(msrs) / sizeof(msrs[0]); i++) {
		want_read_gp(me, "a counter", msrs[i]);
		want_write_gp(me, "a counter is switched on", msrs[i], 0x430076);
	}
	for (uint32_t n = 0; n < 8; n++) {
		struct exception seen;

		exception_expect();
		want(me, "rdpmc", try_rdpmc(n), 0);
		seen = exception_end();
		want(me, "  there is none", seen.taken, true);
	}
}

void own_rows(void)
{
	row("A-35", 'B', THROUGH(DOOR_PAGE), few(3000), a35);
	row("A-52", 'B', EVERY_DOOR, 1, a52);
	port_rows();
	page_rows();
	flood_rows();
}

void own_hyper_rows(void)
{
	row("A-15", 'H', HYPERCALLS, CODES / stride(), h15);
	row("A-31", 'H', THROUGH(DOOR_VTL_CALL), few(1000), h31);
	page_hyper_rows();
}
