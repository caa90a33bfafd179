/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a VTL switch exchange? The registers that are private to a VTL: in struct vtl_regs
 * while the VTL is not loaded, in the processor while it is. X0 to X17, X19 to X28, Q0 to Q31 (and
 * X29, X30 unless the dialect says otherwise) are shared and stay as they are. switch.S does the
 * same for a VTL call and return when nothing else is to do.
 */
#include "tests/host/arm64/cpu.h"

#include <stddef.h>

#include "tests/host/arm64/stage2.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/rng.h"

void context_reset(struct vtl_regs *regs)
{
	*regs = (struct vtl_regs){ 0 };
	regs->pstate = PSTATE_EL1H_MASKED;
	regs->sctlr = 0x30D00800;
}

#define PAIR_NUMBER(first, first_field, second, second_field) PAIR_##first_field,
enum {
	VTL_PAIRS(PAIR_NUMBER) PAIRS
};
#undef PAIR_NUMBER

#define AT(field) offsetof(struct vtl_regs, field)
#define PAIR_PLACE(first, first_field, second, second_field)                                       \
	_Static_assert(AT(first_field) == VTL_REGS_PAIRS + 16 * PAIR_##first_field, #first);       \
	_Static_assert(AT(second_field) == AT(first_field) + 8, #second);
VTL_PAIRS(PAIR_PLACE)
#undef PAIR_PLACE
_Static_assert(AT(pc) == 0 && AT(pstate) == 8 && AT(x18) == VTL_REGS_X18, "offsets.h");
_Static_assert(AT(cntv_ctl) == VTL_REGS_TIMER && AT(cntv_cval) == VTL_REGS_TIMER + 8, "offsets.h");
_Static_assert(AT(ich_ap1r0) == VTL_REGS_ICH_AP1R0, "offsets.h");
_Static_assert(sizeof(struct vtl_regs) == VTL_REGS_SIZE, "offsets.h");

#define SAVE_PAIR(first, first_field, second, second_field)                                        \
	__asm__ volatile("mrs x9, " #first "\n\tmrs x10, " #second "\n\tstp x9, x10, [%0, %1]"     \
			 :                                                                         \
			 : "r"(regs), "i"(AT(first_field))                                         \
			 : "x9", "x10", "memory");

#define LOAD_PAIR(first, first_field, second, second_field)                                        \
	__asm__ volatile("ldp x9, x10, [%0, %1]\n\tmsr " #first ", x9\n\tmsr " #second ", x10"     \
			 :                                                                         \
			 : "r"(regs), "i"(AT(first_field))                                         \
			 : "x9", "x10", "memory");

void context_save(struct cpu *cpu, struct vtl_regs *regs)
{
	regs->pc = cpu->pc;
	regs->pstate = cpu->pstate;
	regs->x18 = cpu->x[18];
	regs->x29 = cpu->x[29];
	regs->x30 = cpu->x[30];
	VTL_PAIRS(SAVE_PAIR)
	regs->cntv_ctl = sysreg_read(cntv_ctl_el0);
	regs->cntv_cval = sysreg_read(cntv_cval_el0);
	regs->ich_ap1r0 = sysreg_read(ich_ap1r0_el2);
}

void context_load(struct cpu *cpu, const struct vtl_regs *regs)
{
	cpu->pc = regs->pc;
	cpu->pstate = regs->pstate;
	cpu->x[18] = regs->x18;
	if (vm.opt.x29_private) {
		cpu->x[29] = regs->x29;
		cpu->x[30] = regs->x30;
	}
	VTL_PAIRS(LOAD_PAIR)
	/* Never the new deadline with the old enable bit. */
	sysreg_write(cntv_ctl_el0, 0);
	sysreg_write(cntv_cval_el0, regs->cntv_cval);
	sysreg_write(cntv_ctl_el0, regs->cntv_ctl & 3);
	sysreg_write(ich_ap1r0_el2, regs->ich_ap1r0);
	isb();
}

void context_switch(struct cpu *cpu, uint32_t vtl)
{
	uint32_t from = vtl_slot(cpu->vp.active);
	uint32_t to = vtl_slot(vtl);

	vgic_unload(cpu, from);
	context_save(cpu, &cpu->regs[from]);
	stage2_select(vtl);
	context_load(cpu, &cpu->regs[to]);
	cpu->vgic[to].stale = true;
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
	uint8_t *page = (assist & 1) != 0 ? arch_ram(assist & ~0xFFFull, 4096) : NULL;

	context_switch(cpu, 2);
	cpu->assist = assist;
	cpu->assist_page = page;
	if (page != NULL) {
		*(volatile uint32_t *)(page + ASSIST_ENTRY_REASON) = reason;
	}
	if (page != NULL && reason != ENTRY_INTERCEPT && !vm.opt.poison_off) {
		poison_message(page);
	}
	if (fault_entry(&cpu->vp)) {
		inject_undefined(cpu, cpu->pc);
	}
}

void arch_enter_vtl2(struct vp *vp, uint32_t reason)
{
	context_enter_vtl2(cpu_of(vp), reason);
}
