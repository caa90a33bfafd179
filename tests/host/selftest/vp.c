/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do interrupts, private registers, message slots and other processors behave as they should?
 */
#include "tests/host/selftest/tests.h"

#include <stddef.h>

#include "tests/host/common/hv.h"
#include "tests/host/selftest/lib.h"

#define V0 0x10
#define GICD 0xFFFF0000ull
#define GICR 0xEFFEE000ull
#define SINT_INTID 18
#define SPURIOUS 1023
#define NOWHERE 0xEFFE0000ull

void second_main(uint64_t vp);
static volatile uint64_t second_is_up;
static volatile uint32_t second_shall_send;

static void write32(uint64_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

/* VTL2's controller on this VP: SGI 1 and the SINT in group 1, enabled. */
void controller_on(uint32_t cpu)
{
	uint64_t frame = GICR + 0x20000 * cpu;

	write32(GICD, 2);
	write32(frame + 0x14, 0);
	write32(frame + 0x10080, ~0u);
	write32(frame + 0x10100, 1u << SINT_INTID | 1u << 1);
	__asm__ volatile("msr S3_0_C4_C6_0, %0\n\tmsr S3_0_C12_C12_7, %1\n\tisb"
			 :
			 : "r"(0xF0ull), "r"(1ull)
			 : "memory");
}

uint64_t acknowledge(void)
{
	uint64_t intid;

	__asm__ volatile("mrs %0, S3_0_C12_C12_0\n\tdsb sy" : "=r"(intid) : : "memory");
	if (intid != SPURIOUS) {
		__asm__ volatile("msr S3_0_C12_C12_1, %0\n\tisb" : : "r"(intid) : "memory");
	}
	return intid;
}

static void send_sgi(uint32_t cpu)
{
	__asm__ volatile("dsb sy\n\tmsr S3_0_C12_C11_5, %0\n\tisb"
			 :
			 : "r"(1ull << 24 | 1ull << cpu)
			 : "memory");
}

static uint64_t assert_interrupt(uint32_t control, uint32_t intid)
{
	new_input();
	put32(12, control);
	put32(24, intid);
	return memory_call(HC_ASSERT_VIRTUAL_INTERRUPT, (uint64_t)in_page, 0) & 0xFFFF;
}

static void vtl0_write(uint64_t gpa, uint32_t value)
{
	struct vtl0 regs = { .x = { value, gpa } };

	(void)run_vtl0(vtl0_store, &regs);
}

/* VTL0's distributor: SPI 2 in group 1, enabled, to this VP. */
void test_interrupt(void)
{
	struct vtl0 regs = { .x = { 0 } };

	vtl0_write(0xFFFF0000, 2);
	vtl0_write(0xFFFF0084, 4);
	vtl0_write(0xFFFF0104, 4);
	expect("assert bad flag", assert_interrupt(1, 34), HV_INVALID_PARAMETER);
	expect("assert bad intid", assert_interrupt(4, 5000), HV_INVALID_PARAMETER);
	expect("assert", assert_interrupt(4, 34), 0);
	(void)run_vtl0(vtl0_take_interrupt, &regs);
	expect("interrupt", regs.x[0], 34);
	(void)run_vtl0(vtl0_take_interrupt, &regs);
	expect("still asserted", regs.x[0], 34);
	expect("deassert", assert_interrupt(0, 34), 0);
	(void)run_vtl0(vtl0_take_interrupt, &regs);
	expect("gone", regs.x[0], 1023);
}

void second_main(uint64_t vp)
{
	struct vtl0 regs = { .x = { 0 } };

	(void)set_register(V0, REG_INTERNAL_ACTIVITY, 1);
	(void)set_register(V0, 0x0004000C, (uint64_t)vtl0_vectors);
	controller_on(1);
	second_is_up = vp;
	for (;;) {
		vtl_return(regs.x);
		while (acknowledge() != SPURIOUS) {
		}
		if (second_shall_send != 0) {
			second_shall_send = 0;
			send_sgi(0);
		}
	}
}

static uint64_t psci(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
	struct vtl0 regs = { .x = { function, a, b, c } };

	(void)run_vtl0(vtl0_hvc0, &regs);
	return regs.x[0];
}

void test_second_vp(void)
{
	volatile uint64_t *flag = (volatile uint64_t *)SCRATCH_GPA;
	uint32_t vp; /* index of the processor whose MPIDR is 1 */

	*flag = 0;
	new_input();
	put64(16, 1);
	expect("index", memory_call(0x10000009A, (uint64_t)in_page, (uint64_t)out_page),
	       1ull << 32);
	vp = *(volatile uint32_t *)out_page;
	expect("enable", vp_call(HC_ENABLE_VP_VTL, vp, 2), 0);
	expect("start", vp_call(HC_START_VIRTUAL_PROCESSOR, vp, 2), 0);
	expect("start again", vp_call(HC_START_VIRTUAL_PROCESSOR, vp, 2), HV_INVALID_VP_STATE);
	while (second_is_up == 0) {
	}
	expect("second", second_is_up, 1);
	expect("affinity off", psci(0xC4000004, 1, 0, 0), 1);
	expect("cpu on, bad target", psci(0xC4000003, 9, (uint64_t)vtl0_second, 0), ~0ull - 1);
	expect("cpu on, bad address", psci(0xC4000003, 1, 0xF0000000, 0), ~0ull - 8);
	expect("held", *flag, 0);
	expect("cpu on", psci(0xC4000003, 1, (uint64_t)vtl0_second, SCRATCH_GPA), 0);
	while (*flag == 0) {
	}
	expect("argument", *flag, SCRATCH_GPA);
	expect("affinity on", psci(0xC4000004, 1, 0, 0), 0);
	expect("cpu on again", psci(0xC4000003, 1, (uint64_t)vtl0_second, 0), ~0ull - 3);
}

/* VTL0 spins with everything masked; VTL2 of the other VP sends an SGI to this VP's VTL2. */
void test_preemption(void)
{
	struct vtl0 regs = { .x = { 0 } };

	controller_on(0);
	second_shall_send = 1;
	send_sgi(1);
	expect("preempted", run_vtl0(vtl0_spin, &regs), ENTRY_INTERRUPT);
	expect("  by", acknowledge(), 1);
	expect("  once", acknowledge(), SPURIOUS);
}

void test_private_registers(void)
{
	struct vtl0 regs = { .x = { 0 } };
	uint64_t value;

	expect("x18 of vtl0", set_register(V0, 0x00020012, 0x55), 0);
	expect("tpidr of vtl0", set_register(V0, 0x00040011, 0x66), 0);
	expect("cpacr of vtl0", set_register(V0, 0x00040004, 0), 0);
	__asm__ volatile("msr tpidr_el0, %0\n\tmsr tpidr_el1, %0" : : "r"(0x2222ull));
	expect("private", run_vtl0(vtl0_private, &regs), ENTRY_VTL_CALL);
	expect("  x18", regs.x[0], 0x55);
	expect("  tpidr", regs.x[1], 0x66);
	expect("  cpacr", regs.x[3], 0);
	__asm__ volatile("mrs %0, tpidr_el0" : "=r"(value));
	expect("  ours", value, 0x2222);
	(void)get_register(V0, 0x00020012, &value);
	expect("  x18 read", value, 0x1818);
	(void)get_register(V0, 0x0004000E, &value);
	expect("  tpidr_el1 read", value, 0x1111);
	(void)get_register(V0, 0x00040004, &value);
	expect("  cpacr read", value, 0x300000);
}

/* In the order of EACH_PRIVATE. Values that the processor keeps, and with bit 7 as well. */
static const struct {
	uint32_t name;
	uint32_t value;
} private_ones[] = {
	{ 0x00020020, 0x1000 }, { 0x00040015, 0x2000 }, { 0x00040014, 0x3C5 },
	{ 0x00040008, 0x5600 }, { 0x00040009, 0x4000 }, { 0x00040005, 0x6000 },
	{ 0x00040006, 0x7000 }, { 0x00040007, 0x19 },	{ 0x0004000B, 0x44 },
	{ 0x0004000D, 0x8 },	{ 0x00040010, 0x9000 }, { 0x0004000A, 0xA00 },
	{ 0x00058008, 0x3 },	{ 0x00040013, 0x1 },	{ 0x0005800F, 0xB000 },
};

void test_all_private(void)
{
	struct vtl0 regs = { .x = { 0 } };
	uint64_t wrong = 0;
	uint64_t value;
	uint64_t n;

	for (n = 0; n < sizeof(private_ones) / sizeof(private_ones[0]); n++) {
		wrong += set_register(V0, private_ones[n].name, private_ones[n].value) != 0;
	}
	expect("private ones set", wrong, 0);
	__asm__ volatile("msr tpidrro_el0, %0\n\tmsr contextidr_el1, %0" : : "r"(0x77ull));
	expect("  run", run_vtl0(vtl0_all_private, &regs), ENTRY_VTL_CALL);
	for (n = 0; n < sizeof(private_ones) / sizeof(private_ones[0]); n++) {
		expect("  as set", regs.x[n], private_ones[n].value);
		(void)get_register(V0, private_ones[n].name, &value);
		expect("  as left", value, private_ones[n].value ^ 0x80);
	}
	__asm__ volatile("mrs %0, tpidrro_el0" : "=r"(value));
	expect("  ours", value, 0x77);
	__asm__ volatile("mrs %0, contextidr_el1" : "=r"(value));
	expect("  ours", value, 0x77);
}

/* Without the intercept page: SINT0's slot and its interrupt. */
void test_message_slot(void)
{
	struct vtl0 regs = { .x = { 0, NOWHERE } };
	volatile uint32_t *slot = (volatile uint32_t *)message_page;
	uint64_t config;

	(void)get_register(0, REG_VSM_PARTITION_CONFIG, &config);
	expect("page off",
	       set_register(0, REG_VSM_PARTITION_CONFIG, config & ~CONFIG_INTERCEPT_PAGE), 0);
	expect("scontrol", set_register(0, REG_SCONTROL, 1), 0);
	expect("simp", set_register(0, REG_SIMP, (uint64_t)message_page | 1), 0);
	expect("sint0", set_register(0, REG_SINT0, SINT_INTID), 0);
	expect("message", run_vtl0(vtl0_load, &regs), ENTRY_INTERRUPT);
	expect("  type", *slot, MSG_UNMAPPED_GPA);
	/* Not acknowledged: entered again at once. */
	*slot = 0;
	expect("again", run_vtl0(vtl0_nothing, &regs), ENTRY_INTERRUPT);
	expect("  not run", regs.x[20], 0);
	expect("  interrupt", acknowledge(), SINT_INTID);
	expect("  end", acknowledge(), SPURIOUS);
	expect("now", run_vtl0(NULL, &regs), ENTRY_VTL_CALL);
	expect("page on", set_register(0, REG_VSM_PARTITION_CONFIG, config), 0);
}
