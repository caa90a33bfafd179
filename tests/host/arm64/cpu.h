/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the host keep for each processor, and for each VTL on it?
 */
#ifndef TESTS_HOST_ARM64_CPU_H
#define TESTS_HOST_ARM64_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/arm64/offsets.h"
#include "tests/host/common/vm.h"

#define CPUS_MAX 64
#define PRIVATE_INTIDS 32
#define LIST_REGS 4

/* What a VTL switch exchanges; the rest of the registers is shared. offsets.h knows all of it. */
struct vtl_regs {
	uint64_t pc;
	uint64_t pstate;
	uint64_t x18;
	uint64_t x29; /* only in the dialect in which these two are private */
	uint64_t x30;
	uint64_t sp_el0;
	uint64_t sp_el1;
	uint64_t elr;
	uint64_t spsr;
	uint64_t esr;
	uint64_t far;
	uint64_t afsr0;
	uint64_t afsr1;
	uint64_t vbar;
	uint64_t sctlr;
	uint64_t ttbr0;
	uint64_t ttbr1;
	uint64_t tcr;
	uint64_t mair;
	uint64_t amair;
	uint64_t contextidr;
	uint64_t cpacr;
	uint64_t actlr;
	uint64_t tpidr_el0;
	uint64_t tpidr_el1;
	uint64_t tpidrro;
	uint64_t par;
	uint64_t csselr;
	uint64_t cntkctl;
	uint64_t fpcr;
	uint64_t fpsr;
	uint64_t ich_vmcr;
	uint64_t ich_ap0r0;
	uint64_t cntv_ctl;
	uint64_t cntv_cval;
	uint64_t ich_ap1r0;
	uint64_t mdscr; /* trapped, kept here only */
};

struct vgic_irq {
	uint8_t priority;
	bool enabled;
	bool latch; /* an edge that was not taken yet, or a bit written to ISPENDR */
	bool active;
	bool line; /* level of the wire */
	bool group1;
	bool edge;
	bool again;	 /* to come once more when it was ended */
	bool from_latch; /* why it is pending in a list register: latch, else line */
	uint8_t owner; /* processor number + 1 in whose list registers it is, or was acknowledged */
};

/* One VTL's private interrupts on one processor. The first eight bytes are zero when none waits. */
struct vgic_cpu {
	_Alignas(8) uint16_t candidates; /* best first */
	uint16_t loaded;		 /* list registers in use while this VTL runs */
	bool changed;			 /* the candidates are out of date */
	bool more;			 /* more candidates than list registers */
	uint16_t unused;
	uint32_t candidate[LIST_REGS];
	bool stale; /* the list registers do not hold the candidates */
	bool awake; /* GICR_WAKER */
	struct vgic_irq irq[PRIVATE_INTIDS];
};

struct cpu {
	uint64_t x[31]; /* of the running VTL; offsets.h knows this and the next lines */
	uint64_t pc;
	uint64_t pstate;
	uint64_t stack_top;
	uint64_t assist; /* the value of VTL2's assist page register that the next line is for */
	uint8_t *assist_page;
	bool timer_active; /* the physical virtual-timer interrupt is active, for the loaded VTL */
	bool slow_switch;  /* what was asked of this run needs context.c for every switch */
	uint32_t number;
	bool running; /* has a VTL to run; else it waits in the host */
	bool start_pending;
	bool just_returned; /* VTL2 returned, and nothing ran since */
	uint32_t reentries;
	bool parked; /* VTL0 is loaded, waits in the host, and lies in regs[0] */
	struct vp vp;
	struct vtl_regs regs[VTL_SLOTS];
	struct vgic_cpu vgic[VTL_SLOTS];
};

extern struct cpu cpus[CPUS_MAX];

static inline struct cpu *cpu_of(struct vp *vp)
{
	return (struct cpu *)((char *)vp - __builtin_offsetof(struct cpu, vp));
}

struct cpu *cpu_self(void);

/* QEMU's MPIDR, which no guest sees. */
uint64_t cpu_machine_affinity(const struct cpu *cpu);

/* The host's one lock. */
extern uint32_t host_lock_word;
void host_lock(void);
void host_unlock(void);

/* Sets up EL2 of the calling processor. */
void cpu_init_el2(struct cpu *cpu);
/* Before any other: numbers, VP indices. */
void cpu_init_all(void);
/* Brings up the other processors; they wait in the host. */
void cpu_start_all(void);
/* Interrupts a processor so that it looks at its state again. */
void cpu_kick(struct cpu *cpu);
/* Waits in the host until this processor has a guest to run, then enters it. Lock held. */
void cpu_run(struct cpu *cpu) __attribute__((noreturn));
/* The last thing before each entry: decides which VTL runs, waits while none may. Lock held. */
void cpu_prepare(struct cpu *cpu);

void guest_enter(void) __attribute__((noreturn));
void cpu_entry(void);

/* mmu.c */
void mmu_build(void);
void mmu_enable(void);

/* context.c */
void context_reset(struct vtl_regs *regs);
void context_save(struct cpu *cpu, struct vtl_regs *regs);
void context_load(struct cpu *cpu, const struct vtl_regs *regs);
/* Saves the loaded VTL and loads the other one. */
void context_switch(struct cpu *cpu, uint32_t vtl);
/* From VTL0 to VTL2, with the entry reason written to the assist page. */
void context_enter_vtl2(struct cpu *cpu, uint32_t reason);

/* start.c: all that neither the interface nor the architecture gives a VTL at its start. */
void start_poison(struct vtl_regs *regs);

/* inject.c */
void inject_undefined(struct cpu *cpu, uint64_t pc);
void inject_abort(struct cpu *cpu, uint64_t far, bool is_fetch);
void inject_event(struct cpu *cpu);

/* irq.c: the physical interrupt controller */
void irq_init_machine(void);
void irq_init_cpu(struct cpu *cpu);
void irq_handle(struct cpu *cpu);
void irq_send_kick(struct cpu *cpu);
void irq_timer_set_active(struct cpu *cpu, bool active);

/* Ends of the run. */

#endif
