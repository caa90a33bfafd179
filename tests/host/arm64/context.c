/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a VTL switch exchange? The registers that are private to a VTL: in struct vtl_regs
 * while the VTL is not loaded, in the processor while it is. X0 to X17, X19 to X28, Q0 to Q31 (and
 * X29, X30 unless the dialect says otherwise) are shared and stay as they are.
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

/* Two registers whose places in struct vtl_regs are neighbours. */
#define SAVE_PAIR(regs, first, first_field, second, second_field)                                  \
	do {                                                                                       \
		_Static_assert(offsetof(struct vtl_regs, second_field) ==                          \
				       offsetof(struct vtl_regs, first_field) + 8,                 \
			       #second_field);                                                     \
		__asm__ volatile("mrs x9, " #first "\n\tmrs x10, " #second                         \
				 "\n\tstp x9, x10, [%0, %1]"                                       \
				 :                                                                 \
				 : "r"(regs), "i"(offsetof(struct vtl_regs, first_field))          \
				 : "x9", "x10", "memory");                                         \
	} while (0)

#define LOAD_PAIR(regs, first, first_field, second)                                                \
	__asm__ volatile("ldp x9, x10, [%0, %1]\n\tmsr " #first ", x9\n\tmsr " #second ", x10"     \
			 :                                                                         \
			 : "r"(regs), "i"(offsetof(struct vtl_regs, first_field))                  \
			 : "x9", "x10", "memory")

static void save_el1(struct vtl_regs *regs)
{
	SAVE_PAIR(regs, sp_el0, sp_el0, sp_el1, sp_el1);
	SAVE_PAIR(regs, elr_el1, elr, spsr_el1, spsr);
	SAVE_PAIR(regs, esr_el1, esr, far_el1, far);
	SAVE_PAIR(regs, afsr0_el1, afsr0, afsr1_el1, afsr1);
	SAVE_PAIR(regs, vbar_el1, vbar, sctlr_el1, sctlr);
	SAVE_PAIR(regs, ttbr0_el1, ttbr0, ttbr1_el1, ttbr1);
	SAVE_PAIR(regs, tcr_el1, tcr, mair_el1, mair);
	SAVE_PAIR(regs, amair_el1, amair, contextidr_el1, contextidr);
	SAVE_PAIR(regs, cpacr_el1, cpacr, actlr_el1, actlr);
	SAVE_PAIR(regs, tpidr_el0, tpidr_el0, tpidr_el1, tpidr_el1);
	SAVE_PAIR(regs, tpidrro_el0, tpidrro, par_el1, par);
	SAVE_PAIR(regs, csselr_el1, csselr, cntkctl_el1, cntkctl);
	SAVE_PAIR(regs, cntv_ctl_el0, cntv_ctl, cntv_cval_el0, cntv_cval);
	SAVE_PAIR(regs, S3_3_C4_C4_0, fpcr, S3_3_C4_C4_1, fpsr); /* no FP in the host */
}

static void load_el1(const struct vtl_regs *regs)
{
	LOAD_PAIR(regs, sp_el0, sp_el0, sp_el1);
	LOAD_PAIR(regs, elr_el1, elr, spsr_el1);
	LOAD_PAIR(regs, esr_el1, esr, far_el1);
	LOAD_PAIR(regs, afsr0_el1, afsr0, afsr1_el1);
	LOAD_PAIR(regs, vbar_el1, vbar, sctlr_el1);
	LOAD_PAIR(regs, ttbr0_el1, ttbr0, ttbr1_el1);
	LOAD_PAIR(regs, tcr_el1, tcr, mair_el1);
	LOAD_PAIR(regs, amair_el1, amair, contextidr_el1);
	LOAD_PAIR(regs, cpacr_el1, cpacr, actlr_el1);
	LOAD_PAIR(regs, tpidr_el0, tpidr_el0, tpidr_el1);
	LOAD_PAIR(regs, tpidrro_el0, tpidrro, par_el1);
	LOAD_PAIR(regs, csselr_el1, csselr, cntkctl_el1);
	/* Never the new deadline with the old enable bit. */
	sysreg_write(cntv_ctl_el0, 0);
	sysreg_write(cntv_cval_el0, regs->cntv_cval);
	sysreg_write(cntv_ctl_el0, regs->cntv_ctl & 3);
	LOAD_PAIR(regs, S3_3_C4_C4_0, fpcr, S3_3_C4_C4_1);
}

void context_save(struct cpu *cpu, struct vtl_regs *regs)
{
	regs->pc = cpu->pc;
	regs->pstate = cpu->pstate;
	regs->x18 = cpu->x[18];
	regs->x29 = cpu->x[29];
	regs->x30 = cpu->x[30];
	save_el1(regs);
	regs->ich_vmcr = sysreg_read(ich_vmcr_el2);
	regs->ich_ap0r0 = sysreg_read(ich_ap0r0_el2);
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
	load_el1(regs);
	sysreg_write(ich_vmcr_el2, regs->ich_vmcr);
	sysreg_write(ich_ap0r0_el2, regs->ich_ap0r0);
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

	context_switch(cpu, 2);
	if ((assist & 1) != 0) {
		uint8_t *page = arch_ram(assist & ~0xFFFull, 4096);

		if (page != NULL) {
			*(volatile uint32_t *)(page + ASSIST_ENTRY_REASON) = reason;
		}
		if (page != NULL && reason != ENTRY_INTERCEPT && !vm.opt.poison_off) {
			poison_message(page);
		}
	}
	if (fault_entry(&cpu->vp)) {
		inject_undefined(cpu, cpu->pc);
	}
}

void arch_enter_vtl2(struct vp *vp, uint32_t reason)
{
	context_enter_vtl2(cpu_of(vp), reason);
}
