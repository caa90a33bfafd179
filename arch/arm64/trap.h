/* SPDX-License-Identifier: BSD-2-Clause */
/* What is kept of an exception in VTL2? */
#ifndef ARCH_ARM64_TRAP_H
#define ARCH_ARM64_TRAP_H

#define TRAP_STACK_SIZE 4096

#ifndef __ASSEMBLER__

#include <stdint.h>

struct trap_frame {
	uint64_t x[31];
	uint64_t sp;
};

_Noreturn void trap_report(const struct trap_frame *frame, uint64_t vector);

#endif
#endif
