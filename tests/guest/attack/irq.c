/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * load, timers and interrupts of VTL0 while calls are made.
 */
#include "paravane/services.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"

/* How late VTL0's timer may be, and how long a call may take, in microseconds ("late=0x..").
 * Without the option it is that of a machine that has fewer processors than it pretends to and
 * does other things besides: nobody waits without end. tests/boot/attack-time gives the promised
 * bound, on a machine where a microsecond is a thousand instructions. */
#define LATE_MICROSECONDS 10000000
#define FLOOD_MILLISECONDS 10000

static volatile uint64_t handled[VPS_MAX];
static volatile uint64_t handler_wrong[VPS_MAX];
static volatile uint64_t ipis[VPS_MAX];

static unsigned int self(void)
{
	for (unsigned int n = 0; n < vps(); n++) {
		if (id_of(n) == my_id()) {
			return n;
		}
	}
	return 0;
}

static bool in_time(struct me *me, uint64_t took)
{
	me->worst = took > me->worst ? took : me->worst;
	return took < option("late", LATE_MICROSECONDS) * second() / 1000000;
}

/* Sets the timer, sleeps until its interrupt is there, and says how late that was. */
static uint64_t timer_delay(uint64_t wait)
{
	uint64_t at = ticks() + wait;
	enum irq irq;
	uint64_t now;

	timer_set(at);
	do {
		irq_wait();
		irq = irq_take();
	} while (irq == IRQ_NONE);
	now = ticks();
	timer_off();
	return irq != IRQ_TIMER || now < at ? UINT64_MAX : now - at;
}

static void bad_calls(struct me *me, enum door door)
{
	for (unsigned int i = 0; i < 100; i++) {
		check(me, "a bad call", door, 0xF8000000 | (rng(me) & 0xFFFF), rng(me), rng(me));
	}
}

/* By one processor alone. */
static volatile uint64_t timer_at;
static volatile uint64_t timer_late;

static void timer_came(void)
{
	uint64_t now = ticks();

	if (irq_take() == IRQ_TIMER) {
		timer_off();
		timer_late = now - timer_at;
	}
}

/* The timer's interrupt falls into bad calls of its own processor. */
static uint64_t timer_delay_in_calls(struct me *me, enum door door)
{
	uint64_t until = ticks() + 10 * second();

	interrupt_by(timer_came);
	timer_late = UINT64_MAX;
	timer_at = ticks() + rng(me) % (second() / 1000);
	timer_set(timer_at);
	while (timer_late == UINT64_MAX && ticks() < until) {
		want(me, "a bad call", open_call(door, 0xF800FFFF).x[0], UINT64_MAX);
	}
	return timer_late;
}

/* The last processor sends bad calls for ten seconds; every other one times its timer. */
static void a55(struct me *me, enum door door)
{
	uint64_t until = ticks() + option("millis", FLOOD_MILLISECONDS) * second() / 1000;

	want(me, "a controller", irq_on(), true);
	barrier(me, vps());
	while (ticks() < until) {
		if (me->n + 1 == vps()) {
			bad_calls(me, door);
		} else {
			want(me, "the timer is in time", in_time(me, timer_delay(second() / 50)),
			     true);
		}
		if (vps() == 1) {
			want(me, "the timer is in time",
			     in_time(me, timer_delay_in_calls(me, door)), true);
		}
	}
}

static void a56(struct me *me, enum door door)
{
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t start = ticks();

		check(me, "the most random bits", door, TRNG_RND64, TRNG_RND64_MAX_BITS, 0);
		want(me, "in time", in_time(me, ticks() - start), true);
	}
}

static void count_interrupt(void)
{
	unsigned int n = self();

	while (irq_take() == IRQ_IPI) {
		ipis[n]++;
	}
}

/* Each processor sends an interrupt to its neighbour (or itself) for each of its own calls. */
static void a58(struct me *me, enum door door)
{
	uint64_t until = ticks() + 20 * second();
	uint64_t before = ipis[me->n];

	want(me, "a controller", irq_on(), true);
	interrupt_by(count_interrupt);
	barrier(me, vps());
	for (uint64_t i = 0; i < share(); i++) {
		struct result r;

		irq_send(id_of((me->n + 1) % vps()));
		r = open_call(door, PARAVANE_UID);
		want(me, "a call under interrupts", r.x[0], PARAVANE_UID_WORD0);
		want(me, "  its X1", r.x[1], PARAVANE_UID_WORD1);
	}
	while (ipis[me->n] == before && ticks() < until) {
		(void)count_interrupt();
	}
	want(me, "the interrupts came", ipis[me->n] > before, true);
	barrier(me, vps());
}

/* A call made by the handler of an interrupt that was pending when the call was made. */
static void call_in_handler(void)
{
	uint64_t x[8] = { PARAVANE_REVISION, 7, 7, 7, 7, 7, 7, 7 };
	unsigned int n = self();

	if (irq_take() != IRQ_IPI) {
		return;
	}
	(void)ask(handled[n] % 2 == 0 ? DOOR_PAGE : DOOR_VTL_CALL, x);
	if (x[0] != PARAVANE_REVISION_MAJOR || x[1] != PARAVANE_REVISION_MINOR || x[2] != 7) {
		handler_wrong[n]++;
	}
	handled[n]++;
}

static void a66(struct me *me, enum door door)
{
	uint64_t before = handled[me->n];

	want(me, "a controller", irq_on(), true);
	interrupt_by(call_in_handler);
	barrier(me, vps());
	for (uint64_t i = 0; i < share(); i++) {
		struct result r;

		irq_send(id_of(me->n));
		r = open_call(door, PARAVANE_UID);
		want(me, "the outer call", r.x[0], PARAVANE_UID_WORD0);
		want(me, "  its X1", r.x[1], PARAVANE_UID_WORD1);
	}
	want(me, "the handler's calls", handled[me->n] - before, share());
	want(me, "  were answered", handler_wrong[me->n], 0);
	barrier(me, vps());
}

void irq_rows(void)
{
	row("A-55", 'F', THROUGH(DOOR_PAGE), 1, a55);
	row("A-56", 'F', THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL) | THROUGH(DOOR_HVC0),
	    few(10000), a56);
	row("A-58", 'F', THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL), few(10000), a58);
	row("A-66", 'F', THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL), few(10000), a66);
}
