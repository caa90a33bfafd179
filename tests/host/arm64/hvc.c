/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an HVC mean? The immediate tells: 0 is SMCCC (PSCI and the hypercall function among
 * it), 1 the native hypercall, 2 the VTL call, 3 the VTL return. The two register layouts of a
 * hypercall are known here and nowhere else. PC is already behind the instruction.
 */
#include "tests/host/arm64/trap.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/inspect.h"
#include "tests/host/common/hypercall.h"
#include "tests/host/common/rng.h"

#define SMCCC_HYPERCALL 0x46000001u
/* Bits of a result word that say nothing: 31:16 and 63:44. */
#define RESULT_RESERVED 0xFFFFF000FFFF0000ull

static void set_result(struct cpu *cpu, uint64_t value)
{
	cpu->x[0] = value;
}

/* `shift`: how far the SMCCC function id pushes the native layout. */
static void run_hypercall(struct cpu *cpu, uint32_t shift)
{
	uint64_t *x = cpu->x;
	struct hypercall_frame frame;
	uint32_t n;

	frame.control = x[shift];
	frame.in_gpa = x[shift + 1];
	frame.out_gpa = x[shift + 2];
	frame.fast_words = HYPERCALL_FAST_WORDS;
	frame.out_at_end = shift == 0;
	frame.counter = shift == 0 ? COUNT_VTL2_BY_HVC1 : COUNT_VTL2_BY_HVC0;
	for (n = 0; n < HYPERCALL_FAST_WORDS; n++) {
		frame.fast[n] = x[shift + 1 + n];
	}
	hypercall_run(&cpu->vp, cpu->vp.active, &frame);
	for (n = 0; n < HYPERCALL_FAST_WORDS; n++) {
		if (frame.fast_written[n]) {
			x[shift + 1 + n] = frame.fast[n];
		}
	}
	if (frame.faulted && cpu->vp.vtl2_started) {
		cpu->pc -= 4;
		if (message_block(cpu, frame.fault_gpa, frame.fault_is_write)) {
			return;
		}
		cpu->pc += 4;
		frame.result = HV_INVALID_HYPERCALL_INPUT;
	}
	if (frame.continued) {
		x[shift] = frame.control;
		cpu->pc -= 4;
		return;
	}
	set_result(cpu, frame.result | (rng_poison() & RESULT_RESERVED));
}

void hvc_forward(struct cpu *cpu, uint32_t immediate)
{
	cpu->pc -= 4;
	(void)message_hypercall(cpu, immediate);
}

static void hypercall(struct cpu *cpu, uint32_t immediate)
{
	uint32_t shift = immediate == 0 ? 1 : 0;
	uint32_t offered = immediate == 0 ? OPTIONS_CONV_HVC0 : OPTIONS_CONV_HVC1;

	if (fault_hypercall(&cpu->vp)) {
		inject_undefined(cpu, cpu->pc - 4);
		return;
	}
	if ((vm.opt.conv & offered) == 0) {
		set_result(cpu, ~0ull);
		return;
	}
	if (cpu->vp.active == 0 && vm.hypercall_intercept &&
	    !hypercall_is_offered(HC_CODE(cpu->x[shift]))) {
		hvc_forward(cpu, immediate);
		return;
	}
	run_hypercall(cpu, shift);
}

static void smccc(struct cpu *cpu)
{
	uint32_t function = (uint32_t)cpu->x[0];

	count(COUNT_HVC0);
	if (function == SMCCC_HYPERCALL) {
		hypercall(cpu, 0);
	} else if (psci_handle(cpu, function)) {
		count(COUNT_PSCI);
	} else if (cpu->vp.active == 0 && vm.hypercall_intercept) {
		hvc_forward(cpu, 0);
	} else {
		set_result(cpu, ~0ull);
	}
}

static void vtl_call(struct cpu *cpu)
{
	if (cpu->vp.active != 0 || !cpu->vp.vtl2_started) {
		inject_undefined(cpu, cpu->pc - 4);
		return;
	}
	count(COUNT_VTL_CALL);
	context_enter_vtl2(cpu, ENTRY_VTL_CALL);
}

/* The return slots of the assist page are reserved here: zero, or the caller thinks of x86. */
static void check_return_slots(struct cpu *cpu)
{
	uint64_t assist = cpu->vp.vtl[1].assist;
	const uint64_t *slot;

	if ((assist & 1) == 0) {
		return;
	}
	slot = arch_ram((assist & ~0xFFFull) + ASSIST_RETURN_SLOTS, 16);
	if (slot != NULL && (slot[0] | slot[1]) != 0) {
		arch_fatal("vtl return with the reserved slots of the assist page in use");
	}
}

static void vtl_return(struct cpu *cpu)
{
	if (cpu->vp.active == 0) {
		inject_undefined(cpu, cpu->pc - 4);
		return;
	}
	count(COUNT_VTL_RETURN);
	check_return_slots(cpu);
	fault_return(&cpu->vp);
	if (cpu == &cpus[0]) {
		inspect_begin();
	}
	context_switch(cpu, 0);
	cpu->just_returned = true;
}

void hvc_handle(struct cpu *cpu, uint32_t immediate)
{
	switch (immediate) {
	case 0:
		smccc(cpu);
		break;
	case 1:
		count(COUNT_HVC1);
		hypercall(cpu, 1);
		break;
	case 2:
		vtl_call(cpu);
		break;
	case 3:
		vtl_return(cpu);
		break;
	default:
		inject_undefined(cpu, cpu->pc - 4);
		break;
	}
}
