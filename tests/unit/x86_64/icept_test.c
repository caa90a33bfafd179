/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Are x86_64's intercept messages read at the right bytes, and is VTL0 answered as the interface or
 * the hardware would? Ports have a file of their own, icept_port_test.c.
 */
#include "arch/x86_64/icept.h"

#include <string.h>

#include "hv/synic.h"
#include "paravane/services.h"
#include "smccc/smccc.h"

#include "tests/fake/console.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/unit/test.h"
#include "tests/unit/x86_64/icept_world.h"

#define UNMAPPED 0x80000000
#define GPA_INTERCEPT 0x80000001
#define UNRECOVERABLE 0x80000021
#define HYPERCALL 0x80000050
#define MSR 0x80010001
#define CPUID 0x80010002
#define INSTALL_INTERCEPT 0x4D

#define MEMORY_SIZE 80
#define MSR_SIZE 64
#define CPUID_SIZE 104
#define HYPERCALL_SIZE 208
#define HEADER_SIZE 40

/* A request's results, and what a call destroys. */
#define RESULTS 0x78
#define DESTROYED 0x07

/* ---- The door MSR -------------------------------------------------------------------------- */

static void put_msr(uint16_t execution_state, uint8_t length, uint8_t kind, uint32_t number)
{
	world_header(execution_state, length, kind);
	world_put(40, number, 4);
	world_put(48, 0x1234, 8);
	world_put(56, 0x5678, 8);
	world_reg_set(REG_R8, PARAVANE_UID);
}

static void test_door(void **state)
{
	static const uint8_t lengths[] = { 0, 2, 3 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		world_setup(state);
		put_msr(WORLD_KERNEL, lengths[i], 1, PARAVANE_DOOR_MSR);
		assert_true(world_send(MSR, MSR_SIZE));
		assert_int_equal(world_resumed(), WORLD_RIP + (lengths[i] == 3 ? 3 : 2));
		assert_int_equal(world_reg(REG_R8), PARAVANE_UID_WORD0);
		assert_int_equal(world_reg(REG_R11), PARAVANE_UID_WORD3);
		assert_int_equal(world_reg(REG_RAX) | world_reg(REG_RCX) | world_reg(REG_RDX), 0);
		world_check_registers(RESULTS | DESTROYED);
		assert_int_equal(fake_hv_count(), 1);
	}
}

/* The number before and behind, a read, VTL0's user mode: #GP, no request, no register changed. */
static void test_door_is_shut(void **state)
{
	static const struct {
		uint16_t state;
		uint8_t kind;
		uint32_t number;
	} rows[] = {
		{ WORLD_KERNEL, 1, PARAVANE_DOOR_MSR - 1 },
		{ WORLD_KERNEL, 1, PARAVANE_DOOR_MSR + 1 },
		{ WORLD_KERNEL, 0, PARAVANE_DOOR_MSR },
		{ WORLD_KERNEL, 2, PARAVANE_DOOR_MSR },
		{ WORLD_KERNEL, 255, PARAVANE_DOOR_MSR },
		{ WORLD_USER, 1, PARAVANE_DOOR_MSR },
		{ WORLD_KERNEL, 1, 0xC0010015 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		put_msr(rows[i].state, 2, rows[i].kind, rows[i].number);
		assert_true(world_send(MSR, MSR_SIZE));
		assert_true(world_faulted());
		world_check_registers(1U << REG_R8);
		assert_int_equal(world_reg(REG_R8), PARAVANE_UID);
		assert_int_equal(world_counter(PARAVANE_STAT_REFUSED), 1);
		assert_int_equal(world_counter(PARAVANE_STAT_REQUESTS), 0);
	}
	/* While an event is on its way VTL0 does it again after that. */
	world_setup(state);
	put_msr(WORLD_KERNEL | WORLD_EVENT, 2, 0, 0x1234);
	assert_true(world_send(MSR, MSR_SIZE));
	assert_int_equal(fake_hv_count(), 0);
}

/* The program counter is refused: nothing was done, and VTL0 tries again. */
static void test_door_not_resumed(void **state)
{
	(void)state;
	put_msr(WORLD_KERNEL, 2, 1, PARAVANE_DOOR_MSR);
	fake_hv_refuse_register(0x00020010, 0x0005);
	assert_true(world_send(MSR, MSR_SIZE));
	assert_int_equal(world_reg(REG_R8), PARAVANE_UID);
	assert_int_equal(world_counter(PARAVANE_STAT_REQUESTS), 0);
}

/* ---- Hypercalls ---------------------------------------------------------------------------- */

static void hypercall(uint16_t execution_state, uint64_t control)
{
	world_header(execution_state, 0, 2);
	world_reg_set(REG_RCX, control);
	world_reg_set(REG_R8, PARAVANE_UID);
	assert_true(world_send(HYPERCALL, HYPERCALL_SIZE));
}

static void test_hypercall(void **state)
{
	(void)state;
	hypercall(WORLD_KERNEL, PARAVANE_HYPERCALL);
	assert_int_equal(world_resumed(), WORLD_RIP + 3);
	assert_int_equal(world_reg(REG_R8), PARAVANE_UID_WORD0);
	assert_int_equal(world_reg(REG_RAX) | world_reg(REG_RCX) | world_reg(REG_RDX), 0);
	world_check_registers(RESULTS | DESTROYED);
	/* What the hypervisor owns by this way is not ours to answer. */
	world_reg_set(REG_RCX, PARAVANE_HYPERCALL);
	world_reg_set(REG_R8, SMCCC_VERSION);
	assert_true(world_send(HYPERCALL, HYPERCALL_SIZE));
	assert_int_equal(world_reg(REG_R8), UINT64_MAX);
}

static void test_hypercall_refused(void **state)
{
	static const struct {
		uint16_t state;
		uint64_t control;
	} rows[] = {
		{ WORLD_KERNEL, PARAVANE_HYPERCALL + 1 },
		{ WORLD_KERNEL, PARAVANE_HYPERCALL & 0xFFFF },
		{ WORLD_KERNEL, PARAVANE_HYPERCALL | UINT64_C(1) << 32 },
		{ WORLD_KERNEL, PARAVANE_HYPERCALL | UINT64_C(1) << 63 },
		{ WORLD_KERNEL, 0x20000 | PARAVANE_HYPERCALL },
		{ WORLD_USER, PARAVANE_HYPERCALL },
		{ 0x0004, PARAVANE_HYPERCALL }, /* not in long mode */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		hypercall(rows[i].state, rows[i].control);
		assert_int_equal(world_resumed(), WORLD_RIP + 3);
		assert_int_equal(world_reg(REG_RAX), 2); /* HV_STATUS_INVALID_HYPERCALL_CODE */
		assert_int_equal(world_reg(REG_R8), PARAVANE_UID);
		world_check_registers(1U << REG_RAX | 1U << REG_RCX | 1U << REG_R8);
		assert_int_equal(world_counter(PARAVANE_STAT_REFUSED), 1);
	}
}

/* ---- CPUID --------------------------------------------------------------------------------- */

static void put_cpuid(uint32_t leaf, uint8_t length)
{
	world_header(WORLD_KERNEL, length, 2);
	world_put(72, UINT64_C(0xA1A1A1A1FFFFFFFF), 8); /* RAX RCX RDX RBX */
	world_put(80, UINT64_C(0xC1C1C1C122222222), 8);
	world_put(88, UINT64_C(0xD1D1D1D133333333), 8);
	world_put(96, UINT64_C(0xB1B1B1B1FFFFFFFF), 8);
	world_reg_set(REG_RAX, leaf);
}

/* The hypervisor's answer, 32 bits of it, and of the privileges those that VTL0 has. */
static void test_cpuid(void **state)
{
	static const struct {
		uint32_t leaf;
		uint8_t length;
		uint32_t rbx;
	} rows[] = {
		{ 0x60000000, 2, 0xFFFFFFFF },
		{ 0x40000003, 0, 0xFFDEFFFF }, /* AccessVsm, StartVirtualProcessor */
		{ 0x40000004, 3, 0xFFFFFFFF },
		{ 0, 2, 0xFFFFFFFF },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		put_cpuid(rows[i].leaf, rows[i].length);
		assert_true(world_send(CPUID, CPUID_SIZE));
		assert_int_equal(world_resumed(), WORLD_RIP + (rows[i].length == 3 ? 3 : 2));
		assert_int_equal(world_reg(REG_RAX), 0xFFFFFFFF);
		assert_int_equal(world_reg(REG_RBX), rows[i].rbx);
		assert_int_equal(world_reg(REG_RCX), 0x22222222);
		assert_int_equal(world_reg(REG_RDX), 0x33333333);
		world_check_registers(DESTROYED | 1U << REG_RBX);
		assert_int_equal(world_counter(PARAVANE_STAT_CPUID), 1);
	}
	/* The program counter is refused: VTL0 asks again, with what it asked before. */
	world_setup(state);
	put_cpuid(0x60000000, 2);
	fake_hv_refuse_register(0x00020010, 0x0005);
	assert_true(world_send(CPUID, CPUID_SIZE));
	world_check_registers(1U << REG_RAX);
	assert_int_equal(world_reg(REG_RAX), 0x60000000);
	assert_int_equal(world_counter(PARAVANE_STAT_CPUID), 0);
}

/* ---- What is asked for --------------------------------------------------------------------- */

static void test_install(void **state)
{
	const struct fake_hv_call *call;

	(void)state;
	assert_true(vtl_arch_install_intercepts());
	assert_int_equal(fake_hv_count_of(INSTALL_INTERCEPT), 6);
	call = fake_hv_call(INSTALL_INTERCEPT, 4);
	assert_int_equal(*(const uint32_t *)(call->in + 8), 4);	   /* execution */
	assert_int_equal(*(const uint32_t *)(call->in + 12), 0x2); /* of CPUID */
	assert_int_equal(*(const uint64_t *)(call->in + 16), 0x40000003);
	call = fake_hv_call(INSTALL_INTERCEPT, 5);
	assert_int_equal(*(const uint32_t *)(call->in + 8), 3);	   /* reads and writes */
	assert_int_equal(*(const uint32_t *)(call->in + 12), 0x1); /* of MSRs */
	assert_int_equal(*(const uint64_t *)(call->in + 16), 0);
	assert_int_equal(fake_hv_malformed(), 0);
	/* Refused: said, the door stays shut. */
	fake_hv_refuse(INSTALL_INTERCEPT, 0x0006);
	assert_false(vtl_arch_install_intercepts());
	assert_true(fake_console_has("the door is shut"));
	assert_true(fake_console_has("VTL0 sees the hypervisor's privileges"));
}

/* ---- Memory, the end, sizes ---------------------------------------------------------------- */

static void test_denied(void **state)
{
	(void)state;
	world_header(WORLD_KERNEL, 0, 1);
	world_put(44, 0, 1);
	world_put(56, FAKE_VTL2 + 0x1230, 8);
	assert_true(world_send(GPA_INTERCEPT, MEMORY_SIZE));
	assert_true(world_faulted());
	world_check_registers(0);
	assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 1);
	assert_int_equal(world_counter(PARAVANE_STAT_DENIED_GPA), FAKE_VTL2 + 0x1230);
}

/* Where nothing is: page offset 0x458, by a base in RDI. */
#define HOLE UINT64_C(0xFEC00458)

struct access {
	const char *bytes;
	uint8_t count, kind;
	uint64_t gpa;
};

static void put_access(const struct access *a)
{
	size_t i;

	world_header(WORLD_KERNEL, 0, a->kind);
	world_put(44, a->count, 1);
	world_put(45, 0, 1);
	world_put(56, a->gpa, 8);
	for (i = 0; i < 16; i++) {
		world_put(64 + i, i < strlen(a->bytes) ? (uint8_t)a->bytes[i] : 0xEE, 1);
	}
	world_reg_set(REG_RDI, UINT64_C(0xFFFFC90000001450));
}

static void run_into(const struct access *a)
{
	put_access(a);
	assert_true(world_send(UNMAPPED, MEMORY_SIZE));
}

#define LOAD(text) ((struct access){ text, sizeof(text) - 1, 0, HOLE })
#define STORE(text) ((struct access){ text, sizeof(text) - 1, 1, HOLE })

/* An empty bus: ones, as wide as the access, into the register as the instruction has it. */
static void test_load_from_nothing(void **state)
{
	static const struct {
		struct access access;
		uint32_t reg;
		uint64_t wanted;
	} rows[] = {
		{ LOAD("\x8B\x47\x08"), REG_RAX, UINT32_MAX },
		{ LOAD("\x48\x8B\x47\x08"), REG_RAX, UINT64_MAX },
		{ LOAD("\x66\x8B\x4F\x08"), REG_RCX, WORLD_VALUE(REG_RCX) | 0xFFFF },
		{ LOAD("\x8A\x5F\x08"), REG_RBX, WORLD_VALUE(REG_RBX) | 0xFF },
		{ LOAD("\x8A\x7F\x08"), REG_RBX, WORLD_VALUE(REG_RBX) | 0xFF00 },
		{ LOAD("\x0F\xB6\x77\x08"), REG_RSI, 0xFF },
		{ LOAD("\x44\x0F\xB7\x67\x08"), REG_R12, 0xFFFF },
		{ LOAD("\x4C\x0F\xBE\x7F\x08"), REG_R15, UINT64_MAX },
		{ LOAD("\x0F\xBE\x57\x08"), REG_RDX, UINT32_MAX },
		{ LOAD("\x66\x0F\xBE\x6F\x08"), REG_RBP, WORLD_VALUE(REG_RBP) | 0xFFFF },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		run_into(&rows[i].access);
		assert_int_equal(world_reg(rows[i].reg), rows[i].wanted);
		world_check_registers(1U << rows[i].reg | 1U << REG_RDI);
		assert_int_equal(world_resumed(), WORLD_RIP + rows[i].access.count);
		assert_int_equal(fake_hv_count(), 1);
		assert_int_equal(world_counter(PARAVANE_STAT_DENIED_ACCESS), 0);
	}
}

static void test_store_to_nothing(void **state)
{
	const struct access rows[] = {
		STORE("\x89\x47\x08"),
		STORE("\x88\x67\x08"),
		STORE("\xC7\x47\x08\x01\x00\x00\x00"),
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		run_into(&rows[i]);
		world_check_registers(1U << REG_RDI);
		assert_int_equal(world_resumed(), WORLD_RIP + rows[i].count);
	}
}

/* Our memory is ours, whatever the instruction; what is not such an access is not executed. */
static void test_not_emulated(void **state)
{
	const struct {
		struct access access;
		uint16_t state;
		uint16_t cs;
		uint8_t length;
	} rows[] = {
		{ { "\x8B\x47\x08", 3, 0, FAKE_VTL2 + 0x458 }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x8B\x47\x08", 3, 0, HOLE + 1 }, WORLD_KERNEL, 0xA09B, 0 }, /* a walk */
		{ { "\x8B\x47\x08", 3, 1, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x89\x47\x08", 3, 0, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x8B\x47\x08", 3, 2, HOLE }, WORLD_KERNEL, 0xA09B, 0 }, /* a fetch */
		{ { "\x8B\x47\x08", 2, 0, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x8B\x47\x08", 0, 0, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x8B\x47\x08", 17, 0, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x8B\x47\x08", 255, 0, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x8B\x47\x08", 3, 0, HOLE }, WORLD_KERNEL, 0xA09B, 4 }, /* another length */
		{ { "\x8B\x47\x08", 3, 0, HOLE }, WORLD_KERNEL, 0xC09B, 0 }, /* 32-bit code */
		{ { "\x8B\x47\x08", 3, 0, HOLE }, 0x0004, 0xA09B, 0 },
		{ { "\x8B\x67\x08", 3, 0, HOLE }, WORLD_KERNEL, 0xA09B, 0 }, /* into RSP */
		{ { "\x8B\x44\x24\x08", 4, 0, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\x21\x47\x08", 3, 1, HOLE }, WORLD_KERNEL, 0xA09B, 0 },
		{ { "\xF3\xAA", 2, 1, HOLE - 8 }, WORLD_KERNEL, 0xA09B, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		world_setup(state);
		put_access(&rows[i].access);
		world_put(4, rows[i].length, 1);
		world_put(6, rows[i].state, 2);
		world_put(22, rows[i].cs, 2);
		assert_true(world_send(UNMAPPED, MEMORY_SIZE));
		assert_true(world_faulted());
		world_check_registers(1U << REG_RDI);
	}
}

static void test_triple_fault(void **state)
{
	(void)state;
	world_header(WORLD_KERNEL, 0, 2);
	assert_false(world_send(UNRECOVERABLE, HEADER_SIZE));
	assert_int_equal(fake_end.kind, RESET_REBOOT);
}

/* Each message cut short: not a byte behind it is read, and nothing happens. */
static void test_sizes(void **state)
{
	static const struct {
		uint32_t type;
		size_t size;
	} rows[] = {
		{ UNMAPPED, MEMORY_SIZE },     { GPA_INTERCEPT, MEMORY_SIZE },
		{ HYPERCALL, HYPERCALL_SIZE }, { MSR, MSR_SIZE },
		{ CPUID, CPUID_SIZE },
	};
	size_t i, size;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (size = 0; size < rows[i].size; size++) {
			world_setup(state);
			put_msr(WORLD_KERNEL, 2, 1, PARAVANE_DOOR_MSR);
			assert_true(world_send(rows[i].type, size));
			assert_int_equal(fake_hv_count(), 0);
			world_check_registers(1U << REG_R8);
		}
	}
}

#define TEST(f) cmocka_unit_test_setup(f, world_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_door),
		TEST(test_door_is_shut),
		TEST(test_door_not_resumed),
		TEST(test_hypercall),
		TEST(test_hypercall_refused),
		TEST(test_cpuid),
		TEST(test_install),
		TEST(test_denied),
		TEST(test_load_from_nothing),
		TEST(test_store_to_nothing),
		TEST(test_not_emulated),
		TEST(test_triple_fault),
		TEST(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
