/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a VTL switch exchange? The registers that are private to a VTL: in struct vtl_regs
 * while the VTL is not loaded, in the processor while it is. X0 to X17, X19 to X28, Q0 to Q31 (and
 * X29, X30 unless the dialect says otherwise) are shared and stay as they are.
 */
#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/stage2.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"

void context_reset(struct vtl_regs *regs)
{
	*regs = (struct vtl_regs){ 0 };
	regs->pstate = PSTATE_EL1H_MASKED;
	regs->sctlr = 0x30D00800;
}

static void save_el1(struct vtl_regs *regs)
{
	regs->sp_el0 = sysreg_read(sp_el0);
	regs->sp_el1 = sysreg_read(sp_el1);
	regs->elr = sysreg_read(elr_el1);
	regs->spsr = sysreg_read(spsr_el1);
	regs->esr = sysreg_read(esr_el1);
	regs->far = sysreg_read(far_el1);
	regs->afsr0 = sysreg_read(afsr0_el1);
	regs->afsr1 = sysreg_read(afsr1_el1);
	regs->vbar = sysreg_read(vbar_el1);
	regs->sctlr = sysreg_read(sctlr_el1);
	regs->ttbr0 = sysreg_read(ttbr0_el1);
	regs->ttbr1 = sysreg_read(ttbr1_el1);
	regs->tcr = sysreg_read(tcr_el1);
	regs->mair = sysreg_read(mair_el1);
	regs->amair = sysreg_read(amair_el1);
	regs->contextidr = sysreg_read(contextidr_el1);
	regs->cpacr = sysreg_read(cpacr_el1);
	regs->actlr = sysreg_read(actlr_el1);
	regs->tpidr_el0 = sysreg_read(tpidr_el0);
	regs->tpidr_el1 = sysreg_read(tpidr_el1);
	regs->tpidrro = sysreg_read(tpidrro_el0);
	regs->par = sysreg_read(par_el1);
	regs->csselr = sysreg_read(csselr_el1);
	regs->cntkctl = sysreg_read(cntkctl_el1);
	regs->cntv_ctl = sysreg_read(cntv_ctl_el0);
	regs->cntv_cval = sysreg_read(cntv_cval_el0);
	regs->fpcr = sysreg_read(S3_3_C4_C4_0);
	regs->fpsr = sysreg_read(S3_3_C4_C4_1);
}

static void load_el1(const struct vtl_regs *regs)
{
	sysreg_write(sp_el0, regs->sp_el0);
	sysreg_write(sp_el1, regs->sp_el1);
	sysreg_write(elr_el1, regs->elr);
	sysreg_write(spsr_el1, regs->spsr);
	sysreg_write(esr_el1, regs->esr);
	sysreg_write(far_el1, regs->far);
	sysreg_write(afsr0_el1, regs->afsr0);
	sysreg_write(afsr1_el1, regs->afsr1);
	sysreg_write(vbar_el1, regs->vbar);
	sysreg_write(sctlr_el1, regs->sctlr);
	sysreg_write(ttbr0_el1, regs->ttbr0);
	sysreg_write(ttbr1_el1, regs->ttbr1);
	sysreg_write(tcr_el1, regs->tcr);
	sysreg_write(mair_el1, regs->mair);
	sysreg_write(amair_el1, regs->amair);
	sysreg_write(contextidr_el1, regs->contextidr);
	sysreg_write(cpacr_el1, regs->cpacr);
	sysreg_write(actlr_el1, regs->actlr);
	sysreg_write(tpidr_el0, regs->tpidr_el0);
	sysreg_write(tpidr_el1, regs->tpidr_el1);
	sysreg_write(tpidrro_el0, regs->tpidrro);
	sysreg_write(par_el1, regs->par);
	sysreg_write(csselr_el1, regs->csselr);
	sysreg_write(cntkctl_el1, regs->cntkctl);
	/* Never the new deadline with the old enable bit. */
	sysreg_write(cntv_ctl_el0, 0);
	sysreg_write(cntv_cval_el0, regs->cntv_cval);
	sysreg_write(cntv_ctl_el0, regs->cntv_ctl & 3);
	sysreg_write(S3_3_C4_C4_0, regs->fpcr); /* FPCR and FPSR by encoding: no FP in the host */
	sysreg_write(S3_3_C4_C4_1, regs->fpsr);
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
	cpu->vgic[to].changed = true;
	cpu->vp.active = vtl;
}

void context_enter_vtl2(struct cpu *cpu, uint32_t reason)
{
	uint64_t assist = cpu->vp.vtl[1].assist;

	context_switch(cpu, 2);
	if ((assist & 1) != 0) {
		uint8_t *page = arch_ram(assist & ~0xFFFull, 4096);

		if (page != 0) {
			*(volatile uint32_t *)(page + ASSIST_ENTRY_REASON) = reason;
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
