/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the VSM host keep its own interface? A VTL2 image of the host's own, with a VTL0 of a few
 * instructions: no other software is needed to try the host.
 */
#include "tests/host/x86_64/selftest/lib.h"

#include "tests/host/common/hv.h"
#include "tests/host/x86_64/selftest/tests.h"

#define MSR_GUEST_OS_ID 0x40000000u
#define MSR_HYPERCALL 0x40000001u
#define MSR_VP_INDEX 0x40000002u
#define MSR_ASSIST 0x40000073u

void test_main(void);

static void cpuid(uint32_t leaf, uint32_t out[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3])
			 : "a"(leaf), "c"(0));
}

static void test_discovery(void)
{
	uint32_t out[4];

	cpuid(1, out);
	expect("hypervisor bit", out[2] >> 31, 1);
	cpuid(0x40000000, out);
	expect("vendor", out[1] == 0x7263694D && out[2] == 0x666F736F && out[3] == 0x76482074, 1);
	cpuid(0x40000001, out);
	expect("interface", out[0], 0x31237648);
	cpuid(0x40000003, out);
	expect("hypercall registers", out[0] >> 5 & 1, 1);
	expect("vsm", out[1] >> 16 & 3, 3);
	expect("start virtual processor", out[1] >> 21 & 1, 1);
	cpuid(0x80000001, out);
	expect("no svm", out[2] >> 2 & 1, 0);
}

static void test_page(void)
{
	volatile uint8_t *page = call_page;
	uint64_t value = 1;
	uint32_t n;

	for (n = 0; n < 4096; n++) {
		page[n] = 0xF1;
	}
	expect("vmmcall outside", try_vmmcall(), VECTOR_UD);
	(void)try_wrmsr(MSR_HYPERCALL, (uint64_t)call_page | 1);
	expect("page before id", try_rdmsr(MSR_HYPERCALL, &value) == 0 && (value & 1) == 0, 1);
	expect("not overlaid", page[0], 0xF1);
	expect("id", try_wrmsr(MSR_GUEST_OS_ID, 0x0000010000000000), 0);
	expect("reserved", try_wrmsr(MSR_HYPERCALL, (uint64_t)call_page | 0x11), VECTOR_GP);
	expect("page", try_wrmsr(MSR_HYPERCALL, (uint64_t)call_page | 1), 0);
	expect("overlaid", page[0] != 0xF1 && page[4095] != 0xF1, 1);
	expect("read-only", try_store((uint64_t)call_page + 100, 0), VECTOR_GP);
	expect("vmmcall still outside", try_vmmcall(), VECTOR_UD);
	hypercall_entry = (uint64_t)call_page;
}

static void test_registers(void)
{
	uint64_t value[2];

	expect("status", get_register(0, REG_VSM_VP_STATUS, value), 0);
	expect("status value", value[0], 0x00050002);
	expect("partition status", get_register(0, REG_VSM_PARTITION_STATUS, value), 0);
	expect("partition status value", value[0], 0x00020005);
	expect("offsets", get_register(0, REG_VSM_CODE_PAGE_OFFSETS, value), 0);
	expect("offsets differ", (value[0] & 0xFFF) != (value[0] >> 12 & 0xFFF), 1);
	return_entry = (uint64_t)call_page + (value[0] >> 12 & 0xFFF);
	expect("vtl call of VTL2", try_call((uint64_t)call_page + (value[0] & 0xFFF), 0),
	       VECTOR_UD);
	expect("return with bad input", try_call(return_entry, 2), VECTOR_UD);
	expect("read-only register", set_register(0, REG_VP_INDEX, 1, 0),
	       HV_INVALID_REGISTER_VALUE);
	expect("unknown register", get_register(0, 0x12345678, value), HV_INVALID_PARAMETER);
	expect("index", try_rdmsr(MSR_VP_INDEX, value), 0);
	expect("unknown msr", try_rdmsr(0x4F000000, value), VECTOR_GP);
	expect("assist", try_wrmsr(MSR_ASSIST, (uint64_t)assist_page | 1), 0);
	expect("config", set_register(0, REG_VSM_PARTITION_CONFIG, CONFIG_VALUE, 0), 0);
}

void test_main(void)
{
	test_discovery();
	test_page();
	test_registers();
	test_vtl0();
	test_private();
	test_intercepts();
	test_hypercalls();
	test_interrupts();
	test_timers();
	test_message_slot();
	test_second_vp();
	finish();
}
