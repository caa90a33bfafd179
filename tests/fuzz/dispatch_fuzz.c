/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the firmware keep its promises whatever VTL0 asks, in whatever order?
 *
 * The bytes are requests: door, id, arguments, contents of VTL0's memory, messages of the
 * hypervisor. What must hold is written down here by hand, from docs/abi.md, and not read from the
 * table under test. VTL0's memory is read-only while the firmware runs: no service writes to it.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <string.h>
#include <sys/mman.h>

#include "core/devices.h"
#include "core/mem_map.h"
#include "core/service.h"
#include "vtl/door.h"
#include "vtl/intercept.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/fuzz/fuzz.h"

#define REQUESTS_MAX 64
#define OURS 1 /* page and VTL call */
#define ANY 2  /* and forwarded calls */
#define NOT_SUPPORTED UINT64_MAX
#define UID 0xBF00FF01U

/* The documents' numbers: which ids there are, and how many registers each may change. */
static const struct {
	uint32_t id;
	uint32_t results;
	int doors;
} known[] = {
	{ 0x80000000, 1, OURS }, { 0x80000001, 1, OURS }, { 0x84000050, 1, ANY },
	{ 0x84000051, 1, ANY },	 { 0x84000052, 4, ANY },  { 0x84000053, 4, ANY },
	{ 0xBF00FF00, 1, ANY },	 { 0xBF00FF01, 4, ANY },  { 0xBF00FF03, 2, ANY },
	{ 0xC4000053, 4, ANY },	 { 0xF8000000, 1, ANY },  { 0xF8000001, 1, ANY },
	{ 0xF8000002, 2, ANY },
};
#define KNOWN (sizeof(known) / sizeof(known[0]))

static struct platform platform;

struct input {
	const uint8_t *data;
	size_t left;
};

static uint64_t take(struct input *in, size_t bytes)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < bytes && in->left > 0; i++, in->left--) {
		value |= (uint64_t)*in->data++ << (8 * i);
	}
	return value;
}

static void start(void)
{
	fake_console_reset();
	fake_machine(&platform, 2);
	fake_hv_reset();
	fake_vtl_reset();
	fake_pl011_reset(FAKE_UART1);
	memset(&fake_end, 0, sizeof(fake_end));
	service_open_doors(DOOR_ANY);
	dev_uart_init(&platform, FAKE_UART1);
	FUZZ_CHECK(door_init() == OK);
	FUZZ_CHECK(mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE }) == OK);
}

static void protect(int how)
{
	FUZZ_CHECK(mprotect(fake_at(FAKE_LOW), FAKE_VTL2 - FAKE_LOW, how) == 0);
	FUZZ_CHECK(mprotect(fake_at(FAKE_HIGH), FAKE_RESERVED - FAKE_HIGH, how) == 0);
}

/* VTL0 writes to its own memory. */
static void fill(struct input *in)
{
	static const uint64_t places[] = { FAKE_LOW, FAKE_SEAM - 64, FAKE_VTL2 - 64, FAKE_HIGH,
					   FAKE_RESERVED - 64 };
	uint8_t *to = fake_at(places[take(in, 1) % 5]);
	size_t i;

	for (i = 0; i < 64; i++) {
		to[i] = (uint8_t)take(in, 1);
	}
}

/* An argument: any number, or one near where ownership of memory changes. */
static uint64_t argument(struct input *in)
{
	static const uint64_t edges[] = { FAKE_LOW, FAKE_SEAM,	   FAKE_VTL2, FAKE_HIGH,
					  FAKE_END, FAKE_RESERVED, 0,	      UINT64_MAX };
	uint32_t how = (uint32_t)take(in, 1);

	switch (how % 4) {
	case 0:
		return take(in, 8);
	case 1:
		return take(in, 1);
	case 2:
		return edges[how / 4 % 8] + take(in, 1) - 128;
	default:
		return edges[how / 4 % 8];
	}
}

/* Runs it; VTL0 goes on afterwards unless it asked for the end of the machine. */
static void dispatch(struct vp *vp, enum door door, const struct hv_message *message)
{
	fake_cpu.this_vp = vp;
	protect(PROT_READ);
	RUN_UNTIL_STOP({
		if (message != NULL) {
			intercept_dispatch(vp, message);
		} else {
			service_dispatch(vp, door);
		}
	});
	protect(PROT_READ | PROT_WRITE);
	FUZZ_CHECK(fake_stop.kind == STOP_NONE ||
		   (fake_stop.kind == STOP_END && message != NULL &&
		    message->header.message_type == HVMSG_ARM64_RESET_INTERCEPT));
}

static void through(struct vp *vp, enum door door)
{
	struct mem_access store = {
		.pc = 0x1000,
		.behind = 0x1004,
		.gpa = door_page().v,
		.is_write = true,
		.has_operand = true,
		.size = 4,
		.reg = 5,
	};
	struct hv_message message;

	fake_vtl.from_user = false;
	switch (door) {
	case DOOR_PAGE:
		message = fake_message_memory(HVMSG_GPA_INTERCEPT, &store);
		dispatch(vp, door, &message);
		break;
	case DOOR_HVC0:
		message = fake_message_hypercall(false, 0x1000);
		dispatch(vp, door, &message);
		break;
	default:
		dispatch(vp, door, NULL);
		break;
	}
}

static enum door door_of(uint64_t byte)
{
	static const enum door doors[] = { DOOR_PAGE, DOOR_VTLCALL, DOOR_HVC0 };

	return doors[byte % 3];
}

static void request(struct vp *vp, struct input *in)
{
	enum door door = door_of(take(in, 1));
	uint32_t which = (uint32_t)take(in, 1);
	struct arch_vtl0_regs before;
	uint32_t results = 1;
	bool found = false;
	uint32_t id;
	size_t i;

	vp->regs.x[0] = which < 192 ? known[which % KNOWN].id : take(in, 8);
	for (i = 1; i <= 6; i++) {
		vp->regs.x[i] = argument(in);
	}
	before = vp->regs;
	/* Bit 16 is the SVE hint and no part of the id; the upper half is not either. */
	id = (uint32_t)before.x[0] & ~0x10000U;
	for (i = 0; i < KNOWN; i++) {
		if (known[i].id == id && (known[i].doors == ANY || door != DOOR_HVC0)) {
			found = true;
			results = known[i].results;
		}
	}
	through(vp, door);
	FUZZ_CHECK(found || vp->regs.x[0] == NOT_SUPPORTED);
	FUZZ_CHECK(memcmp(&vp->regs.x[results], &before.x[results],
			  sizeof(before.x[0]) * (31 - results)) == 0);
}

/* A memory intercept of any kind at any address. */
static void access_memory(struct vp *vp, struct input *in)
{
	uint32_t bits = (uint32_t)take(in, 2);
	struct arch_vtl0_regs before = vp->regs;
	struct mem_access access = {
		.pc = 0x1000,
		.behind = 0x1004,
		.is_write = (bits & 2) != 0,
		.is_execute = (bits & 4) != 0 && (bits & 8) != 0,
		.is_table_walk = (bits & 16) != 0 && (bits & 32) != 0,
		.is_maintenance = (bits & 64) != 0 && (bits & 128) != 0,
		.has_operand = (bits & 256) == 0,
		.sign_extend = (bits & 512) != 0,
		.wide = (bits & 1024) != 0,
		.size = 1U << (bits >> 11 & 3),
		.reg = (uint32_t)take(in, 1) % 32,
	};
	struct hv_message message;
	uint32_t i;

	fake_vtl.from_user = (bits & 1) != 0;
	access.event_pending = (bits >> 13) == 7;
	access.gpa = (bits >> 13 & 1) != 0 ? dev_uart_registers().base + take(in, 2) % 0x1000 :
					     argument(in);
	message = fake_message_memory(
		(bits >> 14 & 1) != 0 ? HVMSG_UNMAPPED_GPA : HVMSG_GPA_INTERCEPT, &access);
	dispatch(vp, DOOR_PAGE, &message);
	for (i = 0; i < 31; i++) {
		bool may = door_is_here((gpa_t){ access.gpa }) ?
				   i < 4 :
				   !access.is_write && i == access.reg;

		FUZZ_CHECK(may || vp->regs.x[i] == before.x[i]);
	}
}

/* A message of which nothing is as it should be; the end of the machine is not asked for. */
static void nonsense(struct vp *vp, struct input *in)
{
	struct hv_message message = { .header.message_type = (uint32_t)take(in, 4) };
	struct arch_vtl0_regs before = vp->regs;

	if (message.header.message_type == HVMSG_GPA_INTERCEPT ||
	    message.header.message_type == HVMSG_UNMAPPED_GPA ||
	    message.header.message_type == HVMSG_HYPERCALL_INTERCEPT ||
	    message.header.message_type == HVMSG_ARM64_RESET_INTERCEPT) {
		/* Too short to hold what it must hold. */
		message.header.payload_size = (uint8_t)take(in, 1) % 4;
	} else {
		message.header.payload_size =
			(uint8_t)take(in, 1) % (HV_MESSAGE_PAYLOAD_BYTE_COUNT + 1);
	}
	dispatch(vp, DOOR_PAGE, &message);
	FUZZ_CHECK(memcmp(&before, &vp->regs, sizeof(before)) == 0);
}

/* A plain call that must work at any time. */
static void plain_call(struct vp *vp, enum door door)
{
	vp->regs.x[0] = UID;
	through(vp, door);
	FUZZ_CHECK(vp->regs.x[0] == 0x9DEB60A7 && vp->regs.x[1] == 0x7849773B &&
		   vp->regs.x[2] == 0x89EE3383 && vp->regs.x[3] == 0x2793D8AB);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	uint32_t n;

	start();
	for (n = 0; in.left > 0 && n < REQUESTS_MAX; n++) {
		uint32_t what = (uint32_t)take(&in, 1);
		struct vp *vp = vp_by_number(what >> 7);

		switch (what % 8) {
		case 0:
			fill(&in);
			break;
		case 1:
		case 2:
			access_memory(vp, &in);
			break;
		case 3:
			nonsense(vp, &in);
			break;
		default:
			request(vp, &in);
			break;
		}
		plain_call(vp, door_of(what >> 3));
	}
	FUZZ_CHECK(fake_hv_malformed() == 0);
	return 0;
}

/* The input is a stream: blind mutation is as good as any. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	(void)seed;
	return LLVMFuzzerMutate(data, size, max_size);
}
