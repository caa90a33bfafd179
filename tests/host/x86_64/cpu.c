/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are the processors brought up, and what runs next on each?
 *
 * One VP is one processor; there is no scheduler. A processor without a guest waits here in HLT.
 * Under the one lock prepare decides before each entry which VTL runs: VTL2 whenever it has an
 * interrupt that nothing but its own priority holds back, else the one that is loaded.
 */
#include "tests/host/x86_64/cpu.h"

#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/rng.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/lapic.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/start_vp.h"
#include "tests/host/x86_64/timer.h"

#define REENTRIES_MAX 1000u
#define INSTRUCTION_HLT 0xF4

_Static_assert(offsetof(struct cpu, gpr) == CPU_GPR, "offsets.h");
_Static_assert(offsetof(struct cpu, vmcb_pa) == CPU_VMCB, "offsets.h");
_Static_assert(offsetof(struct cpu, host_vmcb_pa) == CPU_HOST_VMCB, "offsets.h");
_Static_assert(offsetof(struct cpu, self) == CPU_SELF, "offsets.h");
_Static_assert(offsetof(struct cpu, stack_top) == CPU_STACK, "offsets.h");

struct cpu cpus[CPUS_MAX];
uint8_t cpu_stacks[CPUS_MAX][CPU_STACK_SIZE] __attribute__((aligned(16)));
struct cpu *cpu_starting;
static uint32_t lock_word;
static uint32_t cpus_up = 1;

void cpu_secondary(struct cpu *cpu);

struct cpu *cpu_self(void)
{
	struct cpu *self;

	__asm__ volatile("movq %%gs:%c1, %0" : "=r"(self) : "i"(CPU_SELF));
	return self;
}

void host_lock(void)
{
	while (__atomic_exchange_n(&lock_word, 1, __ATOMIC_ACQUIRE) != 0) {
		cpu_pause();
	}
}

void host_unlock(void)
{
	__atomic_store_n(&lock_word, 0, __ATOMIC_RELEASE);
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

struct cpu *cpu_by_apic_id(uint64_t id)
{
	uint32_t n;

	for (n = 0; n < vm.opt.vps; n++) {
		if (cpus[n].vp.hw_id == id) {
			return &cpus[n];
		}
	}
	return NULL;
}

/* VP indices in another order; the boot processor is VP 0, as the image file says. */
static void permute(uint32_t vps)
{
	uint32_t n;

	for (n = vps - 1; n > 1; n--) {
		uint32_t other = 1 + (uint32_t)(rng_next() % n);
		uint32_t index = cpus[n].vp.index;

		cpus[n].vp.index = cpus[other].vp.index;
		cpus[other].vp.index = index;
	}
}

/* APIC ids are this host's to choose: the processor's number, or ids with gaps above 255. */
static uint64_t apic_id_of(uint32_t number)
{
	return vm.opt.affinity_clusters ? 0x100 + (number / 3 << 4) + number % 3 : number;
}

void cpu_init_all(void)
{
	uint32_t vps = vm.opt.vps;
	uint32_t n;

	for (n = 0; n < vps; n++) {
		struct cpu *cpu = &cpus[n];

		cpu->number = n;
		cpu->self = cpu;
		cpu->stack_top = (uint64_t)&cpu_stacks[n][0] + CPU_STACK_SIZE;
		cpu->vp.hw_id = apic_id_of(n);
		cpu->vp.index = n;
		cpu->vp.vtl2_enabled = vm.has_vtl2 && vm.opt.vtl2_enabled_all;
		cpu->vp.vtl[vtl_slot(2)].scontrol = vm.opt.scontrol_on ? 1 : 0;
		svm_init(cpu);
		lapic_reset(cpu, 0);
		lapic_reset(cpu, 1);
	}
	if (vm.opt.vp_permuted) {
		permute(vps);
	}
}

void cpu_init_local(struct cpu *cpu)
{
	wrmsr(MSR_GS_BASE, (uint64_t)cpu);
	irq_init_local(cpu);
	wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_SVME);
	vmsave(cpu->host_vmcb_pa);
	wrmsr(MSR_VM_HSAVE_PA, cpu->host_vmcb_pa + sizeof(struct svm_vmcb));
}

void cpu_secondary(struct cpu *cpu)
{
	cpu_init_local(cpu);
	__atomic_add_fetch(&cpus_up, 1, __ATOMIC_RELEASE);
	host_lock();
	cpu_run(cpu);
}

void cpu_start_all(void)
{
	uint32_t n;

	for (n = 1; n < vm.opt.vps; n++) {
		cpu_starting = &cpus[n];
		irq_start(&cpus[n]);
		while (__atomic_load_n(&cpus_up, __ATOMIC_ACQUIRE) != n + 1) {
			cpu_pause();
		}
	}
}

void cpu_kick(struct cpu *cpu)
{
	if (cpu != cpu_self()) {
		count(COUNT_KICK);
		irq_send(cpu, VECTOR_KICK);
	}
}

void arch_kick(struct vp *vp)
{
	cpu_kick(cpu_of(vp));
}

/* A guest that stays where it is keeps translations; each entry begins without any. */
void cpu_flush_others(void)
{
	uint32_t n;

	for (n = 0; n < vm.opt.vps; n++) {
		struct cpu *cpu = &cpus[n];

		if (cpu == cpu_self() || __atomic_load_n(&cpu->in_guest, __ATOMIC_ACQUIRE) == 0) {
			continue;
		}
		cpu_kick(cpu);
		while (__atomic_load_n(&cpu->in_guest, __ATOMIC_ACQUIRE) != 0) {
			cpu_pause();
		}
	}
}

static void wait_in_host(struct cpu *cpu)
{
	timer_arm(cpu);
	host_unlock();
	wait_interrupt();
	host_lock();
	irq_work(cpu);
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

/*
 * QEMU 7.2 forgets at an entry that STI holds interrupts back for one instruction. Where that is
 * HLT, an interrupt in between would be one that the HLT then waits for: the host executes it.
 */
static void finish_halt(struct cpu *cpu, uint32_t slot)
{
	struct svm_vmcb *vmcb = cpu->vmcb[slot];
	const struct svm_save *save = &vmcb->save;
	const uint8_t *byte;
	uint64_t gpa;

	if ((vmcb->control.int_shadow & 1) == 0 || (save->rflags & RFLAGS_IF) == 0 ||
	    !walk(vmcb, cpu->vp.active, save->segment[SVM_CS].base + save->rip, &gpa)) {
		return;
	}
	byte = arch_ram(gpa, 1);
	if (byte != NULL && *byte == INSTRUCTION_HLT &&
	    (vmcb->control.event_inject & SVM_EVENT_VALID) == 0) {
		inject_nothing(cpu, 1);
		cpu->halted[slot] = true;
	}
}

/* Does the loaded VTL have something to execute? */
static bool can_run(struct cpu *cpu)
{
	struct vp *vp = &cpu->vp;
	uint32_t slot = vtl_slot(vp->active);

	if (vp->active == 0) {
		if (vp->vtl0_start_pending) {
			start_vtl0(cpu);
		}
		if (vp->vtl0_suspended || vp->vtl0_off) {
			return false;
		}
	}
	finish_halt(cpu, slot);
	if (cpu->halted[slot] && lapic_can_interrupt(cpu, slot)) {
		cpu->halted[slot] = false;
	}
	return !cpu->halted[slot];
}

static void prepare(struct cpu *cpu)
{
	struct vp *vp = &cpu->vp;

	for (;;) {
		if (vp->active == 0 && vp->vtl2_started && lapic_wants(cpu, 1)) {
			count(COUNT_PREEMPT);
			note_reentry(cpu);
			context_enter_vtl2(cpu, ENTRY_INTERRUPT);
		}
		if (can_run(cpu)) {
			break;
		}
		cpu->parked = vp->active == 0;
		wait_in_host(cpu);
		cpu->parked = false;
	}
	if (vp->active == 0 && (vp->event0[0] & 1) != 0) {
		inject_event(cpu);
	}
	if (vp->active == 0) {
		cpu->reentries = 0;
		fault_vtl0_runs(vp);
	}
	cpu->just_returned = false;
	lapic_load(cpu, vtl_slot(vp->active));
	timer_arm(cpu);
}

void cpu_run(struct cpu *cpu)
{
	while (!cpu->running) {
		wait_in_host(cpu);
	}
	for (;;) {
		struct svm_vmcb *vmcb;

		prepare(cpu);
		vmcb = cpu_vmcb(cpu);
		vmcb->save.rax = cpu->gpr[GPR_RAX];
		__atomic_store_n(&cpu->in_guest, 1, __ATOMIC_RELEASE);
		host_unlock();
		svm_run(cpu);
		__atomic_store_n(&cpu->in_guest, 0, __ATOMIC_RELEASE);
		take_interrupts();
		host_lock();
		cpu->gpr[GPR_RAX] = vmcb->save.rax;
		irq_work(cpu);
		exit_handle(cpu);
	}
}
