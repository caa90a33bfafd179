/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Are arm64's intercept messages read at the right bytes, and is VTL0 given the right abort?
 * Messages are written here byte by byte at offsets from the interface's tables.
 */
#include "vtl/vtl_arch.h"

#include "hv/synic.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define MEMORY_SIZE 64
#define HYPERCALL_SIZE 176
#define RESET_SIZE 32
#define RESET 0x8001000C

#define PENDING_EVENT0 0x00010004
#define PENDING_EVENT1 0x00010005
#define FAR_EL1 0x00040009
#define X18 0x00020012

static struct platform platform;
static uint8_t payload[240];

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	fake_hv_reset();
	memset(payload, 0xEE, sizeof(payload));
	return 0;
}

static void put(size_t offset, uint64_t value, size_t size)
{
	memcpy(payload + offset, &value, size);
}

/* Header: 0 VP index, 4 length, 5 access type, 6 execution state, 8 PC, 16 CPSR. */
static void put_header(uint16_t execution_state)
{
	put(0, 3, 4);
	put(4, 4, 1);
	put(5, 1, 1);
	put(6, execution_state, 2);
	put(8, 0xFFFF800012345678, 8);
	put(16, 0x3C5, 8);
}

static void put_memory(uint16_t execution_state, uint8_t info, uint64_t esr)
{
	put_header(execution_state);
	put(29, info, 1);
	put(40, 0xFFFF80000000AB10, 8);
	put(48, 0xEFFEB018, 8);
	put(56, esr, 8);
}

static enum err take(const void *from, size_t size, struct mem_access *access)
{
	enum err err = vtl_arch_take_memory(vp_boot(), from, size);

	vtl_arch_decode_memory(vp_boot(), access);
	return err;
}

static void test_memory(void **state)
{
	struct mem_access a;

	(void)state;
	/* Store of X7, 32 bits, from EL1 of VTL0. */
	put_memory(0x0001, 0x01,
		   UINT64_C(0x24) << 26 | 1U << 25 | 1U << 24 | 2U << 22 | 7U << 16 | 1U << 6);
	assert_int_equal(take(payload, sizeof(payload), &a), OK);
	assert_int_equal(a.pc, 0xFFFF800012345678);
	assert_int_equal(a.behind, 0xFFFF80001234567C);
	assert_int_equal(vtl_arch_behind_store(vp_boot()), a.behind);
	assert_false(a.event_pending);
	assert_int_equal(a.gpa, 0xEFFEB018);
	assert_int_equal(vp_boot()->arch.gpa, 0xEFFEB018);
	assert_true(a.is_write && a.has_operand);
	assert_false(a.is_execute || a.is_table_walk || a.is_maintenance || a.sign_extend ||
		     a.wide);
	assert_int_equal(a.size, 4);
	assert_int_equal(a.reg, 7);
}

static void test_execution_state(void **state)
{
	static const struct {
		uint16_t word;
		bool user, pending;
	} rows[] = {
		{ 0x0000, true, false },  { 0x0001, false, false }, { 0x0008, true, true },
		{ 0x0009, false, true },  { 0x0011, false, false }, { 0x0104, true, false },
		{ 0xFF05, false, false },
	};
	struct mem_access a;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		put_memory(rows[i].word, 0xFE, UINT64_C(0x24) << 26 | 1U << 6);
		assert_int_equal(take(payload, MEMORY_SIZE, &a), OK);
		assert_int_equal(vtl_arch_behind_store(vp_boot()) == 0, rows[i].user);
		assert_int_equal(a.event_pending, rows[i].pending);
		assert_false(a.has_operand);
	}
}

/* Each payload as it comes, in a block of that size: too short is refused unread. */
static void test_sizes(void **state)
{
	struct mem_access a;
	struct forwarded_call c;
	size_t size;

	(void)state;
	put_memory(1, 1, UINT64_C(0x24) << 26);
	for (size = 0; size <= HYPERCALL_SIZE; size++) {
		uint8_t *cut = malloc(size + 1);

		memcpy(cut, payload, size);
		put(24, 0, 4);
		assert_int_equal(take(cut, size, &a), size < MEMORY_SIZE ? ERR_INVALID : OK);
		assert_int_equal(vtl_arch_decode_hypercall(vp_boot(), cut, size, &c),
				 size < HYPERCALL_SIZE ? ERR_INVALID : OK);
		free(cut);
	}
}

/* The block of a hypercall that was not there: nothing to emulate, whatever the bits say. */
static void test_not_an_abort(void **state)
{
	static const uint64_t classes[] = { 0, 0x01, 0x07, 0x16, 0x18, 0x22, 0x26, 0x2F, 0x3C };
	struct mem_access a;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(classes); i++) {
		put_memory(1, 1, classes[i] << 26 | 0x1FFFFFF);
		assert_int_equal(take(payload, MEMORY_SIZE, &a), OK);
		assert_false(a.has_operand || a.is_write || a.is_execute || a.is_maintenance);
		assert_int_equal(vtl_arch_behind_store(vp_boot()), 0);
	}
}

/* HVC #0 with the id of a hypercall, or another immediate: a hypercall. */
static void test_hypercall(void **state)
{
	static const struct {
		uint64_t x0;
		uint16_t immediate;
		bool is_hypercall;
	} rows[] = {
		{ 0x84000053, 0, false },
		{ 0x46000001, 0, true },
		{ UINT64_C(0xFFFFFFFF46000001), 0, true },
		{ 0xC6000001, 0, false },
		{ 0x84000053, 1, true },
		{ 0x10051, 1, true },
		{ 0x84000053, 4, true },
		{ 0xF8000000, 0xFFFF, true },
	};
	struct forwarded_call c;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		put_header(1);
		put(24, rows[i].immediate, 2);
		vp_boot()->regs.x[0] = rows[i].x0;
		assert_int_equal(vtl_arch_decode_hypercall(vp_boot(), payload, 240, &c), OK);
		assert_int_equal(c.is_hypercall, rows[i].is_hypercall);
		assert_int_equal(c.behind, 0xFFFF80001234567C);
	}
	vtl_arch_refuse_hypercall(vp_boot());
	assert_int_equal(vp_boot()->regs.x[0], 0x2);
}

static bool answer(uint32_t type, const void *from, size_t size)
{
	struct hv_message m = {
		.header = { .message_type = type, .payload_size = (uint8_t)size },
	};

	memcpy(m.u.payload, from, size);
	return vtl_arch_intercept(vp_boot(), &m);
}

static enum stop reset(uint32_t type, size_t size)
{
	put_header(1);
	put(24, type, 4);
	RUN_UNTIL_STOP(assert_true(answer(RESET, payload, size)));
	return fake_stop.kind;
}

/* The hypervisor's own PSCI asks VTL2 for the end; a kind of it that nobody defined is none. */
static void test_reset(void **state)
{
	static const struct {
		uint32_t type;
		bool ends;
		enum reset_kind kind;
	} rows[] = {
		{ 0, true, RESET_POWER_OFF }, { 1, true, RESET_REBOOT }, { 2, true, RESET_REBOOT },
		{ 3, true, RESET_POWER_OFF }, { 4, false, 0 },		 { UINT32_MAX, false, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(reset(rows[i].type, RESET_SIZE),
				 rows[i].ends ? STOP_END : STOP_NONE);
		assert_true(!rows[i].ends || fake_end.kind == rows[i].kind);
		assert_int_equal(reset(rows[i].type, RESET_SIZE - 1), STOP_NONE);
	}
	assert_false(answer(RESET - 1, payload, RESET_SIZE));
}

/* X18 is the hypervisor's to keep, X31 is zero, the others are in the struct. */
static void test_operands(void **state)
{
	struct vp *vp = vp_boot();
	uint64_t value;
	uint32_t reg;

	(void)state;
	for (reg = 0; reg < 31; reg++) {
		vp->regs.x[reg] = 0x100 + reg;
	}
	fake_hv_set(0, X18, 0x1818);
	for (reg = 0; reg < 32; reg++) {
		uint64_t wanted = reg == 31 ? 0 : reg == 18 ? 0x1818 : 0x100 + reg;

		assert_int_equal(vtl_arch_operand_get(vp, reg, &value), OK);
		assert_int_equal(value, wanted);
		assert_int_equal(vtl_arch_operand_set(vp, reg, 0x200 + reg), OK);
	}
	for (reg = 0; reg < 31; reg++) {
		assert_int_equal(vp->regs.x[reg], reg == 18 ? 0x100 + 18 : 0x200 + reg);
	}
	assert_int_equal(fake_hv_value(0, X18), 0x200 + 18);
	assert_int_equal(fake_hv_count(), 2);
	fake_hv_refuse_register(X18, 0x0006);
	assert_int_not_equal(vtl_arch_operand_get(vp, 18, &value), OK);
	assert_int_not_equal(vtl_arch_operand_set(vp, 18, 1), OK);
}

/* The event's header and syndrome, the address in each place where it may be looked for. */
static void test_inject_abort(void **state)
{
	struct mem_access a;
	uint64_t low;
	uint64_t high;

	(void)state;
	put_memory(0x0001, 0x01, UINT64_C(0x24) << 26 | 1U << 24 | 1U << 6);
	assert_int_equal(take(payload, MEMORY_SIZE, &a), OK);
	assert_int_equal(vtl_arch_inject_abort(vp_boot()), OK);
	assert_true(fake_hv_get(0, PENDING_EVENT0, &low, &high));
	assert_int_equal(low, 0x01);	    /* pending, type 0: an exception */
	assert_int_equal(high, 0x96000050); /* data abort, same level, write, external */
	assert_int_equal(fake_hv_value(0, PENDING_EVENT1), 0xFFFF80000000AB10);
	assert_int_equal(fake_hv_value(0, FAR_EL1), 0xFFFF80000000AB10);
	/* One call. */
	assert_int_equal(fake_hv_count(), 1);
	/* From EL0, the address not known. */
	put_memory(0x0000, 0x00, UINT64_C(0x20) << 26);
	assert_int_equal(take(payload, MEMORY_SIZE, &a), OK);
	assert_int_equal(vtl_arch_inject_abort(vp_boot()), OK);
	assert_true(fake_hv_get(0, PENDING_EVENT0, &low, &high));
	assert_int_equal(high, 0x82000410);
	fake_hv_refuse_register(PENDING_EVENT0, 0x0015);
	assert_int_equal(vtl_arch_inject_abort(vp_boot()), ERR_STATE);
}

/* A hypervisor that knows no second register for the address: the event is there all the same. */
static void test_inject_without_companion(void **state)
{
	struct mem_access a;
	uint64_t low = 0;
	uint64_t high = 0;

	(void)state;
	put_memory(0x0001, 0x01, UINT64_C(0x24) << 26);
	assert_int_equal(take(payload, MEMORY_SIZE, &a), OK);
	fake_hv_refuse_register(PENDING_EVENT1, 0x0050);
	(void)!vtl_arch_inject_abort(vp_boot());
	assert_true(fake_hv_get(0, PENDING_EVENT0, &low, &high));
	assert_int_equal(low, 0x01);
	assert_int_equal(high, 0x96000010);
	assert_int_equal(fake_hv_value(0, FAR_EL1), 0xFFFF80000000AB10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_memory, setup),
		cmocka_unit_test_setup(test_execution_state, setup),
		cmocka_unit_test_setup(test_sizes, setup),
		cmocka_unit_test_setup(test_not_an_abort, setup),
		cmocka_unit_test_setup(test_hypercall, setup),
		cmocka_unit_test_setup(test_reset, setup),
		cmocka_unit_test_setup(test_operands, setup),
		cmocka_unit_test_setup(test_inject_abort, setup),
		cmocka_unit_test_setup(test_inject_without_companion, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
