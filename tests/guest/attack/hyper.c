/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * as hypercalls: what VTL0 asks of the hypervisor, by both conventions.
 *
 * These rows say something of the hypervisor, H; of Paravane they say that its memory and its
 * registers stayed its own, because the plain call behind each of them works.
 */
#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "tests/guest/attack/attack.h"

#define SELF UINT64_MAX
#define VP_SELF UINT64_C(0xFFFFFFFE)
#define VTL(n) ((UINT64_C(0x10) | (n)) << 32)
#define FAST UINT64_C(0x10000)
#define REPS(n) ((uint64_t)(n) << 32)
#define START(n) ((uint64_t)(n) << 48)
#define GET (HVCALL_GET_VP_REGISTERS | REPS(1))
#define SET (HVCALL_SET_VP_REGISTERS | REPS(1))
#define RESERVED UINT64_C(0xF000F000F8000000)
#define VP_INDEX HV_REGISTER_VP_INDEX
#define BAD_REGISTER 0x12345678
#define OUT(me) ((uint64_t)(me)->buffer + PAGE)
#define IN(me) ((uint64_t)(me)->buffer)
#define NOWHERE 0xEFFE0000

static void fast(struct me *me, const char *what, enum door door, uint64_t control, uint64_t a,
		 uint64_t b, uint64_t c, uint64_t wanted)
{
	const uint64_t words[6] = { a, b, c, 0, 0, 0 };

	want(me, what, hypercall(door, control | FAST, words) & 0xFFFF, wanted);
}

static void memory(struct me *me, const char *what, enum door door, uint64_t control, uint64_t in,
		   uint64_t out, uint64_t wanted)
{
	const uint64_t words[6] = { in, out, 0, 0, 0, 0 };

	want(me, what, hypercall(door, control, words) & 0xFFFF, wanted);
}

static void put(struct me *me, unsigned int offset, uint64_t value, unsigned int size)
{
	for (unsigned int i = 0; i < size; i++) {
		me->buffer[offset + i] = (uint8_t)(value >> (8 * i));
	}
}

/* A GetVpRegisters block in memory that is good, so that what is bad is what the row changes. */
static void good_block(struct me *me, uint64_t vp_and_vtl, unsigned int reps)
{
	memset(me->buffer, 0, PAGE);
	put(me, 0, SELF, 8);
	put(me, 8, vp_and_vtl, 8);
	for (unsigned int i = 0; i < reps; i++) {
		put(me, 16 + 4 * i, VP_INDEX, 4);
	}
}

static void h01(struct me *me, enum door door)
{
	good_block(me, VP_SELF, 1);
	memory(me, "a good block", door, GET, IN(me), OUT(me), 0);
	memory(me, "input is VTL2's", door, GET, vtl2_base(), OUT(me), 3);
	memory(me, "the middle", door, GET, (vtl2_base() + vtl2_end()) / 2, OUT(me), 3);
	memory(me, "the last bytes", door, GET, vtl2_end() - 24, OUT(me), 3);
	if (paravane_door_page() != 0) {
		memory(me, "the door page", door, GET, paravane_door_page(), OUT(me), 3);
	}
}

static void h02(struct me *me, enum door door)
{
	good_block(me, VP_SELF, 1);
	for (uint64_t page = vtl2_base(); page < vtl2_end(); page += PAGE) {
		if (page / PAGE % vps() == me->n) {
			memory(me, "output is VTL2's", door, GET, IN(me), page, 3);
		}
	}
}

static void h03(struct me *me, enum door door)
{
	good_block(me, VP_SELF, 1);
	memory(me, "input runs into VTL2", door, GET, vtl2_base() - 8, OUT(me), 3);
	memory(me, "output runs into VTL2", door, GET, IN(me), vtl2_base() - 8, 3);
	memory(me, "input wraps", door, GET, UINT64_MAX - 7, OUT(me), 3);
	memory(me, "output wraps", door, GET, IN(me), UINT64_MAX - 7, 3);
	memory(me, "the last page of all", door, GET, UINT64_C(0xFFFFFFFFFFFFF000), OUT(me), 3);
}

static void h07(struct me *me, enum door door)
{
	good_block(me, VP_SELF, 1);
	for (unsigned int bit = 36; bit < 64; bit++) {
		memory(me, "input above the width", door, GET, IN(me) | UINT64_C(1) << bit, OUT(me),
		       3);
		memory(me, "output above the width", door, GET, IN(me),
		       OUT(me) | UINT64_C(1) << bit, 3);
	}
}

static void h08(struct me *me, enum door door)
{
	good_block(me, VP_SELF, 1);
	memory(me, "input crosses a page", door, GET, IN(me) + PAGE - 8, OUT(me) + 64, 3);
	memory(me, "output crosses a page", door, GET, IN(me), IN(me) + PAGE - 8, 3);
}

static void h09(struct me *me, enum door door)
{
	static const uint8_t off[] = { 1, 2, 4, 7 };

	good_block(me, VP_SELF, 1);
	for (unsigned int i = 0; i < sizeof(off); i++) {
		memory(me, "input misaligned", door, GET, IN(me) + off[i], OUT(me), 4);
		memory(me, "output misaligned", door, GET, IN(me), OUT(me) + off[i], 4);
		memory(me, "misaligned in VTL2", door, GET, vtl2_base() + off[i], OUT(me), 4);
	}
}

static void h10(struct me *me, enum door door)
{
	good_block(me, VP_SELF, 1);
	memory(me, "input is a device", door, GET, machine_device(0), OUT(me), 3);
	memory(me, "output is a device", door, GET, IN(me), machine_device(0), 3);
	memory(me, "input is nothing", door, GET, NOWHERE, OUT(me), 3);
	memory(me, "output is nothing", door, GET, IN(me), ram_end(), 3);
}

static void h13(struct me *me, enum door door)
{
	good_block(me, VP_SELF, 1);
	memory(me, "the same block", door, GET, IN(me), IN(me), 3);
	memory(me, "overlap by 8 bytes", door, GET, IN(me), IN(me) + 16, 3);
	memory(me, "overlap from below", door, GET, IN(me) + 64, IN(me) + 56, 3);
}

static void h16(struct me *me, enum door door)
{
	for (unsigned int bit = 0; bit < 64; bit++) {
		if ((RESERVED >> bit & 1) != 0) {
			fast(me, "a reserved bit", door, GET | UINT64_C(1) << bit, SELF, VP_SELF,
			     VP_INDEX, 3);
		}
	}
}

static void h17(struct me *me, enum door door)
{
	fast(me, "no repetition", door, HVCALL_GET_VP_REGISTERS, SELF, VP_SELF, VP_INDEX, 3);
	fast(me, "a simple call with count", door, HVCALL_ENABLE_PARTITION_VTL | REPS(1), SELF, 1,
	     0, 3);
	fast(me, "a simple call with start", door, HVCALL_ENABLE_PARTITION_VTL | START(1), SELF, 1,
	     0, 3);
	fast(me, "start is count", door, GET | START(1), SELF, VP_SELF, VP_INDEX, 3);
	fast(me, "start over count", door, GET | START(2), SELF, VP_SELF, VP_INDEX, 3);
	fast(me, "start 4095", door, GET | START(4095), SELF, VP_SELF, VP_INDEX, 3);
	memory(me, "4095 elements", door, HVCALL_GET_VP_REGISTERS | REPS(4095), IN(me), OUT(me), 3);
	memory(me, "output over a page", door, HVCALL_GET_VP_REGISTERS | REPS(257), IN(me), OUT(me),
	       3);
}

static void h20(struct me *me, enum door door)
{
	fast(me, "a variable header", door, GET | 1 << 17, SELF, VP_SELF, VP_INDEX, 3);
	fast(me, "the largest", door, GET | 0x3FF << 17, SELF, VP_SELF, VP_INDEX, 3);
	fast(me, "fast and too large", door, HVCALL_SET_VP_REGISTERS | REPS(9), SELF, VP_SELF, 0,
	     3);
	fast(me, "fast, output too large", door, HVCALL_GET_VP_REGISTERS | REPS(7), SELF, VP_SELF,
	     VP_INDEX, 3);
}

/* Element 70 of 100 is bad: 69 and before are done, 70 and later untouched. */
static void h22(struct me *me, enum door door)
{
	uint64_t words[6] = { IN(me), OUT(me), 0, 0, 0, 0 };
	uint64_t result;

	good_block(me, VP_SELF, 100);
	put(me, 16 + 4 * 70, BAD_REGISTER, 4);
	memset(me->buffer + PAGE, 0xA5, PAGE);
	result = hypercall(door, HVCALL_GET_VP_REGISTERS | REPS(100), words);
	want(me, "the bad element and its number", result,
	     HV_STATUS_INVALID_PARAMETER | UINT64_C(70) << 32);
	want(me, "the one before is done", me->buffer[PAGE + 16 * 69 + 8], 0);
	want(me, "the one itself is not", me->buffer[PAGE + 16 * 70 + 8], 0xA5);
	want(me, "nor the last", me->buffer[PAGE + 16 * 99 + 8], 0xA5);
	put(me, 16 + 4 * 70, VP_INDEX, 4);
	result = hypercall(door, HVCALL_GET_VP_REGISTERS | REPS(100) | START(70), words);
	want(me, "from there on", result, UINT64_C(100) << 32);
	want(me, "the last is done", me->buffer[PAGE + 16 * 99 + 8], 0);
	memset(me->buffer + PAGE, 'a', PAGE);
}

static void h23(struct me *me, enum door door)
{
	for (unsigned int bit = 40; bit < 64; bit++) {
		fast(me, "padding of the header", door, GET, SELF, VP_SELF | UINT64_C(1) << bit,
		     VP_INDEX, 5);
	}
	for (unsigned int bit = 5; bit < 8; bit++) {
		fast(me, "reserved bits of the VTL", door, GET, SELF,
		     VP_SELF | UINT64_C(1) << (32 + bit), VP_INDEX, 5);
	}
	for (unsigned int bit = 32; bit < 64; bit++) {
		fast(me, "padding of an element", door, SET, SELF, VP_SELF,
		     HV_REGISTER_GUEST_OS_ID | UINT64_C(1) << bit, 5);
	}
	for (unsigned int bit = 16; bit < 64; bit++) {
		fast(me, "padding of EnablePartitionVtl", door, HVCALL_ENABLE_PARTITION_VTL, SELF,
		     1 | UINT64_C(1) << bit, 0, 5);
	}
}

static void h24(struct me *me, enum door door)
{
	fast(me, "VTL 3", door, GET, SELF, VP_SELF | VTL(3), VP_INDEX, 5);
	fast(me, "VTL 15", door, GET, SELF, VP_SELF | VTL(15), VP_INDEX, 5);
	fast(me, "a register that is none", door, GET, SELF, VP_SELF, BAD_REGISTER, 5);
	fast(me, "all ones", door, GET, SELF, VP_SELF, 0xFFFFFFFF, 5);
	fast(me, "a register to write that is none", door, SET, SELF, VP_SELF, 0xFFFFFFFF, 5);
}

static void h25(struct me *me, enum door door)
{
	static const uint64_t others[] = { 0, 1, 2, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFE };
	static const uint64_t none[] = { 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFD, 0x80000000 };

	for (unsigned int i = 0; i < 5; i++) {
		fast(me, "another partition", door, GET, others[i], VP_SELF, VP_INDEX, 0xD);
		fast(me, "another partition's VTL", door, HVCALL_ENABLE_PARTITION_VTL, others[i], 1,
		     0, 0xD);
	}
	for (unsigned int i = 0; i < 4; i++) {
		fast(me, "a VP that is none", door, GET, SELF, none[i], VP_INDEX, 0xE);
	}
	fast(me, "count", door, GET, SELF, vps(), VP_INDEX, 0xE);
	fast(me, "count and one", door, GET, SELF, vps() + 1, VP_INDEX, 0xE);
}

static void h27(struct me *me, enum door door)
{
	for (unsigned int i = 0; i < OTHER_REGISTERS; i++) {
		uint64_t name = other_register(i);

		fast(me, "a register of VTL2", door, GET, SELF, VP_SELF | VTL(2), name, 6);
		fast(me, "a write to it", door, SET, SELF, VP_SELF | VTL(2), name, 6);
	}
	fast(me, "the VSM's configuration", door, SET, SELF, VP_SELF, 0xD0007, 6);
	fast(me, "a register of another VP", door, GET, SELF, (me->n + 1) % vps(), own_register(),
	     vps() == 1 ? 0 : 6);
}

static void h28(struct me *me, enum door door)
{
	for (uint64_t flags = 0; flags <= 15; flags++) {
		fast(me, "a page of VTL2", door, HVCALL_MODIFY_VTL_PROTECTION_MASK | REPS(1), SELF,
		     flags, vtl2_base() / PAGE, 6);
		fast(me, "with VTL2 as the target", door,
		     HVCALL_MODIFY_VTL_PROTECTION_MASK | REPS(1), SELF, flags | VTL(2),
		     vtl2_base() / PAGE, 6);
	}
	good_block(me, VP_SELF | VTL(2), 0);
	memory(me, "VTL2 on a VP where it is on", door, HVCALL_ENABLE_VP_VTL, IN(me), 0, 6);
	good_block(me, VP_SELF, 0);
	put(me, 12, 2, 1);
	memory(me, "the same by its plain number", door, HVCALL_ENABLE_VP_VTL, IN(me), 0, 6);
	memory(me, "a start in VTL2", door, HVCALL_START_VP, IN(me), 0, 6);
	put(me, 12, 1, 1);
	memory(me, "a start in VTL1", door, HVCALL_START_VP, IN(me), 0, 6);
	put(me, 12, 0, 1);
	memory(me, "a start in VTL0", door, HVCALL_START_VP, IN(me), 0, 6);
	fast(me, "VTL2 of the partition", door, HVCALL_ENABLE_PARTITION_VTL, SELF, 2, 0, 6);
	fast(me, "VTL1 of the partition", door, HVCALL_ENABLE_PARTITION_VTL, SELF, 1, 0, 6);
	fast(me, "an intercept", door, HVCALL_INSTALL_INTERCEPT, SELF, UINT64_C(8) << 32 | 4, 0, 6);
}

void hyper_rows(void)
{
	ok(hypercall_open(), "VTL0 gives its guest OS id");
	row("A-01", 'H', HYPERCALLS, 1, h01);
	row("A-02", 'H', HYPERCALLS, 1, h02);
	row("A-03", 'H', HYPERCALLS, 1, h03);
	row("A-07", 'H', HYPERCALLS, 1, h07);
	row("A-08", 'H', HYPERCALLS, 1, h08);
	row("A-09", 'H', HYPERCALLS, 1, h09);
	row("A-10", 'H', HYPERCALLS, 1, h10);
	row("A-13", 'H', HYPERCALLS, 1, h13);
	row("A-16", 'H', HYPERCALLS, 1, h16);
	row("A-17", 'H', HYPERCALLS, 1, h17);
	row("A-20", 'H', HYPERCALLS, 1, h20);
	row("A-22", 'H', HYPERCALLS, 1, h22);
	row("A-23", 'H', HYPERCALLS, 1, h23);
	row("A-24", 'H', HYPERCALLS, 1, h24);
	row("A-25", 'H', HYPERCALLS, 1, h25);
	row("A-27", 'H', HYPERCALLS, 1, h27);
	row("A-28", 'H', HYPERCALLS, 1, h28);
}
