/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload call the hypervisor and, through it, Paravane, and how does it see that
 * nothing else changed?
 *
 * By the TLFS: CPUID, guest OS id, a hypercall page of its own, and that page's VTL-call entry,
 * whose place the hypervisor tells. A checked call fills every register it may with a pattern and
 * compares all of them afterwards, the SSE ones and the flags included.
 */
#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/x64.h"
#include "paravane/services.h"
#include "tests/guest/lib/x86_64/machine.h"
#include "tests/guest/lib/x86_64/port.h"
#include "tests/guest/lib/x86_64/x64.h"

/* Open source form, an operating system of no name. */
#define GUEST_OS_ID UINT64_C(0x8200000000000001)
#define PATTERN UINT64_C(0x5AA5C33C0FF00000)
#define FLAGS_PATTERN UINT64_C(0x4D5) /* CF PF AF ZF SF DF */
#define FLAGS_FIXED UINT64_C(2)
#define FLAGS_COMPARED UINT64_C(0xFD5)
#define MXCSR_PATTERN UINT64_C(0x5F95) /* all masked, another rounding, some sticky bits */

static uint8_t page[4096] __attribute__((aligned(4096)));
static uint64_t vtl_call;
static uint64_t vtl_return;
static bool is_open;
static bool has_vtl_call;
static bool forwards;

/* The bytes of a DSDT without methods: strings in it stand as they are, with their zero. */
static bool dsdt_has(const char *text)
{
	const uint8_t *dsdt = machine_dsdt();
	uint64_t size = dsdt == NULL ? 0 : machine_table_size(dsdt);
	size_t length = strlen(text) + 1;

	for (uint64_t at = 36; at + length <= size; at++) {
		if (memcmp(dsdt + at, text, length) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_hyperv(void)
{
	uint32_t r[4];

	cpuid(HYPERV_CPUID_VENDOR_AND_MAX_FUNCTIONS, r);
	return r[1] == HV_X64_VENDOR_EBX && r[2] == HV_X64_VENDOR_ECX && r[3] == HV_X64_VENDOR_EDX;
}

static void find_entries(void)
{
	static uint64_t in[3] __attribute__((aligned(32)));
	static uint64_t out[2] __attribute__((aligned(16)));
	uint64_t words[6] = { (uint64_t)in, (uint64_t)out };

	in[0] = HV_PARTITION_ID_SELF;
	in[1] = HV_VP_INDEX_SELF;
	in[2] = HV_REGISTER_VSM_CODE_PAGE_OFFSETS;
	if (hypercall(DOOR_HYPERCALL, HVCALL_GET_VP_REGISTERS | HV_HYPERCALL_REP_COMP_1, words) ==
	    HV_HYPERCALL_REP_COMP_1) {
		vtl_call = (uint64_t)page + (out[0] & HV_X64_VTL_CALL_OFFSET_MASK);
		vtl_return = (uint64_t)page + (out[0] >> HV_X64_VTL_RETURN_OFFSET_SHIFT &
					       HV_X64_VTL_RETURN_OFFSET_MASK);
	}
}

bool hypercall_open(void)
{
	if (!is_open && is_hyperv()) {
		msr_write(HV_X64_MSR_GUEST_OS_ID, GUEST_OS_ID);
		msr_write(HV_X64_MSR_HYPERCALL, (uint64_t)page | HV_X64_MSR_HYPERCALL_ENABLE);
		is_open = (msr_read(HV_X64_MSR_HYPERCALL) & HV_X64_MSR_HYPERCALL_ENABLE) != 0;
		if (is_open) {
			find_entries();
		}
	}
	return is_open;
}

uint64_t hypercall_page(void)
{
	return (uint64_t)page;
}

uint64_t vtl_call_entry(void)
{
	return vtl_call;
}

uint64_t vtl_return_entry(void)
{
	return vtl_return;
}

uint64_t hypercall_status(uint64_t control, uint64_t id)
{
	const uint64_t words[6] = { 0, id };

	return hypercall_at(words, control, (uint64_t)page) & HV_HYPERCALL_RESULT_MASK;
}

bool paravane_init(void)
{
	if (!dsdt_has("PRP0001") || !dsdt_has(PARAVANE_DT_COMPATIBLE) || !dsdt_has("door-msr") ||
	    !hypercall_open()) {
		return false;
	}
	forwards = hypercall_status(PARAVANE_HYPERCALL, PARAVANE_UID) == HV_STATUS_SUCCESS;
	has_vtl_call = dsdt_has(PARAVANE_DT_METHOD_VTL_CALL) && vtl_call != 0;
	return true;
}

bool paravane_has_vtl_call(void)
{
	return has_vtl_call;
}

uint64_t paravane_door_page(void)
{
	return 0;
}

unsigned int service_doors(void)
{
	return THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL) | (forwards ? THROUGH(DOOR_HVC0) : 0);
}

unsigned int hypercall_doors(void)
{
	return THROUGH(DOOR_HYPERCALL);
}

bool ask(enum door door, uint64_t x[8])
{
	if (door == DOOR_HVC0) {
		return call_at(x, (uint64_t)page, PARAVANE_HYPERCALL) == HV_STATUS_SUCCESS;
	}
	if (door == DOOR_VTL_CALL) {
		return call_at(x, vtl_call, 0) == 0;
	}
	return call_at(x, (uint64_t)piece_wrmsr, PARAVANE_DOOR_MSR) == 0;
}

struct result open_call(enum door door, uint64_t id)
{
	uint64_t x[8] = { id };

	if (door == DOOR_VTL_CALL) {
		(void)call_at(x, (uint64_t)piece_open_call, vtl_call);
	} else {
		(void)call_at(x, (uint64_t)piece_open_wrmsr, PARAVANE_DOOR_MSR);
	}
	return (struct result){ { x[0], x[1], x[2], x[3] } };
}

struct result call(enum door door, uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3)
{
	uint64_t x[8] = { id, a1, a2, a3 };

	(void)ask(door, x);
	return (struct result){ { x[0], x[1], x[2], x[3] } };
}

uint64_t hypercall(enum door door, uint64_t control, const uint64_t words[6])
{
	(void)door;
	return hypercall_at(words, control, (uint64_t)page) &
	       (HV_HYPERCALL_RESULT_MASK | HV_HYPERCALL_REP_COMP_MASK);
}

/* What is private to VTL0, or shared and not an argument, and must come back as it was. */
#define STATES 19
static void system_state(uint64_t s[STATES])
{
	static const uint32_t msrs[] = { 0xC0000080, 0xC0000081, 0xC0000082, 0xC0000083, 0xC0000084,
					 0xC0000100, 0xC0000101, 0xC0000102, 0xC0000103, 0x174,
					 0x175,	     0x176,	 0x277 };

	for (unsigned int i = 0; i < 13; i++) {
		s[i] = msr_read(msrs[i]);
	}
	s[13] = cr0_read();
	s[14] = cr2_read();
	s[15] = cr3_read();
	s[16] = cr4_read();
	s[17] = cr8_read();
	s[18] = dr7_read();
}

static void patterned_state(void)
{
	msr_write(0xC0000081, PATTERN + 101);
	msr_write(0xC0000084, 0x47700);
	msr_write(0xC0000100, 0x123456789000);
	msr_write(0xC0000102, 0x234567890000);
	msr_write(0xC0000103, 0x5A5A5A5A);
	msr_write(0x175, 0x345678900000);
}

static void fill(struct registers *r)
{
	for (unsigned int i = 0; i < REGISTERS; i++) {
		r->gpr[i] = PATTERN + i;
	}
	for (unsigned int i = 0; i < 16; i++) {
		r->xmm[i][0] = ~PATTERN + i;
		r->xmm[i][1] = (PATTERN << 1) + i;
	}
	r->rflags = FLAGS_PATTERN | FLAGS_FIXED | interrupts_flag();
	r->mxcsr = MXCSR_PATTERN;
}

static bool same(const char *what, unsigned int number, uint64_t before, uint64_t after)
{
	if (before != after) {
		print("# %s%u was 0x%lx, is 0x%lx\n", what, number, before, after);
	}
	return before == after;
}

static bool compare(const struct registers *before, const struct registers *after,
		    unsigned int results)
{
	bool all =
		same("flags ", 0, before->rflags & FLAGS_COMPARED, after->rflags & FLAGS_COMPARED);

	all = same("mxcsr ", 0, before->mxcsr, after->mxcsr) && all;
	for (unsigned int i = 0; i < REGISTERS; i++) {
		bool destroyed = i == RAX || i == RCX || i == RDX;
		bool result = i >= R8 && i < R8 + results;

		if (i != RSP && !result) {
			all = same("register ", i, destroyed ? 0 : before->gpr[i], after->gpr[i]) &&
			      all;
		}
	}
	for (unsigned int i = 0; i < 16; i++) {
		all = same("xmm (low) ", i, before->xmm[i][0], after->xmm[i][0]) && all;
		all = same("xmm (high) ", i, before->xmm[i][1], after->xmm[i][1]) && all;
	}
	return all;
}

bool call_checked(enum door door, uint64_t id, uint64_t a1, uint64_t a2, unsigned int results,
		  struct result *result)
{
	uint64_t state_before[STATES];
	uint64_t state_after[STATES];
	struct registers before;
	struct registers after;
	bool all;

	fill(&before);
	before.gpr[RCX] = door == DOOR_VTL_CALL ? 0 :
			  door == DOOR_HVC0	? PARAVANE_HYPERCALL :
						  PARAVANE_DOOR_MSR;
	before.gpr[R8] = id;
	before.gpr[R9] = a1;
	before.gpr[R10] = a2;
	memcpy(&after, &before, sizeof(after));
	patterned_state();
	system_state(state_before);
	call_with(&after, door == DOOR_VTL_CALL ? vtl_call :
			  door == DOOR_HVC0	? (uint64_t)page :
						  (uint64_t)piece_wrmsr);
	system_state(state_after);
	memcpy(result->x, &after.gpr[R8], sizeof(result->x));
	all = compare(&before, &after, results);
	for (unsigned int i = 0; i < STATES; i++) {
		all = same("system register ", i, state_before[i], state_after[i]) && all;
	}
	return all;
}
