/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a VMMCALL, or the other vendor's VMCALL, mean? In a VTL's hypercall page it is a
 * hypercall, a VTL call or a VTL return; anywhere else nothing promises that it works, and it is
 * undefined. The register layout of a hypercall is known here and nowhere else. RIP is at the
 * instruction.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"
#include "tests/host/common/inspect.h"
#include "tests/host/common/rng.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/machine.h"

#define LENGTH 3
#define FAST_WORDS 14
#define XMM_WORDS 2
/* Bits of a result word that say nothing: 31:16 and 63:44. */
#define RESULT_RESERVED 0xFFFFF000FFFF0000ull

static bool is_in_page(const struct cpu *cpu)
{
	const struct svm_vmcb *vmcb = cpu_vmcb(cpu);
	uint64_t msr = page_msr(cpu->vp.active);
	uint64_t gpa;

	if ((msr & 1) == 0 || (vmcb->save.cr0 & CR0_PE) == 0 || vmcb->save.cpl != 0) {
		return false;
	}
	return walk(vmcb, cpu->vp.active, vmcb->save.segment[SVM_CS].base + vmcb->save.rip, &gpa) &&
	       gpa >> 12 == msr >> 12;
}

static void take_xmm(uint64_t words[6 * XMM_WORDS])
{
	xmm_save(0, words);
	xmm_save(1, words + 2);
	xmm_save(2, words + 4);
	xmm_save(3, words + 6);
	xmm_save(4, words + 8);
	xmm_save(5, words + 10);
}

static void give_xmm(const uint64_t words[6 * XMM_WORDS])
{
	xmm_load(0, words);
	xmm_load(1, words + 2);
	xmm_load(2, words + 4);
	xmm_load(3, words + 6);
	xmm_load(4, words + 8);
	xmm_load(5, words + 10);
}

static void take_frame(const struct cpu *cpu, struct hypercall_frame *frame)
{
	frame->control = cpu->gpr[GPR_RCX];
	frame->in_gpa = cpu->gpr[GPR_RDX];
	frame->out_gpa = cpu->gpr[GPR_R8];
	frame->fast_words = FAST_WORDS;
	frame->out_at_end = false;
	frame->counter = COUNT_VTL2_BY_PAGE;
	frame->fast[0] = cpu->gpr[GPR_RDX];
	frame->fast[1] = cpu->gpr[GPR_R8];
	take_xmm(&frame->fast[2]);
}

static void give_fast(struct cpu *cpu, const struct hypercall_frame *frame)
{
	uint32_t n;

	if (frame->fast_written[0]) {
		cpu->gpr[GPR_RDX] = frame->fast[0];
	}
	if (frame->fast_written[1]) {
		cpu->gpr[GPR_R8] = frame->fast[1];
	}
	for (n = 2; n < FAST_WORDS; n++) {
		if (frame->fast_written[n]) {
			give_xmm(&frame->fast[2]);
			return;
		}
	}
}

static void run_hypercall(struct cpu *cpu)
{
	struct hypercall_frame frame;

	if (fault_hypercall(&cpu->vp)) {
		inject_exception(cpu, VECTOR_UD);
		return;
	}
	take_frame(cpu, &frame);
	hypercall_run(&cpu->vp, cpu->vp.active, &frame);
	give_fast(cpu, &frame);
	if (frame.faulted && cpu->vp.vtl2_started) {
		if (message_block(cpu, frame.fault_gpa, frame.fault_is_write)) {
			return;
		}
		frame.result = HV_INVALID_HYPERCALL_INPUT;
	}
	if (frame.continued) {
		cpu->gpr[GPR_RCX] = frame.control;
		return;
	}
	inject_nothing(cpu, LENGTH);
	cpu->gpr[GPR_RAX] = frame.result | (rng_poison() & RESULT_RESERVED);
}

static void vtl_call(struct cpu *cpu)
{
	if (cpu->vp.active != 0 || !cpu->vp.vtl2_started || cpu->gpr[GPR_RAX] != 0) {
		inject_exception(cpu, VECTOR_UD);
		return;
	}
	count(COUNT_VTL_CALL);
	inject_nothing(cpu, LENGTH);
	context_enter_vtl2(cpu, ENTRY_VTL_CALL);
}

/* RAX and RCX were needed to return: VTL0's lie in the assist page, and without one nowhere. */
static void restore_return_slots(struct cpu *cpu)
{
	uint64_t assist = cpu->vp.vtl[1].assist;
	const uint64_t *slot = NULL;

	if ((assist & 1) != 0) {
		slot = arch_ram((assist & ~0xFFFull) + ASSIST_RETURN_SLOTS, 16);
	}
	cpu->gpr[GPR_RAX] = slot != NULL ? slot[0] : rng_next();
	cpu->gpr[GPR_RCX] = slot != NULL ? slot[1] : rng_next();
}

static void vtl_return(struct cpu *cpu)
{
	bool fast = cpu->gpr[GPR_RAX] == 1;

	if (cpu->vp.active == 0 || cpu->gpr[GPR_RAX] > 1) {
		inject_exception(cpu, VECTOR_UD);
		return;
	}
	count(COUNT_VTL_RETURN);
	inject_nothing(cpu, LENGTH);
	fault_return(&cpu->vp);
	if (cpu == &cpus[0]) {
		inspect_begin();
	}
	if (!fast) {
		restore_return_slots(cpu);
	}
	context_switch(cpu, 0);
	cpu->just_returned = true;
}

void vmmcall_handle(struct cpu *cpu)
{
	uint64_t control = cpu->gpr[GPR_RCX];

	if (!is_in_page(cpu) || !svm_is_long(cpu_vmcb(cpu))) {
		inject_exception(cpu, VECTOR_UD);
		return;
	}
	count(COUNT_VMMCALL);
	if (control == HC_VTL_CALL) {
		vtl_call(cpu);
	} else if (control == HC_VTL_RETURN) {
		vtl_return(cpu);
	} else if (cpu->vp.active == 0 && vm.hypercall_intercept &&
		   !hypercall_is_offered(HC_CODE(control))) {
		(void)message_hypercall(cpu);
	} else {
		run_hypercall(cpu);
	}
}

void vmmcall_undefined(struct cpu *cpu)
{
	if (is_in_page(cpu) && page_is_vmcall((uint32_t)cpu_vmcb(cpu)->save.rip & 0xFFF)) {
		vmmcall_handle(cpu);
		return;
	}
	inject_exception(cpu, VECTOR_UD);
}
