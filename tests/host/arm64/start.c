/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With which registers does a VP begin? The boot VP with those of the image file, another with its
 * initial context. What neither promises is poison.
 */
#include "tests/host/arm64/start.h"

#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/rng.h"

#define CPACR_FPEN (3ull << 20)
#define PSTATE_FLAGS 0xF0000000ull
#define PSTATE_DAIF 0x3C0ull

static void poison_shared(struct cpu *cpu)
{
	uint32_t n;

	for (n = 0; n < 31; n++) {
		cpu->x[n] = rng_poison();
	}
}

void start_poison(struct vtl_regs *regs)
{
	regs->pstate = PSTATE_EL1H_MASKED | (rng_poison() & PSTATE_FLAGS);
	regs->x18 = rng_poison();
	regs->x29 = rng_poison();
	regs->x30 = rng_poison();
	regs->cpacr = rng_poison() & CPACR_FPEN;
	regs->sp_el0 = rng_poison();
	regs->sp_el1 = rng_poison();
	regs->elr = rng_poison();
	regs->spsr = rng_poison() & PSTATE_FLAGS;
	regs->esr = rng_poison() & UINT32_MAX;
	regs->far = rng_poison();
	regs->par = rng_poison();
	regs->vbar = rng_poison() & ~0x7FFull;
	regs->ttbr0 = rng_poison();
	regs->ttbr1 = rng_poison();
	regs->tcr = rng_poison();
	regs->mair = rng_poison();
	regs->contextidr = rng_poison() & UINT32_MAX;
	regs->tpidr_el0 = rng_poison();
	regs->tpidr_el1 = rng_poison();
	regs->tpidrro = rng_poison();
}

void arch_start_vp(struct vp *vp, uint32_t vtl, const uint64_t context[CONTEXT_WORDS])
{
	struct cpu *cpu = cpu_of(vp);
	struct vtl_regs *regs = &cpu->regs[vtl_slot(vtl)];

	context_reset(regs);
	start_poison(regs);
	poison_shared(cpu);
	if (vtl == 2 && vm.opt.daif_open) {
		regs->pstate &= ~PSTATE_DAIF;
	}
	if (vtl == 2) {
		start_poison(&cpu->regs[vtl_slot(0)]);
	}
	regs->pc = context[0];
	regs->sp_el1 = context[1];
	regs->sctlr = context[2];
	regs->mair = context[3];
	regs->tcr = context[4];
	regs->vbar = context[5];
	regs->ttbr0 = context[6];
	regs->ttbr1 = context[7];
	regs->x18 = context[8];
	console_host("startvp vp=%u mpidr=0x%llx pc=0x%llx sp=0x%llx sctlr=0x%llx ttbr0=0x%llx "
		     "x18=0x%llx tcr=0x%llx mair=0x%llx vbar=0x%llx ttbr1=0x%llx vtl=%u",
		     vp->index, (unsigned long long)vp->hw_id, (unsigned long long)context[0],
		     (unsigned long long)context[1], (unsigned long long)context[2],
		     (unsigned long long)context[6], (unsigned long long)context[8],
		     (unsigned long long)context[4], (unsigned long long)context[3],
		     (unsigned long long)context[5], (unsigned long long)context[7], vtl);
	vp->active = vtl;
	if (vtl == 2) {
		vp->vtl2_started = true;
	}
	cpu->start_pending = true;
	cpu->running = true;
	cpu_kick(cpu);
}

void start_boot_vp(struct cpu *cpu, const struct igvm_result *image)
{
	uint32_t vtl = vm.opt.vtl;
	struct vtl_regs *regs = &cpu->regs[vtl_slot(vtl)];
	uint64_t value;
	uint32_t n;

	context_reset(regs);
	start_poison(regs);
	poison_shared(cpu);
	if (vtl == 2) {
		/* VTL2 gives VTL0 its first registers, and not by leaving them as they were. */
		start_poison(&cpu->regs[vtl_slot(0)]);
	}
	for (n = 0; n < 8; n++) {
		if (igvm_register(image, IGVM_REG_X0 + n, &value)) {
			cpu->x[n] = value;
		}
	}
	(void)igvm_register(image, IGVM_REG_XPC, &regs->pc);
	(void)igvm_register(image, IGVM_REG_CPSR, &regs->pstate);
	(void)igvm_register(image, IGVM_REG_SCTLR_EL1, &regs->sctlr);
	(void)igvm_register(image, IGVM_REG_TTBR0_EL1, &regs->ttbr0);
	(void)igvm_register(image, IGVM_REG_TTBR1_EL1, &regs->ttbr1);
	(void)igvm_register(image, IGVM_REG_TCR_EL1, &regs->tcr);
	(void)igvm_register(image, IGVM_REG_MAIR_EL1, &regs->mair);
	(void)igvm_register(image, IGVM_REG_VBAR_EL1, &regs->vbar);
	cpu->vp.active = vtl;
	cpu->vp.vtl2_enabled = vtl == 2;
	cpu->vp.vtl2_started = vtl == 2;
	cpu->start_pending = true;
	cpu->running = true;
}
