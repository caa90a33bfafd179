/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does VTL2 hear of the ports, MSRs and CPUID leaves that it asked for, and of nothing else?
 */
#include <stddef.h>

#include "tests/host/common/hv.h"
#include "tests/host/x86_64/selftest/lib.h"
#include "tests/host/x86_64/selftest/tests.h"

#define FAULT 0xFA00000000ull
#define TYPE_PORT 0
#define TYPE_MSR 1
#define TYPE_CPUID 2
#define TYPE_RANGE 0x11
#define OWN_MSR 0x4F000000u
#define OWN_LEAF 0x40000100u
#define NOWHERE 0xF0000000ull
#define PORT 0x3F8
#define LOW_LAST 0xDFFFF000ull
#define HIGH_FIRST 0x100000000ull
#define HIGH_LAST 0x15FFFF000ull

static uint64_t field(uint32_t offset, uint32_t size)
{
	uint64_t value = 0;
	uint32_t n;

	for (n = 0; n < size; n++) {
		value |= (uint64_t)assist_page[ASSIST_MESSAGE + 16 + offset + n] << (8 * n);
	}
	return value;
}

static uint32_t type(void)
{
	return *(volatile uint32_t *)(assist_page + ASSIST_MESSAGE);
}

static uint64_t install(uint32_t what, uint32_t mask, uint64_t parameter)
{
	new_input();
	put32(8, mask);
	put32(12, what);
	put64(16, parameter);
	return page_call(HC_INSTALL_INTERCEPT);
}

static void test_refusals(void)
{
	expect("no such type", install(0x33, 4, 0), HV_INVALID_PARAMETER);
	expect("port to execute", install(TYPE_PORT, 4, PORT), HV_INVALID_PARAMETER);
	expect("port too high", install(TYPE_PORT, 3, 0x10000), HV_INVALID_PARAMETER);
	expect("range backwards", install(TYPE_RANGE, 3, PORT | (PORT - 1) << 16),
	       HV_INVALID_PARAMETER);
	expect("one msr", install(TYPE_MSR, 3, OWN_MSR), HV_INVALID_PARAMETER);
	expect("leaf to read", install(TYPE_CPUID, 1, 1), HV_INVALID_PARAMETER);
}

static void test_ports(void)
{
	vtl0_regs[RDX] = PORT;
	vtl0_regs[RAX] = 0;
	expect("no port", run(vtl0_in, 0), ENTRY_VTL_CALL);
	expect("ones", vtl0_regs[R14] & 0xFF, 0xFF);
	expect("ports", install(TYPE_RANGE, 3, PORT | (PORT + 7) << 16), 0);
	vtl0_regs[RDX] = PORT + 8;
	expect("port behind", run(vtl0_in, 0), ENTRY_VTL_CALL);
	vtl0_regs[RDX] = PORT + 7;
	expect("last port", run(vtl0_in, 0), ENTRY_INTERCEPT);
	expect("message", type(), MSG_X64_PORT);
	expect("port number", field(40, 2), PORT + 7);
	expect("one byte", field(42, 1), 1);
	expect("read", field(5, 1), ACCESS_READ);
	expect("length", field(4, 1) & 0xF, 1);
	vtl0_regs[RAX] = 0x5A;
	set_rip(field(24, 8) + 1);
	expect("answered", run(NULL, 0), ENTRY_VTL_CALL);
	expect("value", vtl0_regs[R14], 0x5A);
	vtl0_regs[RDX] = PORT;
	vtl0_regs[RAX] = 0xBEEF;
	expect("out", run(vtl0_out, 0), ENTRY_INTERCEPT);
	expect("two bytes", field(42, 1), 2);
	expect("write", field(5, 1), ACCESS_WRITE);
	expect("value", field(48, 8), 0xBEEF);
	expect("length", field(4, 1) & 0xF, 2);
	expect("no ports", install(TYPE_RANGE, 0, PORT | (PORT + 7) << 16), 0);
	expect("again", run(NULL, 0), ENTRY_VTL_CALL);
}

static void test_msr(void)
{
	vtl0_regs[RCX] = OWN_MSR;
	expect("no msr", run(vtl0_rdmsr, 0), FAULT | ENTRY_VTL_CALL);
	expect("fault's rip", vtl0_regs[RDI], rip_of(vtl0_rdmsr));
	expect("msrs", install(TYPE_MSR, 3, 0), 0);
	vtl0_regs[RCX] = OWN_MSR;
	vtl0_regs[RAX] = 0x11;
	vtl0_regs[RDX] = 0x22;
	expect("write", run(vtl0_wrmsr, 0), ENTRY_INTERCEPT);
	expect("message", type(), MSG_X64_MSR);
	expect("number", field(40, 4), OWN_MSR);
	expect("RDX", field(48, 8), 0x22);
	expect("RAX", field(56, 8), 0x11);
	expect("length", field(4, 1) & 0xF, 2);
	/* What VTL2 does not have is a fault of VTL0, with the instruction not done. */
	expect("event",
	       set_register(VTL0_EXPLICIT, REG_PENDING_EVENT0,
			    1 | 1 << 8 | VECTOR_GP << 16 | 0x1234ull << 32, 0),
	       0);
	expect("fault", run(NULL, 0), FAULT | ENTRY_VTL_CALL);
	expect("error code", vtl0_regs[RSI], 0x1234);
	expect("rip", vtl0_regs[RDI], rip_of(vtl0_wrmsr));
	expect("bad event", set_register(VTL0_EXPLICIT, REG_PENDING_EVENT0, 1 | 2 << 1, 0),
	       HV_INVALID_REGISTER_VALUE);
	vtl0_regs[RCX] = 0x40000000;
	vtl0_regs[RAX] = 2;
	vtl0_regs[RDX] = 0;
	expect("the host's own", run(vtl0_wrmsr, 0), ENTRY_VTL_CALL);
}

static void test_cpuid(void)
{
	vtl0_regs[RAX] = 0x40000003;
	vtl0_regs[RCX] = 0;
	expect("leaf", run(vtl0_cpuid, 0), ENTRY_VTL_CALL);
	expect("vsm is not VTL0's", vtl0_regs[RBX] >> 16 & 1, 0);
	vtl0_regs[RAX] = OWN_LEAF;
	expect("unimplemented", run(vtl0_cpuid, 0), ENTRY_INTERCEPT);
	expect("message", type(), MSG_X64_CPUID);
	expect("leaf", field(40, 8), OWN_LEAF);
	set_rip(field(24, 8) + 2);
	vtl0_regs[RAX] = 0x77;
	expect("answered", run(NULL, 0), ENTRY_VTL_CALL);
	expect("value", vtl0_regs[R14], 0x77);
	expect("leaf 1", install(TYPE_CPUID, 4, 1), 0);
	vtl0_regs[RAX] = 1;
	expect("asked for", run(vtl0_cpuid, 0), ENTRY_INTERCEPT);
	expect("default", field(80, 8) >> 31, 1);
	expect("not leaf 1", install(TYPE_CPUID, 0, 1), 0);
	expect("again", run(NULL, 0), ENTRY_VTL_CALL);
}

/* In a run with 5 GiB: what does not lie below 0xE0000000 lies at 4 GiB. */
static void test_high_memory(void)
{
	volatile uint64_t *first = (volatile uint64_t *)HIGH_FIRST;
	volatile uint64_t *last = (volatile uint64_t *)HIGH_LAST;
	volatile uint64_t *low = (volatile uint64_t *)LOW_LAST;

	if (protect(HIGH_FIRST, 0) != 0x100000000) {
		return;
	}
	expect("last page", protect(HIGH_LAST, 0), 0x100000000);
	expect("no page behind", protect(HIGH_LAST + 0x1000, 0), HV_INVALID_PARAMETER);
	*low = 1;
	*first = 2;
	*last = 3;
	expect("memory above 4 GiB", *low == 1 && *first == 2 && *last == 3, 1);
	expect("protected", run(vtl0_load, HIGH_LAST), ENTRY_INTERCEPT);
	expect("gpa", field(56, 8), HIGH_LAST);
	expect("give back", protect(HIGH_LAST, MAP_ALL), 0x100000000);
	expect("goes on", run(NULL, HIGH_LAST), ENTRY_VTL_CALL);
	expect("value", vtl0_regs[R14], 3);
}

void test_intercepts(void)
{
	test_refusals();
	test_high_memory();
	test_ports();
	test_msr();
	test_cpuid();
	expect("nowhere", run(vtl0_load, NOWHERE), ENTRY_INTERCEPT);
	expect("message", type(), MSG_UNMAPPED_GPA);
	expect("gpa", field(56, 8), NOWHERE);
	expect("triple fault", run(vtl0_triple, 0), ENTRY_INTERCEPT);
	expect("message", type(), MSG_UNRECOVERABLE);
	vtl0_build();
}
