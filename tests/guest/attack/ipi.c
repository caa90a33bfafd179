/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * what processors and timers of VTL0 send while calls are made: INIT and start-up
 * interrupts, NMIs, interrupts of every vector, messages of the SynIC.
 */
#include "paravane/services.h"
#include "smccc/trng.h"
#include "tests/guest/attack/x86_64.h"
#include "tests/guest/lib/x86_64/port.h"

#define FIRST_VECTOR 0x20
#define SCONTROL 0x40000080
#define SIMP 0x40000083
#define EOM 0x40000084
#define SINT1 0x40000091
#define SINT_MASKED 0x10000
#define STIMER0_CONFIG 0x400000B0
#define STIMER0_COUNT 0x400000B1
#define STIMER1_CONFIG 0x400000B2
#define STIMER1_COUNT 0x400000B3
#define PERIODIC 3 /* and enabled */
#define DIRECT(vector) (UINT64_C(0x1000) | (vector) << 4)
#define BY_SINT1 (UINT64_C(1) << 16)
#define VECTOR_DIRECT 0x61
#define VECTOR_SINT 0x62
/* In 100 ns. A period that is shorter than an emulator of few processors takes for one interrupt
 * leaves VTL0 no time for anything else. */
#define PERIOD (vps() == 1 ? 2000 : 200000)
#define MESSAGE_SIZE 256
#define TIMER_EXPIRED 0x80000010
#define WAIT_SECONDS 30
#define MICROSECONDS 1000000

/* ---- A-43 ---- */

static volatile uint64_t runs;	/* how often the target began */
static volatile uint64_t calls; /* that it made */
static volatile uint64_t wrong;
static volatile uint64_t left; /* the target has done its share of the row */

/* Calls of all kinds without end: INIT ends it, wherever it is. */
static void on_target(uint64_t n)
{
	struct me *me = vp((unsigned int)n);

	runs++;
	publish();
	for (;;) {
		struct result r =
			call(calls % 2 == 0 ? DOOR_PAGE : DOOR_VTL_CALL, PARAVANE_UID, 0, 0, 0);
		uint64_t line[8] = { PARAVANE_LOG, (uint64_t)me->buffer, 4 };

		wrong += r.x[0] != PARAVANE_UID_WORD0 || r.x[3] != PARAVANE_UID_WORD3;
		r = call(DOOR_PAGE, TRNG_RND64, 192, 0, 0);
		wrong += r.x[0] != 0;
		/* A line that is refused in the end: it goes through the log's lock. */
		line[2] = calls % 64 == 0 ? 0 : PARAVANE_LOG_MAX + 1;
		(void)ask(DOOR_VTL_CALL, line);
		calls++;
		publish();
	}
}

static bool waits_for(const volatile uint64_t *value, uint64_t above)
{
	uint64_t until = ticks() + WAIT_SECONDS * second();

	while (*value <= above) {
		if (ticks() > until) {
			return false;
		}
		wait_for_event();
	}
	return true;
}

static void pause_for(uint64_t microseconds)
{
	uint64_t until = ticks() + microseconds * second() / MICROSECONDS;

	while (ticks() < until) {
		wait_for_event();
	}
}

/* It is off, whatever it was in, and stays off. */
static void stop_target(struct me *me, uint64_t id)
{
	uint64_t seen;

	send_ipi(id, ICR_INIT);
	/* What it is in comes to its end first. */
	pause_for(2000);
	seen = calls;
	pause_for(1000);
	want(me, "it makes no more calls", calls, seen);
}

static void a43(struct me *me, enum door door)
{
	unsigned int target = vps() - 1;
	uint64_t id = id_of(target);
	uint32_t page = 0;

	(void)door;
	if (me->n == target) {
		me->checks++;
		vp(target)->done = vp(target)->done + 1;
		publish();
		left = 1;
		for (;;) {
			halt();
		}
	}
	if (me->n != 0) {
		for (uint64_t i = 0; i < rounds(); i++) {
			check(me, "a call meanwhile", DOOR_PAGE, PARAVANE_UID, 0, 0);
		}
		return;
	}
	page = secondary_prepare(on_target, target);
	want(me, "there is room for it", page != 0 && waits_for(&left, 0), true);
	for (uint64_t i = 0; i < rounds(); i++) {
		uint64_t before = calls;

		stop_target(me, id);
		secondary_again();
		send_ipi(id, ICR_STARTUP | page);
		want(me, "it begins", waits_for(&runs, i), true);
		/* One that is on takes none. */
		send_ipi(id, ICR_STARTUP | page);
		send_ipi(id, ICR_STARTUP | (page + 1));
		want(me, "it makes calls", waits_for(&calls, before), true);
		pause_for(rng(me) % 500);
		want(me, "it began once", runs, i + 1);
		want(me, "every answer is right", wrong, 0);
	}
	stop_target(me, id);
	/* To nobody, and to one that waits for none. */
	send_ipi(0x7FFFFFFF, ICR_INIT);
	send_ipi(0x7FFFFFFF, ICR_STARTUP | page);
	send_ipi(my_id(), ICR_STARTUP | page);
}

void start_rows(void)
{
	if (vps() > 1 && row_is_chosen("A-43")) {
		row("A-43", 'B', THROUGH(DOOR_PAGE), 50 * option("times", 1), a43);
		ok(row_worker_again(vps() - 1), "the target is a worker again");
	}
}

/* ---- A-72 ---- */

/* The neighbour gets an NMI and an interrupt of any vector for each call, itself another one. */
static void a72(struct me *me, enum door door)
{
	uint64_t neighbour = id_of((me->n + 1) % vps());
	uint64_t nmis = local()->nmis;
	uint64_t others = local()->others;
	uint64_t until;

	want(me, "a controller", irq_on(), true);
	barrier(me, vps());
	for (uint64_t i = 0; i < share(); i++) {
		uint32_t vector = FIRST_VECTOR + (uint32_t)(rng(me) % (256 - FIRST_VECTOR));
		struct result r;

		if (vector == IPI_VECTOR || vector == TIMER_VECTOR) {
			vector++;
		}
		send_ipi(neighbour, ICR_NMI);
		send_ipi(neighbour, vector);
		send_ipi(my_id(), vector);
		r = open_call(door, PARAVANE_UID);
		want(me, "a call under NMIs", r.x[0], PARAVANE_UID_WORD0);
		want(me, "  its second result", r.x[1], PARAVANE_UID_WORD1);
		want(me, "  its last result", r.x[3], PARAVANE_UID_WORD3);
	}
	until = ticks() + WAIT_SECONDS * second();
	while ((local()->nmis == nmis || local()->others == others) && ticks() < until) {
		interrupts_window();
	}
	want(me, "NMIs came", local()->nmis > nmis, true);
	want(me, "interrupts came", local()->others > others, true);
	barrier(me, vps());
	interrupts_window();
}

/* ---- A-73 ---- */

static void timers_on(const struct me *me)
{
	msr_write(SCONTROL, 1);
	msr_write(SIMP, (uint64_t)me->buffer | 1);
	msr_write(SINT1, VECTOR_SINT);
	msr_write(STIMER0_COUNT, PERIOD);
	msr_write(STIMER0_CONFIG, DIRECT((uint64_t)VECTOR_DIRECT) | PERIODIC);
	msr_write(STIMER1_COUNT, PERIOD);
	msr_write(STIMER1_CONFIG, BY_SINT1 | PERIODIC);
}

static void timers_off(void)
{
	msr_write(STIMER0_CONFIG, 0);
	msr_write(STIMER1_CONFIG, 0);
	msr_write(SINT1, SINT_MASKED);
	interrupts_window();
	msr_write(SIMP, 0);
	msr_write(SCONTROL, 0);
}

/* A timer by its vector and another by messages: each processor's own, and none is VTL2's. */
static void a73(struct me *me, enum door door)
{
	volatile uint32_t *slot = (volatile uint32_t *)(me->buffer + MESSAGE_SIZE);
	uint64_t others = local()->others;
	uint64_t until = ticks() + WAIT_SECONDS * second();
	uint64_t messages = 0;
	uint64_t i;

	want(me, "a controller", irq_on(), true);
	memset(me->buffer, 0, PAGE);
	timers_on(me);
	for (i = 0; (i < share() || messages < 3) && ticks() < until; i++) {
		struct result r = open_call(door, PARAVANE_UID);

		want(me, "a call under timers", r.x[0], PARAVANE_UID_WORD0);
		want(me, "  its last result", r.x[3], PARAVANE_UID_WORD3);
		if (*slot != 0) {
			want(me, "a message of the timer", *slot, TIMER_EXPIRED);
			messages++;
			*slot = 0;
			msr_write(EOM, 0);
		}
	}
	timers_off();
	want(me, "messages came", messages >= 3, true);
	want(me, "interrupts came", local()->others > others, true);
	want(me, "nothing for SINT0", *(volatile uint32_t *)me->buffer, 0);
	memset(me->buffer, 'a' + (int)me->n, PAGE);
}

void flood_rows(void)
{
	row("A-72", 'B', THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL), few(2000), a72);
	row("A-73", 'B', THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL), few(2000), a73);
}
