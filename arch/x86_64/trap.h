/* SPDX-License-Identifier: BSD-2-Clause */
/* What is kept of an exception in VTL2, and of an interrupt? */
#ifndef ARCH_X86_64_TRAP_H
#define ARCH_X86_64_TRAP_H

#define TRAP_STACK_SIZE 4096
#define TRAP_FRAME_SIZE (8 * 21)

/* The vector by which VTL2 of one VP calls the others in. */
#define VECTOR_KICK 0x41
#define VECTOR_SPURIOUS 0xFF

/* Bits of arch.arrived. */
#define ARRIVED_SINT 1
#define ARRIVED_KICK 2

#ifndef __ASSEMBLER__

#include <stdint.h>

#include "core/arch.h"

struct trap_frame {
	uint64_t gpr[16]; /* in the order in which instructions count them */
	uint64_t number;
	uint64_t error_code;
	uint64_t rip;
	uint64_t cs;
	uint64_t rflags;
};
_Static_assert(sizeof(struct trap_frame) == TRAP_FRAME_SIZE, "vectors.S");

_Noreturn void trap_report(const struct trap_frame *frame);

#endif
#endif
