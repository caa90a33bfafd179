/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who answers an access that the nested tables refuse? What VTL0 does to memory that VTL2 protects,
 * and to addresses where nothing is, goes to VTL2 as a message when VTL2 asked for it. A VTL that
 * nobody answers for gets a general protection fault.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/npt.h"

/* A walk of VTL0's own tables writes accessed bits, whatever it was for. */
static uint32_t access_of(uint64_t info)
{
	if ((info & SVM_NPF_FETCH) != 0) {
		return ACCESS_EXECUTE;
	}
	return (info & SVM_NPF_WRITE) != 0 ? ACCESS_WRITE : ACCESS_READ;
}

static void refuse(struct cpu *cpu, uint64_t gpa)
{
	if (cpu->vp.active == 2 && !npt_is_overlay(1, gpa >> 12)) {
		console_host("vp %u: VTL2 at 0x%llx, where it has nothing (rip 0x%llx)",
			     cpu->vp.index, (unsigned long long)gpa,
			     (unsigned long long)cpu_vmcb(cpu)->save.rip);
	}
	inject_gp(cpu);
}

void npf_handle(struct cpu *cpu)
{
	const struct svm_control *control = &cpu_vmcb(cpu)->control;
	uint32_t slot = vtl_slot(cpu->vp.active);
	uint64_t info = control->exit_info1;
	uint64_t gpa = control->exit_info2;
	bool is_fetch = (info & (SVM_NPF_FETCH | SVM_NPF_TABLE_WALK)) == SVM_NPF_FETCH;
	bool is_ram = npt_ram_pa(gpa) != 0;

	if (cpu->vp.active != 0 || !cpu->vp.vtl2_started || npt_is_overlay(slot, gpa >> 12) ||
	    (!is_ram && (vm.config & CONFIG_ICEPT_NOT_PRESENT) == 0)) {
		count(COUNT_HOST_MMIO);
		refuse(cpu, gpa);
		return;
	}
	/* RAM: either VTL2 protects the page, or it did until another VP just changed that. */
	(void)message_memory(cpu, is_ram ? MSG_GPA_INTERCEPT : MSG_UNMAPPED_GPA, gpa,
			     access_of(info), is_fetch);
}
