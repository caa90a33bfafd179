/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must the firmware have room for on the developer's own machine?
 *
 * The third architecture's answer to the names that each architecture defines. VTL0 has 31
 * general registers here too, so that those files of a real architecture that are plain C can be
 * compiled against it and tested.
 */
#ifndef ARCH_TYPES_H
#define ARCH_TYPES_H

/* A page of our own translation tables, and with it of what must be apart in them. */
#ifndef ARCH_PAGE_SHIFT
#define ARCH_PAGE_SHIFT 12
#endif

#include <stddef.h>
#include <stdint.h>

/* Indices into arch.found. */
#define FOUND_PC 0
#define FOUND_SP 1
#define FOUND_SCTLR 2
#define FOUND_TTBR0 3
#define FOUND_X18 4
#define FOUND_COUNT 5

#define ARCH_FIT_NAME "fake"

/* VTL0 can be held without InternalActivityState. */
#define ARCH_CAN_HOLD_VTL0 1

#define ARCH_PC_REGISTER 0x00070022

/* What else VsmPartitionConfig asks for. */
#define ARCH_VSM_CONFIG (UINT64_C(1) << 11)

/* Where we see VTL0's RAM: nothing lies at its own address, so a GPA used as a pointer faults. */
#define ARCH_VTL0_WINDOW UINT64_C(0x20000000)

/* Where nothing of the payload goes but its kernel: the first page. */
#define ARCH_LOW_MEMORY 4096

/* Bytes of a processor's number in a list for the hypervisor: an MPIDR. */
#define ARCH_HW_ID_SIZE 8

/* The interrupt that SINT0 raises where no tree names one: PPI 2 (OpenVMM, VMBus DT binding). */
#define ARCH_SINT_INTERRUPT 18

/* Words of a register block that the fast form carries, and pairs of them (16 bytes each). */
#define ARCH_FAST_WORDS 16
#define ARCH_FAST_PAIRS 8

struct arch_vtl0_regs {
	uint64_t x[31];
};

static inline void arch_relax(void)
{
}

struct arch_vp {
	uint64_t gpa;
	uint64_t gva;
	uint64_t pc;
	uint64_t syndrome;
	uint32_t state;
	uint32_t info;

	uint64_t found[FOUND_COUNT];
	uint64_t gicr_base;
};

/* A request of VTL0: register 0 the id, 1 to 6 the arguments. */
static inline uint64_t arch_call_id(const struct arch_vtl0_regs *regs)
{
	return regs->x[0];
}

static inline const uint64_t *arch_call_args(const struct arch_vtl0_regs *regs)
{
	return &regs->x[1];
}

/* Registers 0 to count - 1 are the results, at least one; everything else is kept. */
static inline void arch_call_finish(struct arch_vtl0_regs *regs, const uint64_t *out, size_t count)
{
	while (--count != 0) {
		regs->x[count] = out[count];
	}
	regs->x[0] = out[0];
}

#endif
