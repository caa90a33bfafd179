/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Can a VTL2 program that was written from the published interface alone run on the host?
 *
 * It shares no header with anything: each number below stands in the TLFS (or in PSCI). The one
 * thing that is this host's own is the address of the UART, see docs/host.md. Every hypercall goes
 * by hvc #0, as the TLFS recommends for new code; one VP is enough.
 */
#include <stdint.h>

#define UART 0xEFFEC000u
#define LOWER_CODE 0x00400000u	 /* VTL0's memory */
#define LOWER_SECRET 0x00401000u /* VTL0's memory until VTL2 takes it */

#define HYPERCALL 0x46000001u
#define VENDOR_UID 0x8600FF01u
#define SYSTEM_OFF 0x84000008u
#define FAST (1u << 16)
/* Status and completed elements; the other bits of a result word are not promised. */
#define RESULT(word) ((word)&0x00000FFF0000FFFFull)
#define REPS(n) ((uint64_t)(n) << 32)
#define MODIFY_VTL_PROTECTION_MASK 0x0Cu
#define GET_VP_REGISTERS 0x50u
#define SET_VP_REGISTERS 0x51u
#define SELF 0xFFFFFFFFFFFFFFFFu
#define VP_SELF 0xFFFFFFFEu
#define OWN_VTL 0x00u
#define VTL0 0x10u /* HV_INPUT_VTL: bit 4 says that the number counts */

#define REG_PC 0x00020022u
#define REG_PSTATE 0x00020023u
#define REG_SCTLR_EL1 0x00040002u
#define REG_GUEST_OS_ID 0x00090002u
#define REG_VP_INDEX 0x00090003u
#define REG_VP_ASSIST_PAGE 0x00090013u
#define REG_VSM_VP_STATUS 0x000D0003u
#define REG_VSM_PARTITION_STATUS 0x000D0004u
#define REG_VSM_CAPABILITIES 0x000D0006u
#define REG_VSM_PARTITION_CONFIG 0x000D0007u

#define REASON_VTL_CALL 1u
#define REASON_INTERCEPT 3u
#define GPA_INTERCEPT 0x80000001u

void smccc_call(uint64_t *x);
void run_lower(uint64_t *x);
void second_program(void);
void exception(uint64_t esr, uint64_t elr);

extern const uint32_t lower_start[], lower_load[], lower_end[];

static uint8_t assist[4096] __attribute__((aligned(4096)));
static uint8_t input[4096] __attribute__((aligned(4096)));

static void say(const char *text)
{
	while (*text != 0) {
		*(volatile uint32_t *)(uintptr_t)UART = (uint8_t)*text++;
	}
}

static void say_hex(uint64_t value)
{
	int shift;

	for (shift = 60; shift >= 0; shift -= 4) {
		*(volatile uint32_t *)(uintptr_t)UART =
			(uint8_t) "0123456789abcdef"[value >> shift & 15];
	}
}

static void power_off(void)
{
	uint64_t x[8] = { SYSTEM_OFF };

	smccc_call(x);
	for (;;) {
	}
}

/* The first thing that is not as published ends the run. */
static void check(const char *name, uint64_t got, uint64_t want)
{
	if (got != want) {
		say("second BAD: ");
		say(name);
		say(" is ");
		say_hex(got);
		say(" and not ");
		say_hex(want);
		say("\n");
		power_off();
	}
	say("second: ");
	say(name);
	say("\n");
}

void exception(uint64_t esr, uint64_t elr)
{
	say("second BAD: exception ");
	say_hex(esr);
	say(" at ");
	say_hex(elr);
	say("\n");
	power_off();
}

static uint64_t get_register(uint32_t name)
{
	uint64_t x[8] = { HYPERCALL, GET_VP_REGISTERS | FAST | REPS(1), SELF, VP_SELF, name };

	smccc_call(x);
	check("GetVpRegisters", RESULT(x[0]), REPS(1));
	return x[6];
}

static uint64_t set_register(uint64_t vtl, uint32_t name, uint64_t value)
{
	uint64_t x[8] = { HYPERCALL, SET_VP_REGISTERS | FAST | REPS(1),
			  SELF,	     VP_SELF | vtl << 32,
			  name,	     0,
			  value };

	smccc_call(x);
	return RESULT(x[0]);
}

/* One element of SetVpRegisters in memory: name, padding, 128 bits of value. */
static void put_register(uint32_t index, uint32_t name, uint64_t value)
{
	volatile uint64_t *element = (volatile uint64_t *)(input + 16 + 32 * index);

	element[0] = name;
	element[1] = 0;
	element[2] = value;
	element[3] = 0;
}

static void discover(void)
{
	uint64_t x[8] = { VENDOR_UID };

	smccc_call(x);
	/* Results of an SMC32 call are in W registers. */
	check("vendor UID", (uint32_t)x[0], 0x4D32BA58);
	check("GuestOsId", set_register(OWN_VTL, REG_GUEST_OS_ID, 1ull << 63 | 1), REPS(1));
	check("VsmVpStatus: VTL2 is active, VTL0 and VTL2 enabled", get_register(REG_VSM_VP_STATUS),
	      0x00050002);
	check("VsmPartitionStatus: the same VTLs", get_register(REG_VSM_PARTITION_STATUS) & 0xFFFF,
	      5);
	check("VsmCapabilities: intercept page", get_register(REG_VSM_CAPABILITIES) >> 27 & 1, 1);
}

static uint64_t protect(uint64_t gpa)
{
	uint64_t x[8] = { HYPERCALL, MODIFY_VTL_PROTECTION_MASK | FAST | REPS(1), SELF, 0,
			  gpa >> 12 };

	smccc_call(x);
	return RESULT(x[0]);
}

static void prepare(void)
{
	volatile uint32_t *code = (volatile uint32_t *)(uintptr_t)LOWER_CODE;
	uint64_t x[8] = { HYPERCALL, SET_VP_REGISTERS | REPS(3), (uint64_t)input };
	const uint32_t *from;

	/* Intercepts in the assist page, all access by default, protection on. */
	check("VP assist page", set_register(OWN_VTL, REG_VP_ASSIST_PAGE, (uint64_t)assist | 1),
	      REPS(1));
	check("VsmPartitionConfig",
	      set_register(OWN_VTL, REG_VSM_PARTITION_CONFIG, 1u << 12 | 0xFu << 1 | 1), REPS(1));
	*(volatile uint64_t *)(uintptr_t)LOWER_SECRET = 0x5EC2E7;
	check("ModifyVtlProtectionMask", protect(LOWER_SECRET), REPS(1));
	check("VTL2 reads what it took", *(volatile uint64_t *)(uintptr_t)LOWER_SECRET, 0x5EC2E7);
	for (from = lower_start; from < lower_end; from++) {
		*code++ = *from;
	}
	__asm__ volatile("dsb ish\n\tic iallu\n\tdsb ish\n\tisb" : : : "memory");
	*(volatile uint64_t *)input = SELF;
	*(volatile uint64_t *)(input + 8) = VP_SELF | (uint64_t)VTL0 << 32;
	put_register(0, REG_PC, LOWER_CODE);
	put_register(1, REG_PSTATE, 0x3C5);	    /* EL1h, everything masked */
	put_register(2, REG_SCTLR_EL1, 0x30D00800); /* MMU and caches off */
	smccc_call(x);
	check("SetVpRegisters of VTL0", RESULT(x[0]), REPS(3));
}

static uint64_t field(uint32_t offset)
{
	return *(volatile uint64_t *)(assist + 128 + offset);
}

void second_program(void)
{
	uint64_t lower[4] = { 0, 0, LOWER_SECRET, 0x8888 };
	uint64_t load = LOWER_CODE + (uint64_t)(lower_load - lower_start) * 4;

	say("second: a VTL2 program\n");
	discover();
	prepare();
	run_lower(lower);
	check("entry reason: VTL call", *(volatile uint32_t *)(assist + 8), REASON_VTL_CALL);
	check("VTL0's X5", lower[0], 0x1234);
	check("VTL0's X8", lower[3], 0x8888);
	run_lower(lower);
	check("entry reason: intercept", *(volatile uint32_t *)(assist + 8), REASON_INTERCEPT);
	check("message type", *(volatile uint32_t *)(assist + 112), GPA_INTERCEPT);
	check("message size", *(volatile uint8_t *)(assist + 116), 64);
	check("message VP", field(0) & 0xFFFFFFFF, get_register(REG_VP_INDEX));
	check("message access: read", field(0) >> 40 & 0xFF, 0);
	check("message PC", field(8), load);
	check("message GPA", field(48), LOWER_SECRET);
	/* Answered as an absent device would be: a value for the load, and the next instruction. */
	lower[1] = 0x41;
	check("VTL0's PC", set_register(VTL0, REG_PC, load + 4), REPS(1));
	run_lower(lower);
	check("entry reason: VTL call again", *(volatile uint32_t *)(assist + 8), REASON_VTL_CALL);
	check("VTL0 used the answer", lower[1], 0x42);
	say("second good\n");
	power_off();
}
