/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is each thing that VTL0 runs into answered as hardware or the interface would, and is our memory
 * never part of an answer? Messages are those of the fake architecture. Devices have a file of
 * their own, intercept_device_test.c.
 */
#include "vtl/intercept.h"

#include "paravane/services.h"
#include "smccc/smccc.h"
#include "vtl/door.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"
#include "tests/unit/vtl/intercept_world.h"

/* ---- The door ------------------------------------------------------------------------------ */

static void test_door_store(void **state)
{
	static const uint64_t offsets[] = { 0, 4, 0x800, 0xFFF };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		struct mem_access a;

		assert_int_equal(world_setup(state), 0);
		a = world_store(door_page().v + offsets[i]);
		vp_boot()->regs.x[0] = SMCCC_VERSION;
		world_run_into(&a);
		assert_int_equal(vp_boot()->regs.x[0], SMCCC_VERSION_1_3);
		world_check_registers(0, 1);
		assert_true(world_has_resumed());
		/* One hypercall: the program counter. */
		assert_int_equal(fake_hv_count(), 1);
		assert_int_equal(world_counter(PARAVANE_STAT_REQUESTS), 1);
		assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 0);
	}
}

/* What is stored, and with which instruction, does not matter: a pair, a vector register. */
static void test_door_store_without_operand(void **state)
{
	struct mem_access a = world_store(door_page().v);

	(void)state;
	a.has_operand = false;
	vp_boot()->regs.x[0] = SMCCC_VERSION;
	world_run_into(&a);
	assert_int_equal(vp_boot()->regs.x[0], SMCCC_VERSION_1_3);
	assert_true(world_has_resumed());
}

/* Our memory otherwise: a load from the door, a fetch, cache maintenance, a walk over it, and a
 * store of VTL0's user mode. */
static void test_door_other_accesses(void **state)
{
	int kind;

	for (kind = 0; kind < 6; kind++) {
		struct mem_access a;

		assert_int_equal(world_setup(state), 0);
		a = world_load(door_page().v);
		a.is_execute = kind == 1;
		a.is_maintenance = kind == 2 || kind == 3;
		a.is_write = kind >= 3;
		a.is_table_walk = kind == 4;
		fake_vtl.from_user = kind == 5;
		vp_boot()->regs.x[0] = SMCCC_VERSION;
		world_run_into(&a);
		assert_int_equal(vp_boot()->regs.x[0], SMCCC_VERSION);
		world_check_registers(0, 1);
		assert_false(world_has_resumed());
		assert_int_equal(fake_vtl.aborts, 1);
		assert_int_equal(world_counter(PARAVANE_STAT_REQUESTS), 0);
	}
}

/* ---- Our memory ---------------------------------------------------------------------------- */

static void test_vtl2_access(void **state)
{
	static const uint64_t places[] = { FAKE_VTL2, FAKE_VTL2 + 0x1237, FAKE_HIGH - 1 };
	size_t i;
	int write;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		for (write = 0; write < 2; write++) {
			struct mem_access a;

			assert_int_equal(world_setup(state), 0);
			fake_cpu.counter = 1000;
			a = write != 0 ? world_store(places[i]) : world_load(places[i]);
			world_run_into(&a);
			assert_int_equal(fake_vtl.aborts, 1);
			assert_int_equal(fake_vtl.abort.gpa, places[i]);
			assert_false(world_has_resumed());
			world_check_registers(0, 0);
			assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 1);
			assert_int_equal(world_counter(PARAVANE_STAT_DENIED_GPA), places[i]);
			assert_true(vp_boot()->stats.denied_time >= 1000);
			assert_int_equal(vp_by_number(1)->stats.count[2], 0);
			/* Never a line: VTL0 could fill the log. */
			assert_int_equal(fake_console_lines(), 0);
		}
	}
}

/* An event is being delivered: VTL0 runs into it again, and gets no second event. */
static void test_event_pending(void **state)
{
	struct mem_access a = world_store(FAKE_VTL2 + 8);

	(void)state;
	a.event_pending = true;
	world_run_into(&a);
	assert_int_equal(fake_vtl.aborts, 0);
	assert_false(world_has_resumed());
	assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 1);
	a.event_pending = false;
	world_run_into(&a);
	assert_int_equal(fake_vtl.aborts, 1);
	assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 2);
}

/* The hypervisor refuses the abort: VTL0 tries again, and that is what counts. */
static void test_abort_refused(void **state)
{
	struct mem_access a = world_load(FAKE_VTL2);

	(void)state;
	fake_vtl.abort_err = ERR_IO;
	world_run_into(&a);
	assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 0);
	assert_false(world_has_resumed());
	world_check_registers(0, 0);
}

/* VTL0's own tables lie in our memory, or nowhere: the walk fails, whatever the access was. */
static void test_table_walk_and_fetch(void **state)
{
	static const uint64_t places[] = { FAKE_VTL2, FAKE_END, FAKE_UART1 };
	size_t i;
	int walk;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		for (walk = 0; walk < 2; walk++) {
			struct mem_access a;

			assert_int_equal(world_setup(state), 0);
			a = world_store(places[i]);
			a.is_table_walk = walk != 0;
			a.is_execute = walk == 0;
			world_run_into(&a);
			assert_int_equal(fake_vtl.aborts, 1);
			assert_false(world_has_resumed());
			assert_int_equal(fake_pl011.sent_count, 0);
		}
	}
}

/* ---- Calls, resets, the rest --------------------------------------------------------------- */

static void test_forwarded_call(void **state)
{
	struct hv_message m = fake_message_hypercall(false, WORLD_PC);

	(void)state;
	vp_boot()->regs.x[0] = PARAVANE_UID;
	intercept_dispatch(vp_boot(), &m);
	assert_int_equal(vp_boot()->regs.x[0], PARAVANE_UID_WORD0);
	world_check_registers(0, 4);
	assert_true(world_has_resumed());
	/* What the hypervisor owns on this way is not ours to answer. */
	vp_boot()->regs.x[0] = SMCCC_VERSION;
	intercept_dispatch(vp_boot(), &m);
	assert_int_equal(vp_boot()->regs.x[0], UINT64_MAX);
	assert_int_equal(fake_vtl.refusals, 0);
}

static void test_forwarded_hypercall(void **state)
{
	struct hv_message m = fake_message_hypercall(true, WORLD_PC);

	(void)state;
	vp_boot()->regs.x[0] = PARAVANE_UID;
	intercept_dispatch(vp_boot(), &m);
	assert_int_equal(vp_boot()->regs.x[0], PARAVANE_UID);
	assert_int_equal(fake_vtl.refusals, 1);
	assert_int_equal(world_counter(PARAVANE_STAT_REFUSED), 1);
	assert_int_equal(world_counter(PARAVANE_STAT_REQUESTS), 0);
	assert_true(world_has_resumed());
}

/* What is in no row is the architecture's own; a type that it does not know has no effect. */
static void test_other(void **state)
{
	struct hv_message m = { .header = { .message_type = 0x8001ABCD } };

	(void)state;
	fake_vtl.other_known = true;
	intercept_dispatch(vp_boot(), &m);
	assert_int_equal(fake_vtl.other_type, 0x8001ABCD);
	assert_int_equal(fake_hv_count(), 0);
}

/* Unknown types, and known ones that are too short to mean anything: no effect at all. */
static void test_ignored(void **state)
{
	static const uint32_t unknown[] = { 0,		1,	    0x80000003, 0x80000005,
					    0x80000010, 0x80010000, 0x8001000D, UINT32_MAX };
	static const uint32_t known[] = { HVMSG_UNMAPPED_GPA, HVMSG_GPA_INTERCEPT,
					  HVMSG_HYPERCALL_INTERCEPT, HVMSG_ARM64_RESET_INTERCEPT };
	struct hv_message m = { .header.payload_size = 240 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(unknown); i++) {
		m.header.message_type = unknown[i];
		intercept_dispatch(vp_boot(), &m);
	}
	m.header.payload_size = 3;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		m.header.message_type = known[i];
		intercept_dispatch(vp_boot(), &m);
	}
	world_check_registers(0, 0);
	assert_int_equal(fake_hv_count(), 0);
	assert_int_equal(fake_vtl.aborts, 0);
	/* Debug lines at most. */
	assert_false(fake_console_has("\nE ") || fake_console_has("\nW ") ||
		     fake_console_has("\nI "));
}

/* Both types of a memory access are the same to us. */
static void test_unmapped_type(void **state)
{
	struct mem_access a = world_load(FAKE_VTL2);
	struct hv_message m = fake_message_memory(HVMSG_UNMAPPED_GPA, &a);

	(void)state;
	intercept_dispatch(vp_boot(), &m);
	assert_int_equal(fake_vtl.aborts, 1);
}

/* The register that moves VTL0 on is refused: VTL0 asks again, so the call must not be made now;
 * one line says it, however often. */
static void test_resume_refused(void **state)
{
	struct mem_access a = world_store(door_page().v);
	struct hv_message m = fake_message_hypercall(false, WORLD_PC);

	(void)state;
	fake_hv_refuse_register(ARCH_PC_REGISTER, 0x0050);
	vp_boot()->regs.x[0] = SMCCC_VERSION;
	world_run_into(&a);
	assert_int_equal(vp_boot()->regs.x[0], SMCCC_VERSION);
	vp_boot()->regs.x[0] = PARAVANE_UID;
	intercept_dispatch(vp_boot(), &m);
	assert_int_equal(vp_boot()->regs.x[0], PARAVANE_UID);
	assert_int_equal(world_counter(PARAVANE_STAT_REQUESTS), 0);
	assert_true(fake_console_has("VTL0's program counter refused: INVALID_REGISTER_VALUE"));
	assert_int_equal(fake_console_lines(), 1);
}

#define TEST(f) cmocka_unit_test_setup(f, world_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_resume_refused), /* first: its line comes once */
		TEST(test_door_store),
		TEST(test_door_store_without_operand),
		TEST(test_door_other_accesses),
		TEST(test_vtl2_access),
		TEST(test_event_pending),
		TEST(test_abort_refused),
		TEST(test_table_walk_and_fetch),
		TEST(test_forwarded_call),
		TEST(test_forwarded_hypercall),
		TEST(test_other),
		TEST(test_ignored),
		TEST(test_unmapped_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
