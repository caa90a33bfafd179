/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a VTL switch exchange? All that lies in a VMCB but CR2 and RAX, TSC_AUX, and the local
 * APIC. The other general registers, CR2, DR0 to DR3, the floating point state with XCR0 are shared
 * and stay as they are.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/rng.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/machine.h"

void context_switch(struct cpu *cpu, uint32_t vtl)
{
	uint32_t from = vtl_slot(cpu->vp.active);
	uint32_t to = vtl_slot(vtl);

	cpu->vmcb[to]->save.cr2 = cpu->vmcb[from]->save.cr2;
	cpu->tsc_aux[from] = rdmsr(MSR_TSC_AUX);
	wrmsr(MSR_TSC_AUX, cpu->tsc_aux[to]);
	cpu->vmcb_pa = (uint64_t)cpu->vmcb[to];
	cpu->vp.active = vtl;
}

/* Where a message stands only after an intercept. */
static void poison_message(uint8_t *page)
{
	volatile uint64_t *word = (volatile uint64_t *)(page + ASSIST_MESSAGE);
	uint32_t n;

	for (n = 0; n < HV_MESSAGE_SIZE / 8; n++) {
		word[n] = rng_next();
	}
}

void context_enter_vtl2(struct cpu *cpu, uint32_t reason)
{
	uint64_t assist = cpu->vp.vtl[1].assist;
	uint8_t *page = NULL;

	context_switch(cpu, 2);
	if ((assist & 1) != 0) {
		page = arch_ram(assist & ~0xFFFull, HV_PAGE_SIZE);
	}
	if (page != NULL) {
		*(volatile uint32_t *)(page + ASSIST_ENTRY_REASON) = reason;
		if (reason != ENTRY_INTERCEPT && !vm.opt.poison_off) {
			poison_message(page);
		}
	}
	if (fault_entry(&cpu->vp)) {
		inject_exception(cpu, VECTOR_UD);
	}
}

void arch_enter_vtl2(struct vp *vp, uint32_t reason)
{
	context_enter_vtl2(cpu_of(vp), reason);
}
