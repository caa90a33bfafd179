/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hypercall channel: found by CPUID, opened by two MSRs, used through the hypercall page.
 *
 * Must never: touch a synthetic MSR before the CPUID leaves have said who is there, or use the
 * vector registers that the fast form could take more words in: they are VTL0's.
 */
#include <string.h>

#include "arch/x86_64/cpu.h"
#include "arch/x86_64/entry.h"
#include "arch/x86_64/sysreg.h"
#include "core/check.h"
#include "core/vp.h"
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/x64.h"
#include "smccc/smccc.h"

#define NEEDED (HV_MSR_HYPERCALL_AVAILABLE | HV_MSR_VP_INDEX_AVAILABLE)

enum err vtl_arch_identify(const struct platform *platform)
{
	struct cpuid r;

	(void)platform;
	if ((cpuid(1, 0).ecx & HV_X64_CPUID1_ECX_HYPERVISOR) == 0) {
		return ERR_NOT_FOUND;
	}
	r = cpuid(HYPERV_CPUID_VENDOR_AND_MAX_FUNCTIONS, 0);
	if (r.ebx != HV_X64_VENDOR_EBX || r.ecx != HV_X64_VENDOR_ECX ||
	    r.edx != HV_X64_VENDOR_EDX || r.eax < HV_X64_CPUID_MIN ||
	    cpuid(HYPERV_CPUID_INTERFACE, 0).eax != HV_X64_INTERFACE_HV1) {
		return ERR_NOT_FOUND;
	}
	r = cpuid(HYPERV_CPUID_FEATURES, 0);
	if ((r.eax & NEEDED) != NEEDED) {
		return ERR_NOT_FOUND;
	}
	if ((r.eax & HV_ACCESS_FREQUENCY_MSRS) != 0) {
		cpu_set_counter_hz(msr_read(HV_X64_MSR_TSC_FREQUENCY));
	}
	return OK;
}

/* The page as the processor sees it: volatile, because the hypervisor changes it under us. */
static bool page_traps(void)
{
	const volatile uint8_t *page = hypercall_page;
	uint32_t i;

	for (i = 0; i < HYPERCALL_PAGE_SIZE; i++) {
		if (page[i] != HYPERCALL_PAGE_TRAP) {
			return false;
		}
	}
	return true;
}

enum err vtl_arch_open(uint64_t guest_os_id)
{
	uint64_t value;

	if (!page_traps()) {
		fatal("channel", "the page for hypercalls is not what it was built as");
	}
	msr_write(HV_X64_MSR_GUEST_OS_ID, guest_os_id);
	value = msr_read(HV_X64_MSR_HYPERCALL) & HV_X64_MSR_HYPERCALL_PRESERVED;
	msr_write(HV_X64_MSR_HYPERCALL,
		  value | (uintptr_t)hypercall_page | HV_X64_MSR_HYPERCALL_ENABLE);
	value = msr_read(HV_X64_MSR_HYPERCALL);
	if ((value & HV_X64_MSR_HYPERCALL_ENABLE) == 0) {
		fatal("channel", "hypercall page not enabled: MSR 0x%lx", value);
	}
	if (page_traps()) {
		fatal("channel", "hypercall page enabled, but nothing lies over it");
	}
	/* Where there are no VTLs there is no such register either, which is found out next. */
	if (vp_reg_get(VP_REGS_OWN, HV_REGISTER_VSM_CODE_PAGE_OFFSETS, &value) == OK) {
		vtl_return_offset = value >> HV_X64_VTL_RETURN_OFFSET_SHIFT &
				    HV_X64_VTL_RETURN_OFFSET_MASK;
	}
	return OK;
}

/* Guest OS id 0 takes the hypercall page away, too. */
void vtl_arch_close(void)
{
	msr_write(HV_X64_MSR_HYPERCALL,
		  msr_read(HV_X64_MSR_HYPERCALL) & ~HV_X64_MSR_HYPERCALL_ENABLE);
	msr_write(HV_X64_MSR_GUEST_OS_ID, 0);
}

/* The architecture has no such questions: the hypervisor answers by CPUID. */
int32_t vtl_arch_ask_feature(uint32_t id)
{
	(void)id;
	return SMCCC_RET_NOT_SUPPORTED;
}

uint64_t vtl_arch_hypercall_fast(uint64_t control, const uint64_t block[ARCH_FAST_WORDS],
				 uint32_t pairs)
{
	(void)pairs;
	return hypercall_page_call(control, block[0], block[1]);
}

/* Two words are all that the fast form takes: these go by memory. */
uint64_t vtl_arch_hypercall_six(uint64_t control, uint64_t in0, uint64_t in1, uint64_t in2,
				uint64_t in3, uint64_t in4, uint64_t in5)
{
	uint64_t *block = arch_this_vp()->hypercall_in;

	block[0] = in0;
	block[1] = in1;
	block[2] = in2;
	block[3] = in3;
	block[4] = in4;
	block[5] = in5;
	return hypercall_page_call(control & ~HV_HYPERCALL_FAST_BIT, (uintptr_t)block, 0);
}

uint64_t vtl_arch_hypercall_memory(uint64_t control, pa_t in, pa_t out)
{
	return hypercall_page_call(control, in.v, out.v);
}
