/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the host keep for each processor, and for each VTL on it?
 */
#ifndef TESTS_HOST_X86_64_CPU_H
#define TESTS_HOST_X86_64_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/vm.h"
#include "tests/host/x86_64/offsets.h"
#include "tests/host/x86_64/svm.h"

#define CPUS_MAX 64

/* General registers in the interface's order; RSP is private and lies in the VMCB. */
#define GPR_RAX 0
#define GPR_RCX 1
#define GPR_RDX 2
#define GPR_RBX 3
#define GPR_RSP 4
#define GPR_RSI 6
#define GPR_RDI 7
#define GPR_R8 8

#define VECTOR_UD 6
#define VECTOR_GP 13

/* One VTL's local APIC on one processor. */
struct lapic {
	uint64_t base; /* IA32_APIC_BASE */
	uint32_t tpr;
	uint32_t svr;
	uint32_t esr;
	uint32_t lvt[6];
	uint32_t timer_divide;
	uint32_t timer_initial;
	uint64_t icr;
	uint32_t irr[8];
	uint32_t isr[8];
	uint32_t tmr[8];
	uint32_t again[8]; /* to come once more when it was ended */
	bool auto_eoi[256];
	bool nmi;
};

#define STIMERS 4

struct stimer {
	uint64_t config;
	uint64_t count;
	uint64_t expiration; /* reference time */
	uint64_t deadline;   /* of the TSC; 0: not running */
};

struct vtl_timers {
	uint64_t apic_deadline; /* of the TSC; 0: not running */
	struct stimer stimer[STIMERS];
};

struct cpu {
	uint64_t gpr[16]; /* of the running VTL; offsets.h knows this and the next four */
	uint64_t vmcb_pa;
	uint64_t host_vmcb_pa;
	struct cpu *self;
	uint64_t stack_top;
	uint32_t number;
	bool running;	    /* has a VTL to run; else it waits in the host */
	bool just_returned; /* VTL2 returned, and nothing ran since */
	bool parked;	    /* VTL0 is loaded, and waits in the host */
	uint32_t reentries;
	uint32_t in_guest; /* atomic: translations of a guest may be held */
	bool halted[VTL_SLOTS];
	struct vp vp;
	struct svm_vmcb *vmcb[VTL_SLOTS];
	uint64_t tsc_aux[VTL_SLOTS];
	struct lapic lapic[VTL_SLOTS];
	struct vtl_timers timers[VTL_SLOTS];
	uint64_t armed; /* the deadline that the machine's timer stands for; 0: none */
};

extern struct cpu cpus[CPUS_MAX];

/* For start.S: each processor's stack, and whose the next one is to take. */
extern uint8_t cpu_stacks[CPUS_MAX][CPU_STACK_SIZE];
extern struct cpu *cpu_starting;

static inline struct cpu *cpu_of(struct vp *vp)
{
	return (struct cpu *)((char *)vp - __builtin_offsetof(struct cpu, vp));
}

/* The VMCB of the VTL that is loaded. */
static inline struct svm_vmcb *cpu_vmcb(const struct cpu *cpu)
{
	return cpu->vmcb[vtl_slot(cpu->vp.active)];
}

struct cpu *cpu_self(void);

/* The host's one lock. */
void host_lock(void);
void host_unlock(void);

/* Before any other: numbers, VP indices. */
void cpu_init_all(void);
void cpu_init_local(struct cpu *cpu);
/* Brings up the other processors; they wait in the host. */
void cpu_start_all(void);
/* Interrupts a processor so that it looks at its state again. */
void cpu_kick(struct cpu *cpu);
/* Every other processor has left its guest since. */
void cpu_flush_others(void);
/* Runs what this processor has to run, and waits while there is nothing. Lock held. */
void cpu_run(struct cpu *cpu) __attribute__((noreturn));
/* VP with this APIC id; NULL: none. */
struct cpu *cpu_by_apic_id(uint64_t id);

/* switch.S */
void svm_run(struct cpu *cpu);

/* svm.c */
void svm_reset(struct svm_vmcb *vmcb, uint32_t slot);
void svm_poison(struct svm_vmcb *vmcb);
void svm_init(struct cpu *cpu);
bool svm_is_long(const struct svm_vmcb *vmcb);

/* context.c: saves the loaded VTL and loads the other one. */
void context_switch(struct cpu *cpu, uint32_t vtl);
/* From VTL0 to VTL2, with the entry reason written to the assist page. */
void context_enter_vtl2(struct cpu *cpu, uint32_t reason);

/* inject.c: for the loaded VTL. */
void inject_exception(struct cpu *cpu, uint32_t vector);
void inject_gp(struct cpu *cpu);
void inject_event(struct cpu *cpu);
/* Past an instruction that the host has executed. */
void inject_nothing(struct cpu *cpu, uint32_t length);

/* irq.c: the machine's own interrupts. */
void irq_init_machine(void);
void irq_init_local(struct cpu *cpu);
void irq_send(const struct cpu *cpu, uint32_t command);
void irq_start(const struct cpu *cpu);
/* What the handlers of interrupts left to do. */
void irq_work(struct cpu *cpu);

/* walk.c: a virtual address of the loaded VTL. False: not mapped, or in a mode not known here. */
bool walk(const struct svm_vmcb *vmcb, uint32_t vtl, uint64_t address, uint64_t *gpa);

/* Ends of the run. */

#endif
