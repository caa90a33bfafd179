/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do VTL call and return switch what they shall, does a protected page send a message, and does
 * VTL0 get the calls that it may have?
 */
#include "tests/host/x86_64/selftest/tests.h"

#include <stddef.h>

#include "tests/host/common/hv.h"
#include "tests/host/x86_64/selftest/lib.h"

#define FAULT 0xFA00000000ull
#define UNKNOWN_CODE 0xFFF
#define ICEPT_HYPERCALL 8

uint64_t vtl0_regs[16];

uint64_t protect(uint64_t gpa, uint32_t flags)
{
	new_input();
	put32(8, flags);
	put64(16, gpa >> 12);
	return page_call(0x10000000C);
}

uint64_t run(const char *piece, uint64_t rbx)
{
	uint64_t value[2];

	(void)get_register(VTL0_EXPLICIT, REG_VSM_CODE_PAGE_OFFSETS, value);
	vtl0_regs[RBX] = rbx;
	vtl0_regs[R15] = VTL0_CALLS + (value[0] & 0xFFF);
	return vtl0_run(piece, vtl0_regs) | vtl0_regs[R12] << 32;
}

uint64_t rip_of(const char *piece)
{
	return VTL0_CODE + (uint64_t)(piece - vtl0_begin);
}

void set_rip(uint64_t rip)
{
	expect("rip of VTL0", set_register(VTL0_EXPLICIT, 0x00020010, rip, 0), 0);
}

static uint32_t message32(uint32_t offset)
{
	return *(volatile uint32_t *)(assist_page + ASSIST_MESSAGE + offset);
}

static void test_shared(void)
{
	vtl0_regs[RAX] = 0x1111;
	vtl0_regs[RCX] = 0x2222;
	vtl0_regs[8] = 0x3333;
	(void)run(vtl0_nothing, 0);
	expect("RAX by the assist page", vtl0_regs[R14], 0x1111);
	expect("RCX by the assist page", vtl0_regs[R13], 0x2222);
	expect("R8", vtl0_regs[8], 0x3333);
	expect("RCX of a call", vtl0_regs[RCX], 0x11);
}

static void write_dr0_cr2(uint64_t value)
{
	__asm__ volatile("movq %0, %%dr0\n\tmovq %0, %%cr2" : : "r"(value));
}

void test_private(void)
{
	static const uint32_t msrs[] = { 0xC0000102, 0xC0000081, 0xC0000103, 0x277 };
	uint64_t value = 0;
	uint64_t seen;
	uint32_t n;

	(void)set_register(VTL0_EXPLICIT, 0x00080002, 0x1111, 0);
	(void)set_register(VTL0_EXPLICIT, 0x00080008, 0x3333, 0);
	(void)set_register(VTL0_EXPLICIT, 0x0008007B, 0x4444, 0);
	(void)set_register(VTL0_EXPLICIT, 0x00080004, 0x00070406, 0);
	for (n = 0; n < 4; n++) {
		(void)try_wrmsr(msrs[n], 0x04040404);
	}
	write_dr0_cr2(0x7777);
	expect("private", run(vtl0_private, 0), ENTRY_VTL_CALL);
	expect("KERNEL_GS_BASE", vtl0_regs[8], 0x1111);
	expect("STAR", vtl0_regs[9], 0x3333);
	expect("TSC_AUX", vtl0_regs[10], 0x4444);
	expect("PAT", vtl0_regs[11], 0x00070406);
	expect("CR2 is shared", vtl0_regs[RSI], 0x7777);
	expect("DR0 is shared", vtl0_regs[RDI], 0x7777);
	for (n = 0; n < 4; n++) {
		(void)try_rdmsr(msrs[n], &value);
		expect("ours", value, 0x04040404);
	}
	__asm__ volatile("movq %%cr2, %0" : "=r"(seen));
	expect("CR2 of VTL0", seen, 0x2222);
	__asm__ volatile("movq %%dr0, %0" : "=r"(seen));
	expect("DR0 of VTL0", seen, 0x2222);
	(void)try_wrmsr(0x277, 0x0007040600070406);
}

void test_vtl0(void)
{
	vtl0_build();
	expect("vtl call", run(vtl0_setup, VTL0_CALLS | 1), ENTRY_VTL_CALL);
	expect("again", run(vtl0_nothing, 0), ENTRY_VTL_CALL);
	test_shared();
	expect("load", run(vtl0_load, VTL0_DATA), ENTRY_VTL_CALL);
	expect("protect", protect(VTL0_DATA, 0), 0x100000000);
	expect("protected", run(vtl0_load, VTL0_DATA), ENTRY_INTERCEPT);
	expect("message", message32(0), MSG_GPA_INTERCEPT);
	expect("access", assist_page[ASSIST_MESSAGE + 16 + 5], ACCESS_READ);
	expect("gpa", message32(16 + 56), VTL0_DATA);
	expect("rip", message32(16 + 24), rip_of(vtl0_load));
	expect("bytes", message32(16 + 64) & 0xFFFFFF, 0x038B48);
	expect("give back", protect(VTL0_DATA, MAP_ALL), 0x100000000);
	expect("goes on", run(NULL, VTL0_DATA), ENTRY_VTL_CALL);
	expect("read-only", protect(VTL0_DATA, MAP_READ), 0x100000000);
	expect("load read-only", run(vtl0_load, VTL0_DATA), ENTRY_VTL_CALL);
	expect("store read-only", run(vtl0_store, VTL0_DATA), ENTRY_INTERCEPT);
	expect("access", assist_page[ASSIST_MESSAGE + 16 + 5], ACCESS_WRITE);
	expect("jump", run(vtl0_jump, VTL0_DATA), ENTRY_INTERCEPT);
	expect("access", assist_page[ASSIST_MESSAGE + 16 + 5], ACCESS_EXECUTE);
	expect("address", message32(16 + 48), VTL0_DATA);
	expect("give back", protect(VTL0_DATA, MAP_ALL), 0x100000000);
	expect("write only", protect(VTL0_DATA, MAP_WRITE), HV_INVALID_PARAMETER);
	expect("nothing there", protect(0xF0000000, 0), HV_INVALID_PARAMETER);
	expect("own page stays", protect(0x08000000, MAP_ALL), 0x100000000);
}

static uint64_t call_of_vtl0(uint64_t control, uint64_t rdx)
{
	vtl0_regs[RCX] = control;
	vtl0_regs[RDX] = rdx;
	vtl0_regs[8] = 0;
	return run(vtl0_call, VTL0_CALLS);
}

static uint64_t install(uint32_t type, uint32_t mask)
{
	new_input();
	put32(8, mask);
	put32(12, type);
	return page_call(HC_INSTALL_INTERCEPT);
}

void test_hypercalls(void)
{
	expect("vtl0 calls", call_of_vtl0(UNKNOWN_CODE | 0x10000, 0), ENTRY_VTL_CALL);
	expect("unknown code", vtl0_regs[R14] & 0xFFFF, HV_INVALID_HYPERCALL_CODE);
	expect("vtl0 input in vtl2", call_of_vtl0(0x100000050, 0x08000000), ENTRY_VTL_CALL);
	expect("take it", protect((uint64_t)in_page, 0), 0x100000000);
	expect("vtl0 protected input", call_of_vtl0(0x100000050, (uint64_t)in_page),
	       ENTRY_VTL_CALL);
	expect("status", vtl0_regs[R14] & 0xFFFF, HV_INVALID_HYPERCALL_INPUT);
	expect("vtl return of VTL0", call_of_vtl0(HC_VTL_RETURN, 0), FAULT | ENTRY_VTL_CALL);
	expect("install", install(ICEPT_HYPERCALL, 4), 0);
	expect("forwarded", call_of_vtl0(UNKNOWN_CODE | 0x10000, 7), ENTRY_INTERCEPT);
	expect("message", message32(0), MSG_HYPERCALL);
	expect("RCX", message32(16 + 56), UNKNOWN_CODE | 0x10000);
	expect("RDX", message32(16 + 64), 7);
	expect("remove", install(ICEPT_HYPERCALL, 0), 0);
	expect("not forwarded", run(NULL, VTL0_CALLS), ENTRY_VTL_CALL);
}
