/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of arm64 must the rest of the firmware have room for?
 *
 * Included by the two contract headers and by core/vp.h only.
 */
#ifndef ARCH_TYPES_H
#define ARCH_TYPES_H

/* Indices into arch.found, what the VP saw in its registers at its first instruction. */
#define FOUND_PC 0
#define FOUND_SP 1
#define FOUND_SCTLR 2
#define FOUND_TTBR0 3
#define FOUND_X18 4
#define FOUND_COUNT 5

/* A page of our own translation tables, and with it of what must be apart in them. */
#if defined(CONFIG_ARM64_64K_PAGES)
#define ARCH_PAGE_SHIFT 16
#elif defined(CONFIG_ARM64_16K_PAGES)
#define ARCH_PAGE_SHIFT 14
#else
#define ARCH_PAGE_SHIFT 12
#endif

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

/* What FIT images and others call this architecture. */
#define ARCH_FIT_NAME "arm64"

/* No way but InternalActivityState to hold VTL0 (docs/adr/0005-activity-state.md). */
#define ARCH_CAN_HOLD_VTL0 0

/* The name of VTL0's program counter for SetVpRegisters, in hv/regs.h. */
#define ARCH_PC_REGISTER HV_ARM64_REGISTER_PC

/* What else VsmPartitionConfig asks for. */
#define ARCH_VSM_CONFIG 0

/* Where we see VTL0's RAM: this far above its own address, so that a GPA is never a pointer. */
#define ARCH_VTL0_WINDOW (UINT64_C(1) << 46)

/* Where nothing of the payload goes but its kernel: the first page. */
#define ARCH_LOW_MEMORY 4096

/* Bytes of a processor's number in a list for the hypervisor: an MPIDR. */
#define ARCH_HW_ID_SIZE 8

/* The interrupt that SINT0 raises where no tree names one: PPI 2 (OpenVMM, VMBus DT binding). */
#define ARCH_SINT_INTERRUPT 18

/* Words of a register block that the fast form carries, and pairs of them (16 bytes each). */
#define ARCH_FAST_WORDS 16
#define ARCH_FAST_PAIRS 8

/* In a loop that waits for another VP: lets that one, or another thread of its core, go first. */
static inline void arch_relax(void)
{
	__asm__ volatile("yield");
}

/* VTL0's X0 to X30. X18 is private to each VTL, the hypervisor keeps it: its slot is unused. */
struct arch_vtl0_regs {
	uint64_t x[31];
};

struct arch_vp {
	/* What the hypervisor told of a memory access: fields of its message, unchecked. */
	uint64_t gpa;
	uint64_t gva;
	uint64_t pc;
	uint64_t syndrome;
	uint32_t state;
	uint32_t info;

	uint64_t found[FOUND_COUNT];
	uint64_t gicr_base; /* this VP's redistributor frames; 0: not found */
};

/* A request of VTL0: X0 the id, X1 to X6 the arguments. */
static inline uint64_t arch_call_id(const struct arch_vtl0_regs *regs)
{
	return regs->x[0];
}

static inline const uint64_t *arch_call_args(const struct arch_vtl0_regs *regs)
{
	return &regs->x[1];
}

/* X0 to X(count - 1) are the results, at least one; everything else is kept. */
static inline void arch_call_finish(struct arch_vtl0_regs *regs, const uint64_t *out, size_t count)
{
	while (--count != 0) {
		regs->x[count] = out[count];
	}
	regs->x[0] = out[0];
}

#endif
#endif
