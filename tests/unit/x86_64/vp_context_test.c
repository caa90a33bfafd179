/* SPDX-License-Identifier: BSD-2-Clause */
/* In which state do a VP of ours and VTL0 start? Offsets of the context are by hand. */
#include "arch/x86_64/entry.h"
#include "vtl/vtl_arch.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/hv.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define RIP 0x00020010
#define RFLAGS 0x00020011
#define CR0 0x00040000
#define CR3 0x00040002
#define CR4 0x00040003
#define EFER 0x00080001
#define CS 0x00060001
#define TR 0x00060007
#define IDTR 0x00070000
#define GDTR 0x00070001
#define ASSERT_INTERRUPT 0x94

struct vp_start_registers vp_start_registers = {
	.cr0 = 0x1111,
	.cr3 = 0x3333000,
	.cr4 = 0x4444,
	.efer = 0x5555,
	.gdt = { 0x2F, 0xAAAA0000 },
	.idt = { 0xFFF, 0xBBBB0000 },
};
uint64_t boot_found[FOUND_COUNT] = { 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB5 };
uint64_t vtl_return_offset = 0x20;

static struct platform platform;
static uint16_t port;
static uint16_t port_value;

void vp_entry(void)
{
}

struct cpuid fake_cpuid(uint32_t leaf, uint32_t subleaf)
{
	(void)leaf;
	(void)subleaf;
	return (struct cpuid){ 0 };
}

void fake_msr_write(uint32_t number, uint64_t value)
{
	fail_msg("MSR 0x%x = 0x%lx", number, value);
}

void fake_port_write(uint16_t number, uint16_t value, uint32_t size)
{
	assert_int_equal(size, 2);
	port = number;
	port_value = value;
}

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, 2);
	fake_hv_reset();
	return 0;
}

static uint64_t high_of(uint32_t name)
{
	uint64_t low = 0;
	uint64_t high = 0;

	assert_true(fake_hv_get(0, name, &low, &high));
	return high;
}

/* RIP RSP RFLAGS; CS DS ES FS GS SS TR LDTR of 16 bytes; IDTR GDTR; EFER CR0 CR3 CR4 PAT. */
static void test_initial_context(void **state)
{
	const struct vp *vp = vp_by_number(1);
	uint64_t context[VTL_ARCH_CONTEXT_MAX / 8];

	(void)state;
	assert_int_equal(vtl_arch_initial_context(vp, (uint8_t *)context), 224);
	assert_int_equal(context[0], (uintptr_t)vp_entry);
	assert_int_equal(context[1] % 16, 0);
	assert_ptr_equal(*(struct vp **)(uintptr_t)context[1], vp);
	assert_true(context[1] < vp->stack_top);
	assert_int_equal(context[2], 2);
	assert_int_equal(context[3], 0);
	assert_int_equal(context[4], UINT64_C(0xA09B0010FFFFFFFF));  /* CS: 64-bit code */
	assert_int_equal(context[6], UINT64_C(0xC0930018FFFFFFFF));  /* DS: data */
	assert_int_equal(context[14], UINT64_C(0xC0930018FFFFFFFF)); /* SS */
	assert_int_equal(context[15], (uintptr_t)vp->arch.tss);
	assert_int_equal(context[16], UINT64_C(0x008B002000000067)); /* TR: busy */
	assert_int_equal(context[19], UINT64_C(0x0FFF000000000000)); /* IDTR */
	assert_int_equal(context[20], 0xBBBB0000);
	assert_int_equal(context[21], UINT64_C(0x002F000000000000)); /* GDTR */
	assert_int_equal(context[22], 0xAAAA0000);
	assert_int_equal(context[23], 0x5555);
	assert_int_equal(context[24], 0x1111);
	assert_int_equal(context[25], 0x3333000);
	assert_int_equal(context[26], 0x4444);
	assert_int_equal(context[27], UINT64_C(0x0007040600070406));
	assert_int_equal(vtl_arch_start_without_startvp(vp), ERR_NOT_SUPPORTED);
}

/* An INIT for VTL0 of that processor and no other. */
static void test_hold(void **state)
{
	const struct fake_hv_call *call;

	(void)state;
	assert_int_equal(vtl_arch_hold_vtl0(vp_by_number(1)), OK);
	call = fake_hv_call(ASSERT_INTERRUPT, 0);
	assert_int_equal(*(const uint64_t *)call->in, UINT64_MAX);   /* self */
	assert_int_equal(*(const uint64_t *)(call->in + 8), 5);	     /* INIT, an edge */
	assert_int_equal(*(const uint64_t *)(call->in + 16), 0x101); /* APIC id */
	assert_int_equal(*(const uint64_t *)(call->in + 24), 0);     /* VTL0 */
	assert_int_equal(fake_hv_malformed(), 0);
	fake_hv_refuse(ASSERT_INTERRUPT, 0x0006);
	assert_int_not_equal(vtl_arch_hold_vtl0(vp_by_number(1)), OK);
}

/* The 64-bit boot protocol: RSI the parameters, identity map, flat segments, IF clear. */
static void test_first_registers(void **state)
{
	struct vp *vp = vp_boot();
	uint32_t i;

	(void)state;
	memset(&vp->regs, 0xA5, sizeof(vp->regs));
	assert_int_equal(vtl_arch_set_first_registers(vp, 0x1000200, 0x600000), OK);
	for (i = 0; i < REG_COUNT; i++) {
		assert_int_equal(vp->regs.gpr[i], i == REG_RSI ? 0x600000 : 0);
	}
	assert_int_equal(fake_hv_value(0, RIP), 0x1000200);
	assert_int_equal(fake_hv_value(0, RFLAGS), 2);
	assert_int_equal(fake_hv_value(0, CR3), 0x603000);
	assert_int_equal(fake_hv_value(0, CR4), 0x20);
	assert_int_equal(fake_hv_value(0, CR0), 0x80000031);
	assert_int_equal(fake_hv_value(0, EFER), 0x500);
	assert_int_equal(high_of(CS), UINT64_C(0xA09B0010FFFFFFFF));
	assert_int_equal(high_of(TR), UINT64_C(0x008B000000000067));
	assert_int_equal(high_of(GDTR), 0x601000);
	assert_int_equal(high_of(IDTR), 0);
	assert_int_equal(fake_hv_writes(2, RIP), 0);
	fake_hv_refuse_register(CR3, 0x0050);
	assert_int_equal(vtl_arch_set_first_registers(vp, 0x1000200, 0x600000), ERR_INVALID);
	/* Nowhere to return by: that is where a hypercall is entered. */
	vtl_return_offset = 0;
	assert_int_equal(vtl_arch_set_first_registers(vp, 0x1000200, 0x600000), ERR_NOT_SUPPORTED);
	vtl_return_offset = 0x20;
}

static void test_power_off(void **state)
{
	(void)state;
	vtl_arch_power_off();
	assert_int_equal(port, CONFIG_POWER_PORT);
	assert_int_equal(port_value, 0x2000);
}

static void test_report(void **state)
{
	struct vp *vp = vp_by_number(1);

	(void)state;
	vp->index.v = 7;
	vp->arch.found[FOUND_RIP] = 0xCAFE;
	vp->arch.found[FOUND_EFER] = 0xD00D;
	vtl_arch_report_start(vp);
	assert_true(fake_console_has("VP 7 apic id 0x101 rip 0xcafe"));
	assert_true(fake_console_has("efer 0xd00d"));
	vtl_arch_report_start(vp_boot());
	assert_true(fake_console_has("rip 0xb0 rsp 0xb1 cr0 0xb2 cr3 0xb3 cr4 0xb4 efer 0xb5"));
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_initial_context), TEST(test_hold),   TEST(test_first_registers),
		TEST(test_power_off),	    TEST(test_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
