/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands in the hypercall page, and where does each VTL see it?
 *
 * One page of the host, laid over the page that a VTL names by MSR: the entry of a hypercall at
 * offset 0, the entries of VTL call and return at places that change with the seed, breakpoints
 * everywhere else. Readable and executable, never writable.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/rng.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/npt.h"

#define ENABLE 1ull
#define LOCKED 2ull
#define RESERVED 0xFFCull
#define BREAKPOINT 0xCC
#define SLOT_SIZE 16
#define SLOTS 16

static const uint8_t call_code[] = { 0x0F, 0x01, 0xD9, 0xC3 };
/* movq %rcx, %rax; movl $code, %ecx; vmmcall; ret */
static const uint8_t switch_code[] = {
	0x48, 0x89, 0xC8, 0xB9, 0x11, 0, 0, 0, 0x0F, 0x01, 0xD9, 0xC3
};
#define SWITCH_CODE_AT 4
/* The last byte of VMMCALL and of VMCALL; both begin with 0F 01. */
#define LAST_AMD 0xD9
#define LAST_INTEL 0xC1
#define CALL_LAST_AT 2
#define SWITCH_LAST_AT 10

static uint8_t page[HV_PAGE_SIZE] __attribute__((aligned(4096)));
static uint32_t call_offset;
static uint32_t return_offset;
static uint64_t msr[VTL_SLOTS];

static uint32_t put_switch(uint32_t slot, uint8_t code)
{
	uint32_t offset = slot * SLOT_SIZE + (uint32_t)(rng_next() % 4);

	memcpy(page + offset, switch_code, sizeof(switch_code));
	page[offset + SWITCH_CODE_AT] = code;
	page[offset + SWITCH_LAST_AT] = vm.opt.vmcall_intel ? LAST_INTEL : LAST_AMD;
	return offset;
}

void page_init(void)
{
	uint32_t first = 1 + (uint32_t)(rng_next() % (SLOTS - 1));
	uint32_t second = 1 + (first + (uint32_t)(rng_next() % (SLOTS - 2))) % (SLOTS - 1);

	memset(page, BREAKPOINT, sizeof(page));
	memcpy(page, call_code, sizeof(call_code));
	page[CALL_LAST_AT] = vm.opt.vmcall_intel ? LAST_INTEL : LAST_AMD;
	call_offset = put_switch(first, HC_VTL_CALL);
	return_offset = put_switch(second, HC_VTL_RETURN);
}

uint64_t page_offsets(void)
{
	return call_offset | (uint64_t)return_offset << 12;
}

bool page_is_vmcall(uint32_t offset)
{
	return vm.opt.vmcall_intel && offset + CALL_LAST_AT < HV_PAGE_SIZE &&
	       page[offset] == 0x0F && page[offset + 1] == 0x01 &&
	       page[offset + CALL_LAST_AT] == LAST_INTEL;
}

uint64_t page_msr(uint32_t vtl)
{
	return msr[vtl_slot(vtl)];
}

bool page_set_msr(uint32_t vtl, uint64_t value)
{
	uint32_t slot = vtl_slot(vtl);

	if ((msr[slot] & LOCKED) != 0 || (value & RESERVED) != 0) {
		return (value & RESERVED) == 0;
	}
	if (vm.guest_os_id[slot] == 0) {
		value &= ~ENABLE;
	}
	if (!npt_overlay(slot, NPT_HYPERCALL_PAGE, value >> 12,
			 (value & ENABLE) != 0 ? page : NULL)) {
		return false;
	}
	msr[slot] = value;
	return true;
}

void arch_os_id_written(uint32_t vtl)
{
	uint32_t slot = vtl_slot(vtl);

	if (vm.guest_os_id[slot] == 0 && (msr[slot] & ENABLE) != 0) {
		(void)npt_overlay(slot, NPT_HYPERCALL_PAGE, 0, NULL);
		msr[slot] &= ~ENABLE;
	}
}
