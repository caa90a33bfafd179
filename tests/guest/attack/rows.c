/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a row run on all processors at once, and how is it reported?
 *
 * The boot processor gives out jobs by a number in memory; the others do each job once. Nothing
 * here needs an exclusive access, which nobody has with the MMU off: each word has one writer.
 */
#include "paravane/services.h"
#include "tests/guest/attack/attack.h"

#define SEED 0x5EED
#define STUCK_SECONDS 100
/* The slowest that a round may be, in a machine that does other things besides. */
#define ROUNDS_A_SECOND 20

static struct me everyone[VPS_MAX];
static uint64_t ids[VPS_MAX];
static volatile uint32_t workers_up[VPS_MAX];
static uint8_t buffers[VPS_MAX][BUFFER_SIZE] __attribute__((aligned(4096)));
static unsigned int count;
static unsigned int rows_failed;
static unsigned int rows_run;

static volatile uint32_t job_number;
static row_function *job_function;
static unsigned int job_doors;
static uint64_t job_rounds;

unsigned int vps(void)
{
	return count;
}

uint64_t id_of(unsigned int n)
{
	return ids[n];
}

struct me *vp(unsigned int n)
{
	return &everyone[n];
}

uint64_t rounds(void)
{
	return job_rounds;
}

uint64_t few(uint64_t times)
{
	return count == 1 ? times : (times + 15) / 16 * option("times", 1);
}

uint64_t stride(void)
{
	return count == 1 ? 1 : 61;
}

uint64_t share(void)
{
	return (job_rounds + count - 1) / count;
}

uint64_t rng(struct me *me)
{
	/* xorshift64* */
	me->rng ^= me->rng >> 12;
	me->rng ^= me->rng << 25;
	me->rng ^= me->rng >> 27;
	return me->rng * UINT64_C(0x2545F4914F6CDD1D);
}

void barrier(struct me *me, unsigned int among)
{
	me->arrived++;
	publish();
	for (unsigned int i = 0; i < among; i++) {
		while ((int32_t)(everyone[i].arrived - me->arrived) < 0) {
			wait_for_event();
		}
	}
}

bool want(struct me *me, const char *what, uint64_t seen, uint64_t wanted)
{
	me->checks++;
	if (seen == wanted) {
		return true;
	}
	if (me->failed++ == 0) {
		me->what = what;
		me->seen = seen;
		me->wanted = wanted;
	}
	return false;
}

/* Nothing was left behind: a plain call has its usual answer. */
static void plain_call(struct me *me, enum door door)
{
	if (door != DOOR_HYPERCALL || (service_doors() & THROUGH(door)) != 0) {
		check(me, "the plain call behind it", door, PARAVANE_UID, 0, 0);
	}
	check(me, "the plain call by the door page", DOOR_PAGE, PARAVANE_UID, 0, 0);
}

static void do_job(struct me *me)
{
	static const enum door order[] = { DOOR_PAGE, DOOR_VTL_CALL, DOOR_HVC0, DOOR_HYPERCALL };

	me->checks = 0;
	me->failed = 0;
	me->worst = 0;
	for (unsigned int i = 0; i < 4; i++) {
		if ((job_doors & THROUGH(order[i])) != 0) {
			uint64_t before = me->failed;

			job_function(me, order[i]);
			plain_call(me, order[i]);
			if (before == 0 && me->failed != 0) {
				me->door = order[i];
			}
		}
	}
}

static void worker(uint64_t n)
{
	struct me *me = &everyone[n];

	workers_up[n] = 1;
	publish();
	for (;;) {
		while (job_number == me->done) {
			wait_for_event();
		}
		do_job(me);
		publish();
		me->done = job_number;
		publish();
	}
}

static void wait_for_workers(unsigned int running)
{
	uint64_t seconds = STUCK_SECONDS + job_rounds / ROUNDS_A_SECOND;
	uint64_t until = ticks() + seconds * second();

	for (unsigned int i = 1; i < running; i++) {
		while (everyone[i].done != job_number && ticks() < until) {
			wait_for_event();
		}
		if (everyone[i].done != job_number) {
			print("# processor %u does not come back\n", i);
			everyone[i].failed++;
			everyone[i].what = "coming back";
		}
	}
}

static unsigned int bits(unsigned int mask)
{
	return mask == 0 ? 0 : (mask & 1) + bits(mask >> 1);
}

static void report(const char *id, char who, unsigned int running)
{
	uint64_t checks = 0;
	uint64_t worst = 0;
	bool good = true;

	for (unsigned int i = 0; i < running; i++) {
		const struct me *me = &everyone[i];

		checks += me->checks;
		worst = me->worst > worst ? me->worst : worst;
		if (me->checks == 0 || me->failed != 0) {
			good = false;
			print("# %s: processor %u, door %u: %lu of %lu differ, first: %s: "
			      "0x%lx, not 0x%lx\n",
			      id, i, me->door, me->failed, me->checks,
			      me->what == NULL ? "no check at all" : me->what, me->seen,
			      me->wanted);
		}
	}
	if (worst != 0) {
		print("# %s: %lu us at most\n", id, worst * 1000000 / second());
	}
	rows_run++;
	rows_failed += good ? 0 : 1;
	print("row %s %c doors=%u vps=%u rounds=%lu checks=%lu %s\n", id, who, bits(job_doors),
	      running, job_rounds, checks, good ? "pass" : "fail");
}

static void run(const char *id, char who, unsigned int running)
{
	for (unsigned int i = 0; i < running; i++) {
		everyone[i].what = NULL;
	}
	publish();
	if (running > 1) {
		job_number++;
		publish();
	}
	do_job(&everyone[0]);
	wait_for_workers(running);
	report(id, who, running);
}

/* "only=0x4456": the rows, two digits for each. */
bool row_is_chosen(const char *id)
{
	uint64_t number = (uint64_t)(id[2] - '0') << 4 | (uint64_t)(id[3] - '0');
	uint64_t only = option("only", 0);

	for (uint64_t left = only; left != 0; left >>= 8) {
		if ((left & 0xFF) == number) {
			return true;
		}
	}
	return only == 0;
}

void row(const char *id, char who, unsigned int doors, uint64_t times, row_function *function)
{
	if (!row_is_chosen(id)) {
		return;
	}
	job_doors = doors & (service_doors() | hypercall_doors());
	job_rounds = times;
	job_function = function;
	run(id, who, count);
}

void row_alone(const char *id, char who, unsigned int doors, uint64_t times, row_function *function)
{
	if (!row_is_chosen(id)) {
		return;
	}
	job_doors = doors & (service_doors() | hypercall_doors());
	job_rounds = times;
	job_function = function;
	run(id, who, 1);
}

static bool worker_up(unsigned int n)
{
	uint64_t until = ticks() + STUCK_SECONDS * second();

	everyone[n].done = job_number;
	workers_up[n] = 0;
	publish();
	if (!secondary_start(ids[n], worker, n)) {
		return false;
	}
	while (workers_up[n] == 0) {
		if (ticks() > until) {
			return false;
		}
		wait_for_event();
	}
	return true;
}

bool row_worker_again(unsigned int n)
{
	everyone[n].arrived = everyone[0].arrived;
	return worker_up(n);
}

void rows_begin(void)
{
	uint64_t seed = option("seed", SEED);
	uint64_t id = 0;

	ids[0] = my_id();
	for (unsigned int n = 0; machine_cpu(n, &id) && count + 1 < VPS_MAX; n++) {
		if (id != my_id()) {
			ids[++count] = id;
		}
	}
	count++;
	for (unsigned int n = 0; n < count; n++) {
		everyone[n].n = n;
		everyone[n].rng = (seed + n + 1) * UINT64_C(0x9E3779B97F4A7C15);
		everyone[n].buffer = buffers[n];
		if (n != 0) {
			ok(worker_up(n), "a processor comes up");
		}
	}
	print("# attack: seed 0x%lx, %u processors\n", seed, count);
}

void rows_end(void)
{
	print("# attack: %u rows, %u failed\n", rows_run, rows_failed);
	ok(rows_run != 0 && rows_failed == 0, "every row passed");
}
