/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the firmware keep its promises whatever VTL0 asks, in whatever order?
 *
 * The bytes are what happens on four VPs: requests through every door, contents of VTL0's memory,
 * messages of the hypervisor with any type, length and payload, interrupts, the end of the machine,
 * hypercalls that fail. Each goes through the run loop. What must hold is written down by hand from
 * docs/abi.md and the interface's tables, and not read from the tables under test.
 */
#include <string.h>
#if defined(__clang__)
#include <sanitizer/asan_interface.h>
#endif

#include "core/devices.h"
#include "core/service.h"
#include "hv/hvgdk.h"
#include "vtl/door.h"
#include "vtl/intercept.h"
#include "vtl/run.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/fake/stop.h"
#include "tests/fake/vtl.h"
#include "tests/fuzz/dispatch_message.h"
#include "tests/fuzz/dispatch_world.h"
#include "tests/fuzz/fuzz.h"

#define STEPS_MAX 64
#define OURS 1 /* page and VTL call */
#define ANY 2  /* and forwarded calls */
#define NOT_SUPPORTED UINT64_MAX
#define LOG 0xF8000001U
#define LOG_SIZE_MAX 128
#define RND32 0x84000053U
#define RND64 0xC4000053U
#define UID 0xBF00FF01U
#define HYPERCALL_BY_SMCCC 0x46000001U
#define INVALID_HYPERCALL_CODE 2

/* Reasons of an entry, in the third word of the assist page; where its message lies. */
#define VTL_CALL 1
#define INTERRUPT 2
#define INTERCEPT 3
#define ASSIST_MESSAGE 112

#define SINT 18
#define UART 34

/* The documents' numbers: which ids there are, and how many registers each may change. */
static const struct {
	uint32_t id;
	uint32_t results;
	int doors;
} known[] = {
	{ 0x80000000, 1, OURS }, { 0x80000001, 1, OURS }, { 0x84000050, 1, ANY },
	{ 0x84000051, 1, ANY },	 { 0x84000052, 4, ANY },  { RND32, 4, ANY },
	{ 0xBF00FF00, 1, ANY },	 { UID, 4, ANY },	  { 0xBF00FF03, 2, ANY },
	{ RND64, 4, ANY },	 { 0xF8000000, 1, ANY },  { LOG, 1, ANY },
	{ 0xF8000002, 2, ANY },
};
#define KNOWN (sizeof(known) / sizeof(known[0]))

static struct {
	bool seeded;
	bool ending;  /* VTL0 asked for the end */
	bool off;     /* and it came */
	bool failing; /* the hypervisor refuses something */
	bool gone[WORLD_VPS];
} now;

/* ---- The way back out of the run loop ------------------------------------------------------- */

#define STACK_LEFT 0x8000 /* more than the run loop ever needs */

/* ASan asks the kernel something before each jump, which costs more than the whole request. Linked
 * with --wrap, it comes here instead; what the jump leaves on the stack is cleaned afterwards. */
void __wrap___asan_handle_no_return(void);
void __wrap___asan_handle_no_return(void)
{
}

static void clean_stack(void)
{
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
	uint8_t *here = __builtin_frame_address(0);

	__asan_unpoison_memory_region(here - STACK_LEFT, STACK_LEFT);
#endif
#endif
}

/* ---- One stay in VTL2 ---------------------------------------------------------------------- */

static void set_reason(struct vp *vp, uint32_t reason)
{
	memcpy((uint8_t *)vp->assist_page + 8, &reason, sizeof(reason));
}

FUZZ_OWN static void check_console(void)
{
	static const char stopped[] = "E stopped: ";
	const char *c = fake_console_text();

	/* VTL0 may write that too, but not at the beginning of a line. */
	FUZZ_CHECK(strncmp(c, stopped, sizeof(stopped) - 1) != 0 &&
		   !fake_console_has("\nE stopped: "));
	for (; *c != '\0'; c++) {
		FUZZ_CHECK((*c >= ' ' && *c <= '~') || *c == '\r' || *c == '\n');
	}
}

FUZZ_OWN static bool is_zero(const void *bytes, size_t size)
{
	const uint8_t *b = bytes;
	size_t i;

	for (i = 0; i < size && b[i] == 0; i++) {
	}
	return i == size;
}

/* Nothing of VTL0 is left in a VP that never runs again. */
FUZZ_OWN static void check_gone(const struct vp *vp)
{
	FUZZ_CHECK(now.ending && vp_state(vp) == VP_PARKED);
	FUZZ_CHECK(is_zero(&vp->regs, sizeof(vp->regs)));
	FUZZ_CHECK(is_zero(&vp->drbg, sizeof(vp->drbg)));
	now.gone[vp->number] = true;
	now.off = now.off || fake_stop.kind == STOP_END;
}

/* Comes back when VTL0 would run again, or never again; the rest of the machine looks on. */
FUZZ_OWN static void enter(struct vp *vp, uint32_t reason)
{
	uint32_t taken = fake_vtl.irq_taken;

	set_reason(vp, reason);
	fake_cpu.this_vp = vp;
	fake_vtl.switches_left = 1;
	fake_console_empty();
	RUN_UNTIL_STOP(vtl_arch_run(vp));
	clean_stack();
	check_console();
	FUZZ_CHECK(fake_vtl.irq_taken - taken <= STEPS_MAX);
	FUZZ_CHECK(fake_vtl.irq_taken == fake_vtl.irq_ended_count);
	FUZZ_CHECK(fake_hv_malformed() == 0);
	if (fake_stop.kind != STOP_SWITCH) {
		FUZZ_CHECK(fake_stop.kind == STOP_HALT || fake_stop.kind == STOP_END);
		check_gone(vp);
	}
}

/* ---- Messages ------------------------------------------------------------------------------ */

FUZZ_OWN static void put(uint8_t *at, const struct message *m)
{
	memset(at, 0, 256);
	memcpy(at, &m->type, 4);
	at[4] = m->size;
	at[5] = m->flags;
	memcpy(at + 16, m->payload, sizeof(m->payload));
}

/* By the assist page, or as SINT0's message with its interrupt. */
FUZZ_OWN static void deliver(struct vp *vp, const struct message *m, bool by_sint)
{
	struct arch_vtl0_regs before = vp->regs;
	uint64_t pc = message_get(m, 8, 8);
	uint32_t may = message_may_change(m, door_page().v);
	uint32_t i;

	if (!now.failing) {
		fake_hv_reset();
	}
	now.ending = now.ending || message_is_end(m);
	if (by_sint) {
		put(vp->message_page, m);
		fake_vtl.irq[fake_vtl.irq_count++ % FAKE_VTL_RECORDS] = SINT;
		enter(vp, INTERRUPT);
		FUZZ_CHECK(memcmp(vp->message_page, "\0\0\0\0", 4) == 0);
	} else {
		put((uint8_t *)vp->assist_page + ASSIST_MESSAGE, m);
		enter(vp, INTERCEPT);
	}
	if (now.gone[vp->number]) {
		return;
	}
	FUZZ_CHECK(!message_is_end(m));
	for (i = 0; i < 31; i++) {
		FUZZ_CHECK((may >> i & 1) != 0 || vp->regs.x[i] == before.x[i]);
	}
	/* VTL0 goes on at the instruction or behind it. */
	FUZZ_CHECK(fake_hv_writes(0, ARCH_PC_REGISTER) == 0 ||
		   fake_hv_value(0, ARCH_PC_REGISTER) == pc ||
		   fake_hv_value(0, ARCH_PC_REGISTER) == pc + 4);
}

/* ---- Requests ------------------------------------------------------------------------------ */

static enum door door_of(uint64_t byte)
{
	static const enum door doors[] = { DOOR_PAGE, DOOR_VTLCALL, DOOR_HVC0 };

	return doors[byte % 3];
}

static void through(struct vp *vp, enum door door, bool by_sint)
{
	struct message m;

	switch (door) {
	case DOOR_PAGE:
		m = message_store(door_page().v);
		deliver(vp, &m, by_sint);
		break;
	case DOOR_HVC0:
		m = message_hvc(0);
		deliver(vp, &m, by_sint);
		break;
	default:
		enter(vp, VTL_CALL);
		break;
	}
}

static bool is_ram(uint64_t gpa, uint64_t size)
{
	return (gpa >= FAKE_LOW && gpa < FAKE_VTL2 && size <= FAKE_VTL2 - gpa) ||
	       (gpa >= FAKE_HIGH && gpa < FAKE_RESERVED && size <= FAKE_RESERVED - gpa);
}

/* VTL0's text is logged exactly when it is VTL0's and short enough. */
static void check_log(const struct vp *vp, const struct arch_vtl0_regs *before)
{
	bool good = before->x[2] >= 1 && before->x[2] <= LOG_SIZE_MAX &&
		    is_ram(before->x[1], before->x[2]);

	FUZZ_CHECK((vp->regs.x[0] == 0) == good);
	FUZZ_CHECK(fake_console_has("I vtl0: ") == good);
}

/* As many random bits as asked for, and never without a seed. */
static void check_random(const struct vp *vp, const struct arch_vtl0_regs *before, uint32_t word)
{
	uint64_t bits = word == 32 ? (uint32_t)before->x[1] : before->x[1];
	bool good = bits >= 1 && bits <= 3 * word;
	uint64_t left = good ? bits : 0;
	int i;

	FUZZ_CHECK((int32_t)vp->regs.x[0] == (!good ? -2 : !now.seeded ? -3 : 0));
	for (i = 3; i >= 1; i--) {
		uint64_t here = left < word ? left : word;

		FUZZ_CHECK(here == 64 || vp->regs.x[i] >> here == 0);
		FUZZ_CHECK(now.seeded || vp->regs.x[i] == 0);
		left -= here;
	}
}

FUZZ_OWN static void check_answer(const struct vp *vp, const struct arch_vtl0_regs *before,
				  enum door door)
{
	/* Bit 16 is the SVE hint and no part of the id; the upper half is not either. */
	uint32_t id = (uint32_t)before->x[0] & ~0x10000U;
	uint32_t results = 1;
	bool found = false;
	size_t i;

	for (i = 0; i < KNOWN && !now.ending; i++) {
		if (known[i].id == id && (known[i].doors == ANY || door != DOOR_HVC0)) {
			found = true;
			results = known[i].results;
		}
	}
	FUZZ_CHECK(memcmp(&vp->regs.x[results], &before->x[results],
			  sizeof(before->x[0]) * (31 - results)) == 0);
	if (door == DOOR_HVC0 && (uint32_t)before->x[0] == HYPERCALL_BY_SMCCC) {
		FUZZ_CHECK(vp->regs.x[0] == INVALID_HYPERCALL_CODE);
	} else if (!found) {
		FUZZ_CHECK(vp->regs.x[0] == NOT_SUPPORTED);
	} else if (id == LOG) {
		check_log(vp, before);
	} else if (id == RND32 || id == RND64) {
		check_random(vp, before, id == RND32 ? 32 : 64);
	}
}

/* A plain call that must work at any time. */
static void plain_call(struct vp *vp, enum door door)
{
	struct arch_vtl0_regs before;

	vp->regs.x[0] = UID;
	before = vp->regs;
	through(vp, door, false);
	check_answer(vp, &before, door);
	FUZZ_CHECK(now.ending || (vp->regs.x[0] == 0x9DEB60A7 && vp->regs.x[1] == 0x7849773B &&
				  vp->regs.x[2] == 0x89EE3383 && vp->regs.x[3] == 0x2793D8AB));
}

/* An argument: any number, or one near where ownership of memory changes. */
static uint64_t argument(struct fuzz_input *in)
{
	static const uint64_t edges[] = { FAKE_LOW, FAKE_SEAM,	   FAKE_VTL2, FAKE_HIGH,
					  FAKE_END, FAKE_RESERVED, 0,	      UINT64_MAX };
	uint32_t how = (uint32_t)fuzz_take(in, 1);

	switch (how % 4) {
	case 0:
		return fuzz_take(in, 8);
	case 1:
		return fuzz_take(in, 1);
	case 2:
		return edges[how / 4 % 8] + fuzz_take(in, 1) - 128;
	default:
		return edges[how / 4 % 8];
	}
}

static void request(struct vp *vp, struct fuzz_input *in)
{
	uint32_t how = (uint32_t)fuzz_take(in, 1);
	uint32_t which = (uint32_t)fuzz_take(in, 1);
	enum door door = door_of(how);
	struct arch_vtl0_regs before;
	size_t i;

	vp->regs.x[0] = which < 192 ? known[which % KNOWN].id : fuzz_take(in, 8);
	for (i = 1; i <= 6; i++) {
		vp->regs.x[i] = argument(in);
	}
	before = vp->regs;
	through(vp, door, (how & 64) != 0);
	/* Where the hypervisor did not let VTL0 go on, nothing was done. */
	if (!now.failing || memcmp(&before, &vp->regs, sizeof(before)) != 0) {
		check_answer(vp, &before, door);
	}
}

/* ---- What else happens --------------------------------------------------------------------- */

static void fill(struct fuzz_input *in)
{
	static const uint64_t places[] = { FAKE_LOW, FAKE_SEAM - 64, FAKE_VTL2 - 64, FAKE_HIGH,
					   FAKE_RESERVED - 64 };
	uint64_t gpa = places[fuzz_take(in, 1) % 5];
	uint8_t bytes[64];
	size_t i;

	for (i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (uint8_t)fuzz_take(in, 1);
	}
	world_write(gpa, bytes, sizeof(bytes));
}

/* A memory intercept of any kind at any address; or at a register of the UART. */
static void access_memory(struct vp *vp, struct fuzz_input *in)
{
	uint32_t how = (uint32_t)fuzz_take(in, 1);
	uint64_t gpa = (how & 1) != 0 ? dev_uart_registers().base + fuzz_take(in, 2) % 0x1000 :
					argument(in);
	struct message m = message_access(in, (how & 2) != 0, gpa);

	deliver(vp, &m, (how & 4) != 0);
}

/* Interrupts of any number, with what may have caused them. */
static void interrupts(struct vp *vp, struct fuzz_input *in)
{
	static const uint32_t numbers[] = { UART, SINT, FAKE_KICK, 99 };
	static char typed[255];
	uint32_t count = (uint32_t)fuzz_take(in, 1) % 80;
	uint32_t which = (uint32_t)fuzz_take(in, 4);
	size_t size = fuzz_take(in, 1);
	bool others = false;
	uint32_t i;

	memset(typed, (int)fuzz_take(in, 1), sizeof(typed));
	fake_pl011_type(typed, size);
	fake_vtl.irq_taken = fake_vtl.irq_count = fake_vtl.irq_ended_count = 0;
	for (i = 0; i < count; i++) {
		fake_vtl.irq[i] = numbers[which >> (i % 16 * 2) & 3];
		others = others || (i < STEPS_MAX && fake_vtl.irq[i] != SINT);
	}
	fake_vtl.irq_count = count;
	enter(vp, INTERRUPT);
	/* No VP comes back to VTL0 that was told of the end. */
	FUZZ_CHECK(!now.ending || !others || now.gone[vp->number]);
	fake_vtl.irq_taken = fake_vtl.irq_count = fake_vtl.irq_ended_count = 0;
}

/* The hypervisor refuses the next calls, or does them by halves, while VTL0 asks for something. */
static void trouble(struct vp *vp, struct fuzz_input *in)
{
	static const uint16_t codes[] = { HVCALL_GET_VP_REGISTERS, HVCALL_SET_VP_REGISTERS };
	uint32_t how = (uint32_t)fuzz_take(in, 1);

	fake_hv_reset();
	fake_hv_script(codes[how & 1], (uint16_t)(fuzz_take(in, 1) & 0x7F), how >> 1 & 3,
		       1 + (how >> 3 & 3));
	now.failing = true;
	if ((how & 128) != 0) {
		access_memory(vp, in);
	} else {
		request(vp, in);
	}
	now.failing = false;
	fake_hv_reset();
}

static void step(struct vp *vp, uint32_t what, struct fuzz_input *in)
{
	struct message m;

	switch (what % 16) {
	case 0:
		fill(in);
		break;
	case 1:
	case 2:
	case 3:
		access_memory(vp, in);
		break;
	case 4:
	case 5:
		m = message_any(in);
		deliver(vp, &m, (what & 16) != 0);
		break;
	case 6:
		interrupts(vp, in);
		break;
	case 7:
		trouble(vp, in);
		break;
	case 8:
		enter(vp, (uint32_t)fuzz_take(in, 4) | 4);
		break;
	case 9:
		/* Rare, as nothing comes after it. */
		if (fuzz_take(in, 1) == 0x42) {
			m = message_reset((uint32_t)fuzz_take(in, 1));
			deliver(vp, &m, (what & 16) != 0);
		}
		break;
	default:
		request(vp, in);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	uint32_t n;

	memset(&now, 0, sizeof(now));
	now.seeded = (fuzz_take(&in, 1) & 1) != 0;
	world_start(now.seeded);
	for (n = 0; in.left > 0 && n < STEPS_MAX && !now.off; n++) {
		uint32_t what = (uint32_t)fuzz_take(&in, 1);
		struct vp *vp = vp_by_number(what >> 6);

		if (now.gone[vp->number]) {
			continue;
		}
		step(vp, what, &in);
		if (!now.gone[vp->number]) {
			plain_call(vp, door_of(what >> 3));
		}
	}
	return 0;
}

/* The input is a stream: blind mutation is as good as any. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	(void)seed;
	return LLVMFuzzerMutate(data, size, max_size);
}
