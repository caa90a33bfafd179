/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are the processors brought up, and what runs next on each?
 *
 * One VP is one processor; there is no scheduler. A processor without a guest waits here in WFI.
 * Under the one lock cpu_prepare decides before each entry which VTL runs: VTL2 whenever it has an
 * interrupt that nothing but its own controller holds back, else the one that is loaded.
 */
#include "tests/host/arm64/cpu.h"

#include <stddef.h>

#include "tests/host/common/rng.h"
#include "tests/host/arm64/stage2.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"

#define PSCI_CPU_ON 0xC4000003ull
#define REENTRIES_MAX 1000u

_Static_assert(offsetof(struct cpu, x) == CPU_X, "offsets.h");
_Static_assert(offsetof(struct cpu, pc) == CPU_PC, "offsets.h");
_Static_assert(offsetof(struct cpu, pstate) == CPU_PSTATE, "offsets.h");
_Static_assert(offsetof(struct cpu, stack_top) == CPU_STACK, "offsets.h");
_Static_assert(offsetof(struct cpu, assist) == CPU_ASSIST, "offsets.h");
_Static_assert(offsetof(struct cpu, assist_page) == CPU_ASSIST_PAGE, "offsets.h");
_Static_assert(offsetof(struct cpu, timer_active) == CPU_SLOW, "offsets.h");
_Static_assert(offsetof(struct cpu, slow_switch) == CPU_SLOW + 1, "offsets.h");
_Static_assert(offsetof(struct cpu, reentries) == CPU_REENTRIES, "offsets.h");
_Static_assert(offsetof(struct cpu, vp.active) == CPU_VP_STATE, "offsets.h");
_Static_assert(offsetof(struct cpu, vp.vtl2_started) == CPU_VP_STATE + 4, "offsets.h");
_Static_assert(offsetof(struct cpu, vp.vtl0_start_pending) == CPU_VP_STATE + 7, "offsets.h");
_Static_assert(offsetof(struct cpu, vp.vtl[1].assist) == CPU_VP_ASSIST, "offsets.h");
_Static_assert(offsetof(struct cpu, vp.event0) == CPU_VP_EVENT, "offsets.h");
_Static_assert(offsetof(struct cpu, regs) == CPU_REGS, "offsets.h");
_Static_assert(offsetof(struct cpu, vgic) == CPU_VGIC, "offsets.h");
_Static_assert(sizeof(struct vgic_cpu) == VGIC_SIZE, "offsets.h");
_Static_assert(offsetof(struct vgic_cpu, candidate) == 8, "offsets.h");
_Static_assert(offsetof(struct vgic_cpu, irq[VGIC_TIMER_INTID].latch) == VGIC_TIMER, "offsets.h");
_Static_assert(offsetof(struct vgic_cpu, irq[VGIC_TIMER_INTID].active) == VGIC_TIMER + 1,
	       "offsets.h");
_Static_assert(ENTRY_VTL_CALL == ENTRY_REASON_VTL_CALL, "offsets.h");
_Static_assert(ASSIST_ENTRY_REASON == ASSIST_AT_REASON, "offsets.h");
_Static_assert(ASSIST_RETURN_SLOTS == ASSIST_AT_RETURN_SLOTS, "offsets.h");
_Static_assert(COUNT_VTL_CALL * 8 == COUNT_AT_VTL_CALL, "offsets.h");
_Static_assert(COUNT_VTL_RETURN * 8 == COUNT_AT_VTL_RETURN, "offsets.h");

struct cpu cpus[CPUS_MAX];
/* For entry.S. */
extern uint8_t cpu_stacks[CPUS_MAX][CPU_STACK_SIZE];
uint8_t cpu_stacks[CPUS_MAX][CPU_STACK_SIZE] __attribute__((aligned(16)));
uint32_t host_lock_word;
static uint32_t cpus_up = 1;

void cpu_secondary(struct cpu *cpu);

struct cpu *cpu_self(void)
{
	return (struct cpu *)sysreg_read(tpidr_el2);
}

uint64_t cpu_machine_affinity(const struct cpu *cpu)
{
	return (cpu->number / 16) << 8 | cpu->number % 16;
}

void host_lock(void)
{
	uint32_t old;
	uint32_t failed;

	__asm__ volatile("sevl\n"
			 "1:	wfe\n"
			 "	ldaxr	%w0, [%2]\n"
			 "	cbnz	%w0, 1b\n"
			 "	stxr	%w1, %w3, [%2]\n"
			 "	cbnz	%w1, 1b\n"
			 : "=&r"(old), "=&r"(failed)
			 : "r"(&host_lock_word), "r"(1)
			 : "memory");
}

void host_unlock(void)
{
	__asm__ volatile("stlr wzr, [%0]\n\tsev" : : "r"(&host_lock_word) : "memory");
}

struct vp *vm_vp(uint32_t index)
{
	uint32_t n;

	for (n = 0; n < vm.opt.vps; n++) {
		if (cpus[n].vp.index == index) {
			return &cpus[n].vp;
		}
	}
	return NULL;
}

/* VP indices in another order; the boot processor is VP 0, as the image file says. */
static void permute(uint32_t count)
{
	uint32_t n;

	for (n = count - 1; n > 1; n--) {
		uint32_t other = 1 + (uint32_t)(rng_next() % n);
		uint32_t index = cpus[n].vp.index;

		cpus[n].vp.index = cpus[other].vp.index;
		cpus[other].vp.index = index;
	}
}

/* MPIDR is this host's to choose: its number, or clusters of three of it. */
static uint64_t affinity_of(uint32_t number)
{
	return vm.opt.affinity_clusters ? 0x20100 + (number / 3 << 8) + number % 3 : number;
}

void cpu_init_all(void)
{
	uint32_t n;

	for (n = 0; n < vm.opt.vps; n++) {
		struct cpu *cpu = &cpus[n];

		cpu->number = n;
		cpu->slow_switch = !vm.opt.poison_off || vm.opt.x29_private || fault_asked();
		cpu->stack_top = (uint64_t)&cpu_stacks[n][0] + CPU_STACK_SIZE;
		cpu->vp.hw_id = affinity_of(n);
		cpu->vp.index = n;
		cpu->vp.vtl2_enabled = vm.has_vtl2 && vm.opt.vtl2_enabled_all;
		cpu->vp.vtl[vtl_slot(2)].scontrol = vm.opt.scontrol_on ? 1 : 0;
		context_reset(&cpu->regs[0]);
		context_reset(&cpu->regs[1]);
		vgic_init_cpu(cpu);
	}
	if (vm.opt.vp_permuted) {
		permute(vm.opt.vps);
	}
}

void cpu_init_el2(struct cpu *cpu)
{
	uint64_t counters = (sysreg_read(pmcr_el0) >> 11) & 0x1F;

	sysreg_write(hcr_el2, HCR_RW | HCR_TSC | HCR_AMO | HCR_IMO | HCR_FMO | HCR_VM);
	sysreg_write(cptr_el2, 0x33FF);
	sysreg_write(hstr_el2, 0);
	sysreg_write(cnthctl_el2, 1); /* the counter, not the physical timer */
	sysreg_write(cntvoff_el2, 0);
	/* Performance counters and debug registers trap: TPMCR, TPM, TDA, TDOSA, TDRA. */
	sysreg_write(mdcr_el2, counters | (1u << 5) | (1u << 6) | (7u << 9));
	sysreg_write(vpidr_el2, sysreg_read(midr_el1));
	sysreg_write(vmpidr_el2, 0x80000000ull | cpu->vp.hw_id);
	stage2_init_cpu();
	tlb_flush_all_local();
	irq_init_cpu(cpu);
}

void cpu_secondary(struct cpu *cpu)
{
	mmu_enable();
	cpu_init_el2(cpu);
	host_lock();
	cpus_up++;
	cpu_run(cpu);
}

void cpu_start_all(void)
{
	uint32_t n;

	for (n = 1; n < vm.opt.vps; n++) {
		int64_t result = machine_psci(PSCI_CPU_ON, cpu_machine_affinity(&cpus[n]),
					      (uint64_t)cpu_entry, (uint64_t)&cpus[n]);

		if (result != 0) {
			arch_fatal("processor %u does not start: %lld", n, (long long)result);
		}
	}
	for (;;) {
		uint32_t up;

		host_lock();
		up = cpus_up;
		host_unlock();
		if (up == vm.opt.vps) {
			return;
		}
		wfe();
	}
}

void cpu_kick(struct cpu *cpu)
{
	if (cpu != cpu_self()) {
		count(COUNT_KICK);
		irq_send_kick(cpu);
	}
}

void arch_kick(struct vp *vp)
{
	cpu_kick(cpu_of(vp));
}

static void wait_for_interrupt(struct cpu *cpu)
{
	host_unlock();
	wfi();
	host_lock();
	irq_handle(cpu);
}

void cpu_run(struct cpu *cpu)
{
	while (!cpu->running) {
		wait_for_interrupt(cpu);
	}
	if (cpu->start_pending) {
		uint32_t vtl = cpu->vp.active;

		cpu->start_pending = false;
		context_load(cpu, &cpu->regs[vtl_slot(vtl)]);
		stage2_select(vtl);
	}
	cpu_prepare(cpu);
	host_unlock();
	guest_enter();
}

/* VTL0's own software asked for this start; what it is not promised is poison. */
static void start_vtl0(struct cpu *cpu)
{
	struct vp *vp = &cpu->vp;
	struct vtl_regs regs;
	uint32_t n;

	vp->vtl0_start_pending = false;
	vp->vtl0_off = false;
	vp->vtl0_suspended = false;
	context_reset(&regs);
	start_poison(&regs);
	context_save(cpu, &cpu->regs[0]);
	regs.ich_vmcr = cpu->regs[0].ich_vmcr;
	for (n = 0; n < 31; n++) {
		cpu->x[n] = rng_poison();
	}
	cpu->x[0] = vp->vtl0_start_arg;
	regs.pc = vp->vtl0_start_pc;
	context_load(cpu, &regs);
}

/*
 * An interrupt that VTL2 leaves pending when it returns enters it again at once. A VTL2 that never
 * acknowledges would go round for ever without an instruction of VTL0.
 */
static void note_reentry(struct cpu *cpu)
{
	if (!cpu->just_returned) {
		cpu->reentries = 0;
		return;
	}
	cpu->reentries++;
	if (cpu->reentries == REENTRIES_MAX) {
		arch_fatal("vp %u: VTL2 returns again and again without ending its interrupt",
			   cpu->vp.index);
	}
}

void cpu_prepare(struct cpu *cpu)
{
	struct vp *vp = &cpu->vp;

	for (;;) {
		if (vp->active == 0 && vp->vtl2_started && vgic_wants(cpu, 1)) {
			count(COUNT_PREEMPT);
			note_reentry(cpu);
			context_enter_vtl2(cpu, ENTRY_INTERRUPT);
		}
		if (vp->active != 0) {
			break;
		}
		if (vp->vtl0_start_pending) {
			start_vtl0(cpu);
		}
		if (!vp->vtl0_suspended && !vp->vtl0_off) {
			break;
		}
		vgic_unload(cpu, 0);
		context_save(cpu, &cpu->regs[0]);
		sysreg_write(cntv_ctl_el0, 0); /* or a forgotten timer would keep the host awake */
		cpu->parked = true;
		wait_for_interrupt(cpu);
		cpu->parked = false;
		context_load(cpu, &cpu->regs[0]);
	}
	if (vp->active == 0 && (vp->event0[0] & 1) != 0) {
		inject_event(cpu);
	}
	if (vp->active == 0) {
		cpu->reentries = 0;
		fault_vtl0_runs(vp);
	}
	cpu->just_returned = false;
	vgic_load(cpu, vtl_slot(vp->active));
}
