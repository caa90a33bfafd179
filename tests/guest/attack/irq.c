/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A-55, A-56, A-58, A-66: load, timers and interrupts of VTL0 while calls are made.
 */
#include "paravane/services.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"
#include "tests/guest/lib/sysreg.h"

#define TIMER_INTID 20
#define SGI 1
#define SPURIOUS 1023
#define GICR_STRIDE 0x20000
#define GICR_SGI_FRAME 0x10000
#define GICD_GROUP1 2

#define PRIORITY_OPEN 0xF0
/* How late VTL0's timer may be, and how long a call may take, in microseconds ("late=0x..").
 * Without the option it is that of a machine that has fewer processors than it pretends to and
 * does other things besides: nobody waits without end. tests/boot/attack-time gives the promised
 * bound, on a machine where a microsecond is a thousand instructions. */
#define LATE_MICROSECONDS 10000000
#define FLOOD_MILLISECONDS 10000
#define ENABLE 1

static volatile uint64_t handled[VPS_MAX];
static volatile uint64_t handler_wrong[VPS_MAX];
static volatile uint64_t sgis[VPS_MAX];

static unsigned int self(void)
{
	for (unsigned int n = 0; n < vps(); n++) {
		if (mpidr_of(n) == my_mpidr()) {
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

/* This processor's controller: SGI 1 and the virtual timer. */
static bool controller_on(void)
{
	uint64_t distributor = 0;
	uint64_t frames = 0;
	uint64_t size = 0;
	char path[64];
	uint64_t frame;

	if (!tree_node("/intc@", 0, path, sizeof(path)) || !tree_reg(path, &distributor, &size) ||
	    !tree_reg_entry(path, 1, &frames, &size)) {
		return false;
	}
	frame = frames + GICR_STRIDE * (my_mpidr() & 0xFF);
	store32(distributor, GICD_GROUP1);
	store32(frame + 0x14, 0);
	store32(frame + GICR_SGI_FRAME + 0x80, UINT32_MAX);
	store32(frame + GICR_SGI_FRAME + 0x100, 1U << TIMER_INTID | 1U << SGI);
	sysreg_write(S3_0_C4_C6_0, PRIORITY_OPEN);
	sysreg_write(S3_0_C12_C12_7, ENABLE);
	return true;
}

static uint64_t acknowledge(void)
{
	uint64_t intid = sysreg_read(S3_0_C12_C12_0);

	if (intid != SPURIOUS) {
		sysreg_write(S3_0_C12_C12_1, intid);
	}
	return intid;
}

static void send_sgi(unsigned int n)
{
	publish();
	sysreg_write(S3_0_C12_C11_5, UINT64_C(1) << 24 | UINT64_C(1) << (mpidr_of(n) & 15));
}

/* Sets the timer, sleeps until its interrupt is there, and says how late that was. */
static uint64_t timer_delay(uint64_t wait)
{
	uint64_t at = ticks() + wait;
	uint64_t intid;
	uint64_t now;

	sysreg_write(cntv_cval_el0, at);
	sysreg_write(cntv_ctl_el0, ENABLE);
	do {
		__asm__ volatile("wfi" : : : "memory");
		intid = sysreg_read(S3_0_C12_C12_0);
	} while (intid == SPURIOUS);
	now = ticks();
	sysreg_write(cntv_ctl_el0, 0);
	sysreg_write(S3_0_C12_C12_1, intid);
	return intid != TIMER_INTID || now < at ? UINT64_MAX : now - at;
}

static void bad_calls(struct me *me, enum door door)
{
	for (unsigned int i = 0; i < 100; i++) {
		check(me, "a bad call", door, 0xF8000000 | (rng(me) & 0xFFFF), rng(me), rng(me));
	}
}

static uint64_t open_call(enum door door, uint64_t id, uint64_t *second_result)
{
	uint64_t x[8] = { id };

	call_at(x, (uint64_t)(door == DOOR_PAGE ? piece_open_page : piece_open_hvc2),
		paravane_door_page() + PARAVANE_DOOR_OFFSET);
	*second_result = x[1];
	return x[0];
}

static volatile uint64_t timer_late;

static void timer_came(void)
{
	uint64_t now = ticks();

	if (acknowledge() == TIMER_INTID) {
		sysreg_write(cntv_ctl_el0, 0);
		timer_late = now - sysreg_read(cntv_cval_el0);
	}
}

/* The timer's interrupt falls into bad calls of its own processor. */
static uint64_t timer_delay_in_calls(struct me *me, enum door door)
{
	uint64_t until = ticks() + 10 * second();
	uint64_t x1;

	interrupt_by(timer_came);
	timer_late = UINT64_MAX;
	sysreg_write(cntv_cval_el0, ticks() + rng(me) % (second() / 1000));
	sysreg_write(cntv_ctl_el0, ENABLE);
	while (timer_late == UINT64_MAX && ticks() < until) {
		want(me, "a bad call", open_call(door, 0xF800FFFF, &x1), UINT64_MAX);
	}
	return timer_late;
}

/* The last processor sends bad calls for ten seconds; every other one times its timer. */
static void a55(struct me *me, enum door door)
{
	uint64_t until = ticks() + option("millis", FLOOD_MILLISECONDS) * second() / 1000;

	want(me, "a controller", controller_on(), true);
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

	while (acknowledge() == SGI) {
		sgis[n]++;
	}
}

/* Each processor sends an SGI to its neighbour (or itself) for each of its own calls. */
static void a58(struct me *me, enum door door)
{
	uint64_t until = ticks() + 20 * second();
	uint64_t before = sgis[me->n];

	want(me, "a controller", controller_on(), true);
	interrupt_by(count_interrupt);
	barrier(me, vps());
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t x1;

		send_sgi((me->n + 1) % vps());
		want(me, "a call under interrupts", open_call(door, PARAVANE_UID, &x1),
		     PARAVANE_UID_WORD0);
		want(me, "  its X1", x1, PARAVANE_UID_WORD1);
	}
	while (sgis[me->n] == before && ticks() < until) {
		(void)count_interrupt();
	}
	want(me, "the interrupts came", sgis[me->n] > before, true);
	barrier(me, vps());
}

/* A call made by the handler of an interrupt that was pending when the call was made. */
static void call_in_handler(void)
{
	uint64_t x[8] = { PARAVANE_REVISION, 7, 7, 7, 7, 7, 7, 7 };
	unsigned int n = self();

	if (acknowledge() != SGI) {
		return;
	}
	ask(handled[n] % 2 == 0 ? DOOR_PAGE : DOOR_VTL_CALL, x);
	if (x[0] != PARAVANE_REVISION_MAJOR || x[1] != PARAVANE_REVISION_MINOR || x[2] != 7) {
		handler_wrong[n]++;
	}
	handled[n]++;
}

static void a66(struct me *me, enum door door)
{
	uint64_t before = handled[me->n];

	want(me, "a controller", controller_on(), true);
	interrupt_by(call_in_handler);
	barrier(me, vps());
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t x1;

		send_sgi(me->n);
		want(me, "the outer call", open_call(door, PARAVANE_UID, &x1), PARAVANE_UID_WORD0);
		want(me, "  its X1", x1, PARAVANE_UID_WORD1);
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
