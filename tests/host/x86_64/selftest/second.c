/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does another VP start with the registers that it was given, and does its VTL0 wait until VTL0's
 * own software starts it?
 */
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/x86_64/selftest/lib.h"
#include "tests/host/x86_64/selftest/tests.h"

#define MSR_ICR 0x830
#define MSR_SVR 0x80F
#define MSR_VP_INDEX 0x40000002
#define MSR_ASSIST 0x40000073
#define ICR_INIT 0x4500
#define ICR_STARTUP 0x4600
#define REAL_MODE 0x9000ull
#define REAL_FLAG 0x9100ull
#define VECTOR 0x51
#define WAIT 100000000

#define SEGMENT(selector, attributes)                                                              \
	((uint64_t)(attributes) << 48 | (uint64_t)(selector) << 32 | 0xFFFFFFFFull)

/* movw %cs, %ax; movw %ax, %ds; movw $0x1234, 0x100; cli; hlt */
static const uint8_t real_mode[] = { 0x8C, 0xC8, 0x8E, 0xD8, 0xC7, 0x06, 0x00,
				     0x01, 0x34, 0x12, 0xFA, 0xF4, 0xEB, 0xFC };

static uint8_t second_assist[4096] __attribute__((aligned(4096)));
static uint64_t second_regs[16];
static uint64_t up;
static uint64_t index_seen;
static uint64_t entries;

void second_main(void);

static bool wait_for(const volatile uint64_t *what, uint64_t value)
{
	uint32_t n;

	for (n = 0; n < WAIT && *what != value; n++) {
		__asm__ volatile("pause" : : : "memory");
	}
	return *what == value;
}

void second_main(void)
{
	(void)try_rdmsr(MSR_VP_INDEX, &index_seen);
	(void)try_wrmsr(MSR_ASSIST, (uint64_t)second_assist | 1);
	(void)try_wrmsr(MSR_SVR, 0x1FF);
	__atomic_store_n(&up, 1, __ATOMIC_RELEASE);
	for (;;) {
		vtl_return(second_regs, 0);
		__asm__ volatile("sti\n\tnop\n\tnop\n\tcli" : : : "memory");
		__atomic_add_fetch(&entries, 1, __ATOMIC_RELEASE);
	}
}

static uint64_t read_cr(uint32_t which)
{
	uint64_t value;

	if (which == 0) {
		__asm__ volatile("movq %%cr0, %0" : "=r"(value));
	} else if (which == 3) {
		__asm__ volatile("movq %%cr3, %0" : "=r"(value));
	} else {
		__asm__ volatile("movq %%cr4, %0" : "=r"(value));
	}
	return value;
}

static void put_table(uint32_t offset, const void *pointer)
{
	const uint8_t *bytes = pointer;
	uint64_t base;

	memcpy(&base, bytes + 2, sizeof(base));
	put64(offset, (uint64_t)bytes[0] << 48 | (uint64_t)bytes[1] << 56);
	put64(offset + 8, base);
}

/* EnableVpVtl or StartVirtualProcessor. */
static uint64_t start(uint32_t code, uint32_t vp)
{
	uint8_t gdt[10];
	uint8_t idt[10];
	uint64_t value;

	__asm__ volatile("sgdt %0" : "=m"(gdt));
	__asm__ volatile("sidt %0" : "=m"(idt));
	new_input();
	put32(8, vp);
	in_page[12] = 2;
	put64(16, (uint64_t)second_entry);
	put64(24, (uint64_t)&stacks[1][0] + sizeof(stacks[1]));
	put64(32, 2);
	put64(48, SEGMENT(8, 0xA09B));
	put64(64, SEGMENT(16, 0xC093));
	put64(80, SEGMENT(16, 0xC093));
	put64(96, SEGMENT(16, 0xC093));
	put64(112, SEGMENT(16, 0xC093));
	put64(128, SEGMENT(16, 0xC093));
	put64(144, SEGMENT(0, 0x8B));
	put64(160, SEGMENT(0, 0x82));
	put_table(168, idt);
	put_table(184, gdt);
	put64(200, 0xD00);
	put64(208, read_cr(0));
	put64(216, read_cr(3));
	put64(224, read_cr(4));
	put64(232, 0x0007040600070406);
	value = page_call(code);
	return value;
}

static uint64_t index_of(uint32_t apic_id)
{
	new_input();
	put32(16, apic_id);
	if (page_call(0x10000009A) != 0x100000000) {
		return ~0ull;
	}
	return *(volatile uint32_t *)out_page;
}

static uint64_t command(uint64_t to, uint32_t icr)
{
	vtl0_regs[RCX] = MSR_ICR;
	vtl0_regs[RAX] = icr;
	vtl0_regs[RDX] = to;
	return run(vtl0_wrmsr, 0);
}

static uint64_t suspend_second(uint64_t value)
{
	new_input();
	put32(8, 1);
	in_page[12] = VTL0_EXPLICIT;
	put32(16, REG_INTERNAL_ACTIVITY);
	put64(32, value);
	return page_call(0x100000051) & 0xFFFF;
}

void test_second_vp(void)
{
	volatile uint16_t *flag = (volatile uint16_t *)REAL_FLAG;
	uint64_t limits[2];

	(void)get_register(0, REG_LIMITS, limits);
	if ((uint32_t)limits[0] < 2) {
		return;
	}
	memcpy((void *)REAL_MODE, real_mode, sizeof(real_mode));
	*flag = 0;
	expect("index", index_of(1), 1);
	expect("no such id", index_of(77), ~0ull);
	expect("start too early", start(HC_START_VIRTUAL_PROCESSOR, 1), HV_INVALID_VP_STATE);
	expect("enable", start(HC_ENABLE_VP_VTL, 1), 0);
	expect("enable again", start(HC_ENABLE_VP_VTL, 1), HV_VTL_ALREADY_ENABLED);
	expect("suspend", suspend_second(1), 0);
	expect("start", start(HC_START_VIRTUAL_PROCESSOR, 1), 0);
	expect("start again", start(HC_START_VIRTUAL_PROCESSOR, 1), HV_INVALID_VP_STATE);
	expect("start own", start(HC_START_VIRTUAL_PROCESSOR, 0), HV_INVALID_PARAMETER);
	expect("second", wait_for(&up, 1), 1);
	expect("its index", index_seen, 1);
	expect("interrupt", try_wrmsr(MSR_ICR, 1ull << 32 | VECTOR), 0);
	expect("it enters VTL2", wait_for(&entries, 1), 1);
	expect("init", command(1, ICR_INIT), ENTRY_VTL_CALL);
	expect("not run", *flag, 0);
	expect("start-up", command(1, ICR_STARTUP | REAL_MODE >> 12), ENTRY_VTL_CALL);
	while (*flag == 0) {
		__asm__ volatile("pause" : : : "memory");
	}
	expect("run", *flag, 0x1234);
	expect("second start-up", command(1, ICR_STARTUP | 5), ENTRY_VTL_CALL);
	expect("interrupt", try_wrmsr(MSR_ICR, 1ull << 32 | VECTOR), 0);
	expect("it enters again", wait_for(&entries, 2), 1);
}
