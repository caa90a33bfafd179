/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a guest get an exception from the host? As the architecture's own: the loaded VTL's
 * ELR_EL1, SPSR_EL1, ESR_EL1 and FAR_EL1, then its vector. Changes the loaded VTL only.
 */
#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/count.h"
#include "tests/host/common/rng.h"

#define PSTATE_NZCV_MASK 0xF0000000ull
#define VECTOR_CURRENT_SP0 0x000
#define VECTOR_CURRENT_SPX 0x200
#define VECTOR_LOWER_64 0x400
#define VECTOR_LOWER_32 0x600

static uint64_t vector_offset(uint64_t pstate)
{
	if ((pstate & 0x10) != 0) {
		return VECTOR_LOWER_32;
	}
	if ((pstate & 0xC) == 0) {
		return VECTOR_LOWER_64;
	}
	return (pstate & 1) != 0 ? VECTOR_CURRENT_SPX : VECTOR_CURRENT_SP0;
}

static void take_exception(struct cpu *cpu, uint64_t return_pc, uint64_t esr)
{
	sysreg_write(elr_el1, return_pc);
	sysreg_write(spsr_el1, cpu->pstate);
	sysreg_write(esr_el1, esr);
	cpu->pc = sysreg_read(vbar_el1) + vector_offset(cpu->pstate);
	cpu->pstate = (cpu->pstate & PSTATE_NZCV_MASK) | PSTATE_EL1H_MASKED;
}

void inject_undefined(struct cpu *cpu, uint64_t pc)
{
	count(COUNT_UNDEF);
	take_exception(cpu, pc, ESR_IL);
}

/* A synchronous external abort, not on a table walk. */
void inject_abort(struct cpu *cpu, uint64_t far, bool is_fetch)
{
	bool from_el0 = (cpu->pstate & 0x1C) == 0;
	uint64_t class = (is_fetch ? 0x20 : 0x24) + (from_el0 ? 0 : 1);

	count(COUNT_ABORT);
	sysreg_write(far_el1, far);
	take_exception(cpu, cpu->pc, (class << 26) | ESR_IL | 0x10);
}

/*
 * PendingEvent0 of VTL0: syndrome in the upper half. The fault address is the low half of
 * PendingEvent1, or FAR_EL1 as VTL2 left it: the sources leave open where it belongs. Where it does
 * not, the value that stands there is not it.
 */
void inject_event(struct cpu *cpu)
{
	struct vp *vp = &cpu->vp;

	count(COUNT_EVENT);
	if (vm.opt.event == OPTIONS_EVENT_PAIR) {
		sysreg_write(far_el1, vp->event1_written ? vp->event1[0] : rng_poison());
	}
	take_exception(cpu, cpu->pc, vp->event0[1]);
	vp->event0[0] = 0;
	vp->event0[1] = 0;
	vp->event1_written = false;
}
