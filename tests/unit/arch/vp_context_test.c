/* SPDX-License-Identifier: BSD-2-Clause */
/* In which state do a VP of ours and VTL0 start? Offsets of the context are by hand. */
#include "arch/arm64/entry.h"
#include "arch/arm64/hvc.h"
#include "vtl/vtl_arch.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/hv.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define PC 0x00020022
#define CPSR 0x00020023
#define SCTLR_EL1 0x00040002

struct vp_start_registers vp_start_registers = { 0x1111, 0x2222, 0x3333, 0x4444, 0x5555 };
uint64_t boot_found[FOUND_COUNT] = { 0xB0, 0xB1, 0xB2, 0xB3, 0xB4 };

static struct platform platform;
static uint64_t smccc_arguments[4];
static uint64_t smccc_answer;
static uint32_t smccc_calls;

void vp_entry(void)
{
}

void vp_entry_psci(void)
{
}

struct smccc_result hvc_smccc(uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3)
{
	smccc_calls++;
	memcpy(smccc_arguments, (uint64_t[]){ id, a1, a2, a3 }, sizeof(smccc_arguments));
	return (struct smccc_result){ { smccc_answer } };
}

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 2);
	fake_hv_reset();
	smccc_calls = 0;
	smccc_answer = 0;
	return 0;
}

/* Nine words: PC SP SCTLR MAIR TCR VBAR TTBR0 TTBR1 X18. */
static void test_initial_context(void **state)
{
	const struct vp *vp = vp_by_number(1);
	uint64_t context[VTL_ARCH_CONTEXT_MAX / 8];

	(void)state;
	memset(context, 0x5A, sizeof(context));
	assert_int_equal(vtl_arch_initial_context(vp, (uint8_t *)context), 72);
	assert_int_equal(context[0], (uintptr_t)vp_entry);
	assert_int_equal(context[2], 0x1111);
	assert_int_equal(context[3], 0x2222);
	assert_int_equal(context[4], 0x3333);
	assert_int_equal(context[5], 0x4444);
	assert_int_equal(context[6], 0x5555);
	assert_int_equal(context[7], 0);
	assert_int_equal(context[8], (uintptr_t)vp);
	assert_int_equal(context[9], UINT64_C(0x5A5A5A5A5A5A5A5A));
	/* The stack pointer is aligned and points at the word that names the VP. */
	assert_int_equal(context[1] % 16, 0);
	assert_ptr_equal(*(struct vp **)(uintptr_t)context[1], vp);
	assert_true(context[1] < vp->stack_top);
}

static void test_cpu_on(void **state)
{
	const struct vp *vp = vp_by_number(1);

	(void)state;
	assert_int_equal(vtl_arch_start_without_startvp(vp), OK);
	assert_int_equal(smccc_arguments[0], 0xC4000003);
	assert_int_equal(smccc_arguments[1], 0x101);
	assert_int_equal(smccc_arguments[2], (uintptr_t)vp_entry_psci);
	assert_int_equal(smccc_arguments[3], (uintptr_t)vp);
	/* It begins with its MMU off: what it reads has left the caches before the call. */
	assert_int_equal(fake_cpu.clean_count, 2);
	assert_true(
		range_contains(fake_cpu.clean[0], (struct range){ (uintptr_t)&vp_start_registers,
								  sizeof(vp_start_registers) }));
	assert_true(
		range_contains(fake_cpu.clean[1], (struct range){ (uintptr_t)vp, sizeof(*vp) }));
	smccc_answer = (uint32_t)-1; /* 32 bits of it count */
	assert_int_equal(vtl_arch_start_without_startvp(vp), ERR_NOT_SUPPORTED);
	smccc_answer = (uint64_t)-4;
	assert_int_equal(vtl_arch_start_without_startvp(vp), ERR_NOT_SUPPORTED);
}

/* The arm64 boot protocol: X0 the tree, EL1 with everything masked, MMU and caches off. */
static void test_first_registers(void **state)
{
	struct vp *vp = vp_boot();
	uint32_t i;

	(void)state;
	memset(&vp->regs, 0xA5, sizeof(vp->regs));
	assert_int_equal(vtl_arch_set_first_registers(vp, 0x80000, 0x600000), OK);
	assert_int_equal(vp->regs.x[0], 0x600000);
	for (i = 1; i < 31; i++) {
		assert_int_equal(vp->regs.x[i], 0);
	}
	assert_int_equal(fake_hv_value(0, PC), 0x80000);
	assert_int_equal(fake_hv_value(0, CPSR), 0x3C5);
	/* M, C and I off; the bits that read as one are one. */
	assert_int_equal(fake_hv_value(0, SCTLR_EL1) & 0x1005, 0);
	assert_int_equal(fake_hv_value(0, SCTLR_EL1), 0x30D00800);
	assert_int_equal(fake_hv_writes(2, PC), 0);
	fake_hv_refuse_register(CPSR, 0x0050);
	assert_int_equal(vtl_arch_set_first_registers(vp, 0x80000, 0x600000), ERR_INVALID);
}

static void test_end(void **state)
{
	(void)state;
	vtl_arch_power_off();
	assert_int_equal(smccc_arguments[0], 0x84000008);
	vtl_arch_reboot();
	assert_int_equal(smccc_arguments[0], 0x84000009);
	assert_int_equal(smccc_calls, 2);
}

static void test_report(void **state)
{
	struct vp *vp = vp_by_number(1);

	(void)state;
	vp->index.v = 7;
	vp->arch.found[FOUND_PC] = 0xCAFE;
	vp->arch.found[FOUND_X18] = 0xD00D;
	vtl_arch_report_start(vp);
	assert_true(fake_console_has("VP 7 mpidr 0x101 pc 0xcafe"));
	assert_true(fake_console_has("x18 0xd00d"));
	vtl_arch_report_start(vp_boot());
	assert_true(fake_console_has("pc 0xb0 sp 0xb1 sctlr 0xb2 ttbr0 0xb3 x18 0xb4"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_initial_context, setup),
		cmocka_unit_test_setup(test_cpu_on, setup),
		cmocka_unit_test_setup(test_first_registers, setup),
		cmocka_unit_test_setup(test_end, setup),
		cmocka_unit_test_setup(test_report, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
