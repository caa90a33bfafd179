/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of x86_64 must the rest of the firmware have room for?
 *
 * Included by the two contract headers and by core/vp.h only.
 */
#ifndef ARCH_TYPES_H
#define ARCH_TYPES_H

/* Indices into arch.found, what the VP saw in its registers at its first instruction. */
#define FOUND_RIP 0
#define FOUND_RSP 1
#define FOUND_CR0 2
#define FOUND_CR3 3
#define FOUND_CR4 4
#define FOUND_EFER 5
#define FOUND_COUNT 6

/* Where in struct arch_vtl0_regs each of VTL0's general registers lies: those of a request in the
 * order in which it has them. */
#define REG_RAX 0
#define REG_RCX 1
#define REG_RDX 2
#define REG_R8 3
#define REG_R9 4
#define REG_R10 5
#define REG_R11 6
#define REG_RSI 7
#define REG_RDI 8
#define REG_RBX 9
#define REG_RBP 10
#define REG_R12 11
#define REG_R13 12
#define REG_R14 13
#define REG_R15 14
#define REG_COUNT 15

/* A page of our own translation tables, and with it of what must be apart in them. */
#define ARCH_PAGE_SHIFT 12

#ifndef __ASSEMBLER__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What FIT images and others call this architecture. */
#define ARCH_FIT_NAME "x86_64"

/* VTL0 can be held without InternalActivityState: by an INIT. */
#define ARCH_CAN_HOLD_VTL0 1

/* The name of VTL0's program counter for SetVpRegisters, in hv/regs.h. */
#define ARCH_PC_REGISTER HV_X64_REGISTER_RIP

/* What else VsmPartitionConfig asks for: CPUID leaves that nobody defines, and triple faults. */
#define ARCH_VSM_CONFIG                                                                            \
	(HV_VSM_PARTITION_CONFIG_INTERCEPT_CPUID_UNIMPLEMENTED |                                   \
	 HV_VSM_PARTITION_CONFIG_INTERCEPT_UNRECOVERABLE_EXCEPTION)

/* Where we see VTL0's RAM: this far above its own address, so that a GPA is never a pointer. */
#define ARCH_VTL0_WINDOW (UINT64_C(1) << 46)

/* Where nothing of the payload goes but its kernel: what a PC has other uses for. */
#define ARCH_LOW_MEMORY 0x100000

/* Bytes of a processor's number in a list for the hypervisor: an APIC id. */
#define ARCH_HW_ID_SIZE 4

/* The interrupt that SINT0 raises where no tree names one; ours to choose, as VTL2 has its own
 * vectors. */
#define ARCH_SINT_INTERRUPT 0x40

/* What the fast form carries without vector registers: RDX and R8. */
#define ARCH_FAST_WORDS 2
#define ARCH_FAST_PAIRS 1

/* In a loop that waits for another VP: lets another thread of its core go first. */
static inline void arch_relax(void)
{
	__asm__ volatile("pause");
}

/* RSP is private to each VTL, the hypervisor keeps it. */
struct arch_vtl0_regs {
	uint64_t gpr[REG_COUNT];
};

/* What every intercept message begins with. */
struct icept_head {
	uint64_t pc;
	uint8_t length; /* of the instruction; 0 where the hypervisor does not tell */
	uint8_t access; /* HV_INTERCEPT_ACCESS_* */
	bool from_user;
	bool is_long;	    /* EFER.LMA */
	bool is_64;	    /* and the code segment is a 64-bit one */
	bool event_pending; /* an event was being delivered: make no second one */
};

#include "arch/x86_64/decode.h"

#define ARCH_TSS_SIZE 104
#define ARCH_FAULT_WORDS 16

struct vp;

struct arch_vp {
	struct vp *self; /* where GS points, so that one load finds the struct vp */

	/* What the hypervisor told of a memory access, unchecked. */
	uint64_t gpa;
	struct icept_head told;
	struct decoded insn; /* of that access; length 0: not known */

	uint64_t found[FOUND_COUNT];
	uint64_t arrived; /* interrupts that came while the window was open, a bit for each */
	/* Where the processor writes an exception's frame, whatever the stack pointer is. */
	uint64_t fault_stack[ARCH_FAULT_WORDS] __attribute__((aligned(16)));
	uint8_t tss[ARCH_TSS_SIZE] __attribute__((aligned(8)));
};

/* A request of VTL0: R8 the id; R9 R10 R11 RSI RDI RBX the arguments. */
static inline uint64_t arch_call_id(const struct arch_vtl0_regs *regs)
{
	return regs->gpr[REG_R8];
}

static inline const uint64_t *arch_call_args(const struct arch_vtl0_regs *regs)
{
	return &regs->gpr[REG_R9];
}

/* R8 to R11 are the results; the two ways in destroy RAX, RCX and RDX; everything else is kept. */
static inline void arch_call_finish(struct arch_vtl0_regs *regs, const uint64_t *out, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		regs->gpr[REG_R8 + i] = out[i];
	}
	regs->gpr[REG_RAX] = 0;
	regs->gpr[REG_RCX] = 0;
	regs->gpr[REG_RDX] = 0;
}

#endif
#endif
