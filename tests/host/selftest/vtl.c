/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do VTLs, protections, intercepts, interrupts and processors behave as the interface says?
 */
#include "tests/host/selftest/tests.h"

#include <stddef.h>

#include "tests/host/common/hv.h"
#include "tests/host/selftest/lib.h"

#define V0 0x10
#define CONFIG_BASE (CONFIG_ENABLE_PROTECTION | 0xFull << 1)
#define CONFIG_ALL                                                                                 \
	(CONFIG_BASE | CONFIG_INTERCEPT_PAGE | CONFIG_ICEPT_NOT_PRESENT | CONFIG_ICEPT_RESET)
#define PROTECTED_GPA (SCRATCH_GPA + 0x1000)
#define READ_ONLY_GPA (SCRATCH_GPA + 0x2000)
#define NO_EXECUTE_GPA (SCRATCH_GPA + 0x3000)
#define NOWHERE 0xEFFE0000ull

static uint64_t message(uint32_t offset)
{
	return *(volatile uint64_t *)(assist_page + ASSIST_MESSAGE + 16 + offset);
}

static uint32_t message_type(void)
{
	return *(volatile uint32_t *)(assist_page + ASSIST_MESSAGE);
}

static uint64_t protect(uint8_t vtl, uint32_t flags, uint64_t gpa)
{
	new_input();
	put32(8, flags);
	in_page[12] = vtl;
	put64(16, gpa >> 12);
	return memory_call(0x10000000C, (uint64_t)in_page, 0) & 0xFFFF;
}

void test_vsm_config(void)
{
	uint64_t value;

	expect("protect too early", protect(0, 0, PROTECTED_GPA), HV_ACCESS_DENIED);
	expect("config unknown bit", set_register(0, REG_VSM_PARTITION_CONFIG, 1ull << 16),
	       HV_INVALID_REGISTER_VALUE);
	expect("config small mask", set_register(0, REG_VSM_PARTITION_CONFIG, 1),
	       HV_INVALID_REGISTER_VALUE);
	expect("config of vtl0", set_register(V0, REG_VSM_PARTITION_CONFIG, CONFIG_ALL),
	       HV_INVALID_PARAMETER);
	expect("config", set_register(0, REG_VSM_PARTITION_CONFIG, CONFIG_ALL), 0);
	expect("config read", get_register(0, REG_VSM_PARTITION_CONFIG, &value), 0);
	expect("config value", value, CONFIG_ALL);
	expect("config cleared", set_register(0, REG_VSM_PARTITION_CONFIG, 0),
	       HV_INVALID_REGISTER_VALUE);
	expect("guest vsm", set_register(0, REG_GUEST_VSM_CONFIG, 0), 0);
	expect("guest vsm 2", set_register(0, REG_GUEST_VSM_CONFIG, 2), HV_INVALID_REGISTER_VALUE);
}

static uint64_t check_access(uint32_t desired, uint64_t gpa)
{
	new_input();
	in_page[8] = V0;
	in_page[9] = (uint8_t)desired;
	put64(16, gpa >> 12);
	*(volatile uint64_t *)out_page = ~0ull;
	(void)memory_call(0x1000000D4, (uint64_t)in_page, (uint64_t)out_page);
	return *(volatile uint64_t *)out_page;
}

void test_protection_calls(void)
{
	expect("protect for vtl0", protect(V0, 0, PROTECTED_GPA), HV_INVALID_PARAMETER);
	expect("protect no memory", protect(0, 0, 0xF0000000), HV_INVALID_PARAMETER);
	expect("protect huge", protect(0, 0, ~0xFFFull), HV_INVALID_PARAMETER);
	expect("protect flags", protect(0, 0x10, PROTECTED_GPA), HV_INVALID_PARAMETER);
	expect("protect write only", protect(0, 2, PROTECTED_GPA), HV_INVALID_PARAMETER);
	expect("protect", protect(0, 0, PROTECTED_GPA), 0);
	expect("protect write", protect(0, 1, READ_ONLY_GPA), 0);
	expect("protect execute", protect(0x12, 3, NO_EXECUTE_GPA), 0);
	expect("access none", check_access(0xF, PROTECTED_GPA), 1 | 0xF << 8 | 2 << 16);
	expect("access read", check_access(1, READ_ONLY_GPA), 0);
	expect("access write", check_access(3, READ_ONLY_GPA), 1 | 2 << 8 | 2 << 16);
	expect("access free", check_access(0xF, SCRATCH_GPA), 0);
}

static uint64_t enable_partition(uint8_t vtl)
{
	new_input();
	in_page[8] = vtl;
	return memory_call(HC_ENABLE_PARTITION_VTL, (uint64_t)in_page, 0) & 0xFFFF;
}

void test_vtl_calls(void)
{
	expect("assist reserved", set_register(0, REG_VP_ASSIST_PAGE, (uint64_t)assist_page | 3),
	       HV_INVALID_REGISTER_VALUE);
	expect("assist", set_register(0, REG_VP_ASSIST_PAGE, (uint64_t)assist_page | 1), 0);
	expect("sint vector", set_register(0, REG_SINT0, 5), HV_INVALID_REGISTER_VALUE);
	expect("partition vtl2", enable_partition(2), HV_INVALID_VTL_STATE);
	expect("partition vtl3", enable_partition(3), HV_ACCESS_DENIED);
	expect("enable self", vp_call(HC_ENABLE_VP_VTL, HV_VP_SELF, 2), HV_VTL_ALREADY_ENABLED);
	expect("enable vtl1", vp_call(HC_ENABLE_VP_VTL, 1, 1), HV_INVALID_VTL_STATE);
	expect("enable vtl3", vp_call(HC_ENABLE_VP_VTL, 1, 3), HV_ACCESS_DENIED);
	expect("enable vp", vp_call(HC_ENABLE_VP_VTL, 99, 2), HV_INVALID_VP_INDEX);
	expect("start own", vp_call(HC_START_VIRTUAL_PROCESSOR, 0, 2), HV_INVALID_PARAMETER);
	expect("start too early", vp_call(HC_START_VIRTUAL_PROCESSOR, 1, 2), HV_INVALID_VP_STATE);
}

/* The instructions that VTL0 may not execute, and those that the host answers. */
void test_vtl0_edges(void)
{
	struct vtl0 regs = { .x = { 0 } };

	expect("activity of vtl0", set_register(V0, REG_INTERNAL_ACTIVITY, 8),
	       HV_INVALID_REGISTER_VALUE);
	expect("vtl call", run_vtl0(vtl0_nothing, &regs), ENTRY_VTL_CALL);
	expect("vtl call reached", regs.x[20], 1);
	regs.x[0] = 0;
	expect("hvc3 in vtl0", run_vtl0(vtl0_hvc3, &regs), ENTRY_VTL_CALL);
	expect("hvc3 undefined", regs.x[20] << 32 | regs.x[21], 0xE02000000);
	expect("hvc3 pc", regs.x[23], (uint64_t)vtl0_hvc3);
	(void)run_vtl0(vtl0_hvc4, &regs);
	expect("hvc4 undefined", regs.x[20] << 32 | regs.x[21], 0xE02000000);
	(void)run_vtl0(vtl0_smc, &regs);
	expect("smc", regs.x[0], ~0ull);
	(void)run_vtl0(vtl0_counter, &regs);
	expect("counter", regs.x[20] << 32 | regs.x[0], 1ull << 32);
}

static void expect_abort_message(const char *name, struct vtl0 *regs, const char *piece,
				 uint32_t type, uint32_t access, uint64_t gpa)
{
	expect(name, run_vtl0(piece, regs), ENTRY_INTERCEPT);
	expect("  type", message_type(), type);
	expect("  access", message(0) >> 40 & 0xFF, access);
	expect("  address", message(48), gpa);
	expect("  pc", message(8), access == ACCESS_EXECUTE ? gpa : (uint64_t)piece);
	expect("  vp, length, state", message(0) & 0x01FF00FFFFFFFFFF, 0x0001000400000000);
	if (access != ACCESS_EXECUTE) {
		expect("  instruction", (uint32_t)message(32), *(const uint32_t *)piece);
	}
}

void test_intercepts(void)
{
	struct vtl0 regs = { .x = { 0 } };

	regs.x[1] = PROTECTED_GPA + 8;
	expect_abort_message("load protected", &regs, vtl0_load, MSG_GPA_INTERCEPT, ACCESS_READ,
			     PROTECTED_GPA + 8);
	expect_abort_message("store protected", &regs, vtl0_store, MSG_GPA_INTERCEPT, ACCESS_WRITE,
			     PROTECTED_GPA + 8);
	regs.x[1] = READ_ONLY_GPA;
	expect("load read-only", run_vtl0(vtl0_load, &regs), ENTRY_VTL_CALL);
	expect_abort_message("store read-only", &regs, vtl0_store, MSG_GPA_INTERCEPT, ACCESS_WRITE,
			     READ_ONLY_GPA);
	regs.x[1] = NO_EXECUTE_GPA;
	expect("store no-execute", run_vtl0(vtl0_store, &regs), ENTRY_VTL_CALL);
	expect_abort_message("execute", &regs, vtl0_jump, MSG_GPA_INTERCEPT, ACCESS_EXECUTE,
			     NO_EXECUTE_GPA);
	regs.x[1] = NOWHERE;
	expect_abort_message("load nowhere", &regs, vtl0_load, MSG_UNMAPPED_GPA, ACCESS_READ,
			     NOWHERE);
	expect_abort_message("pair nowhere", &regs, vtl0_pair, MSG_UNMAPPED_GPA, ACCESS_READ,
			     NOWHERE);
	expect("  no syndrome", message(56) >> 24 & 1, 0);
	/* Taken back: the same instruction goes through. */
	expect("allow", protect(0, 0xF, PROTECTED_GPA), 0);
	*(volatile uint32_t *)(PROTECTED_GPA + 8) = 0x77;
	regs.x[1] = PROTECTED_GPA + 8;
	expect("load allowed", run_vtl0(vtl0_load, &regs), ENTRY_VTL_CALL);
	expect("  value", regs.x[0], 0x77);
	expect("forbid", protect(0, 0, PROTECTED_GPA), 0);
}

static uint64_t install(uint32_t type, uint32_t mask)
{
	new_input();
	put32(8, mask);
	put32(12, type);
	return memory_call(HC_INSTALL_INTERCEPT, (uint64_t)in_page, 0) & 0xFFFF;
}

void test_forwarding(void)
{
	struct vtl0 regs = { .x = { 0xB2000000, 5 } };

	expect("unowned, not forwarded", run_vtl0(vtl0_hvc0, &regs), ENTRY_VTL_CALL);
	expect("  result", regs.x[0], ~0ull);
	expect("install nothing", install(0x55, 4), HV_INVALID_PARAMETER);
	expect("install mask", install(ICEPT_TYPE_HYPERCALL, 1), HV_INVALID_PARAMETER);
	expect("install", install(ICEPT_TYPE_HYPERCALL, 4), 0);
	regs.x[0] = 0xB2000000;
	expect("unowned, forwarded", run_vtl0(vtl0_hvc0, &regs), ENTRY_INTERCEPT);
	expect("  type", message_type(), MSG_HYPERCALL);
	expect("  immediate", message(24) & 0xFFFF, 0);
	expect("  pc", message(8), (uint64_t)vtl0_hvc0);
	expect("  x0", message(32), 0xB2000000);
	expect("  x1", message(40), 5);
	regs.x[0] = 0xFFF;
	expect("hvc1, forwarded", run_vtl0(vtl0_hvc1, &regs), ENTRY_INTERCEPT);
	expect("  immediate", message(24) & 0xFFFF, 1);
	expect("remove", install(ICEPT_TYPE_HYPERCALL, 0), 0);
	regs.x[0] = 0x84000000;
	(void)run_vtl0(vtl0_hvc0, &regs);
	expect("psci version", regs.x[0], 0x10001);
	regs.x[0] = 0x8600FF01;
	(void)run_vtl0(vtl0_hvc0, &regs);
	expect("uid", regs.x[0] << 32 | (uint32_t)regs.x[3], 0x4D32BA5816597024);
	regs.x[0] = 0x84000008;
	expect("power off", run_vtl0(vtl0_hvc0, &regs), ENTRY_INTERCEPT);
	expect("  type", message_type(), MSG_RESET);
	expect("  what", (uint32_t)message(24), 0);
}

void test_event(void)
{
	struct vtl0 regs = { .x = { 0, PROTECTED_GPA } };
	struct call call = { .x = { 0x100010051, HV_PARTITION_SELF, HV_VP_SELF | 0x10ull << 32,
				    REG_PENDING_EVENT0, 0, 1, 0x96000010 } };

	expect("load protected", run_vtl0(vtl0_load, &regs), ENTRY_INTERCEPT);
	expect("far", set_register(V0, REG_PENDING_EVENT1, PROTECTED_GPA), 0);
	call_hvc1(call.x);
	expect("event", call.x[0] & 0xFFFF, 0);
	expect("event taken", run_vtl0(NULL, &regs), ENTRY_VTL_CALL);
	expect("  syndrome", regs.x[20] << 32 | regs.x[21], 0xE96000010);
	expect("  address", regs.x[22], PROTECTED_GPA);
	expect("  pc", regs.x[23], (uint64_t)vtl0_load);
}

/* X0 of VTL0's hypercall by hvc #1. */
static uint64_t vtl0_call(uint64_t control, uint64_t a, uint64_t b, uint64_t c)
{
	struct vtl0 regs = { .x = { control, a, b, c, 0, 1, 0 } };

	(void)run_vtl0(vtl0_hvc1, &regs);
	return regs.x[0] & 0xFFFF;
}

void test_vtl0_hypercalls(void)
{
	uint64_t self = HV_PARTITION_SELF;

	expect("vtl0 early", vtl0_call(0x100010050, self, HV_VP_SELF, REG_VP_INDEX),
	       HV_ACCESS_DENIED);
	expect("vtl0 id", vtl0_call(0x100010051, self, HV_VP_SELF, REG_GUEST_OS_ID), 0);
	expect("vtl0 index", vtl0_call(0x100010050, self, HV_VP_SELF, REG_VP_INDEX), 0);
	expect("vtl0 reads vtl2",
	       vtl0_call(0x100010050, self, HV_VP_SELF | 0x12ull << 32, 0x00020022),
	       HV_ACCESS_DENIED);
	expect("vtl0 other vp", vtl0_call(0x100010050, self, 1, 0x00020022), HV_ACCESS_DENIED);
	expect("vtl0 config", vtl0_call(0x100010051, self, HV_VP_SELF, REG_VSM_PARTITION_CONFIG),
	       HV_ACCESS_DENIED);
	expect("vtl0 input in vtl2", vtl0_call(0x100000050, PROTECTED_GPA, SCRATCH_GPA, 0),
	       HV_INVALID_HYPERCALL_INPUT);
	expect("vtl0 output in vtl2", vtl0_call(0x100000050, SCRATCH_GPA, PROTECTED_GPA, 0),
	       HV_INVALID_HYPERCALL_INPUT);
	expect("vtl0 output read-only", vtl0_call(0x100000050, SCRATCH_GPA, READ_ONLY_GPA, 0),
	       HV_INVALID_HYPERCALL_INPUT);
	expect("vtl0 protects", vtl0_call(0x10001000C, self, 0, SCRATCH_GPA >> 12),
	       HV_ACCESS_DENIED);
	expect("vtl0 enables vtl1", vtl0_call(0x1000D, self, 1, 0), HV_ACCESS_DENIED);
}
