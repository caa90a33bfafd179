/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happened, when VTL2 itself took an exception?
 *
 * May assume: its own stack, one VP. Must never: return.
 */
#include "arch/arm64/trap.h"

#include "arch/arm64/entry.h"
#include "arch/arm64/sysreg.h"
#include "core/check.h"
#include "core/crash_report.h"
#include "core/kconfig.h"
#include "core/log.h"

static const char *class_name(uint64_t esr)
{
	switch ((esr >> 26) & 0x3F) {
	case 0x00:
		return "undefined instruction";
	case 0x07:
		return "FP/SIMD access";
	case 0x0D:
		return "branch target";
	case 0x16:
		return "HVC refused";
	case 0x21:
		return "instruction abort";
	case 0x22:
		return "PC alignment";
	case 0x25:
		return "data abort";
	case 0x26:
		return "SP alignment";
	case 0x3C:
		return "BRK";
	default:
		return "exception";
	}
}

_Noreturn void trap_report(const struct trap_frame *frame, uint64_t vector)
{
	uint64_t esr = SYSREG_READ(esr_el1);
	uint64_t elr = SYSREG_READ(elr_el1);
	unsigned int i;

	fatal_begin();
	log_error("exception in VTL2: %s, vector %lu", class_name(esr), vector);
	log_error("ESR 0x%016lx ELR 0x%016lx (image + 0x%lx) FAR 0x%016lx SPSR 0x%lx", esr, elr,
		  elr - (uintptr_t)_start, SYSREG_READ(far_el1), SYSREG_READ(spsr_el1));
	for (i = 0; i < 30; i += 3) {
		log_error("X%02u 0x%016lx X%02u 0x%016lx X%02u 0x%016lx", i, frame->x[i], i + 1,
			  frame->x[i + 1], i + 2, frame->x[i + 2]);
	}
	log_error("X30 0x%016lx SP  0x%016lx MPIDR 0x%lx", frame->x[30], frame->sp,
		  SYSREG_READ(mpidr_el1));
	if (IS_ENABLED(CONFIG_CRASH_REPORT)) {
		crash_report_place(elr, frame->sp);
	}
	fatal("VTL2", "%s at image + 0x%lx", class_name(esr), elr - (uintptr_t)_start);
}

_Noreturn void __stack_chk_fail(void);
_Noreturn void __stack_chk_fail(void)
{
	fatal("VTL2", "stack overwritten, seen from image + 0x%lx",
	      (uintptr_t)__builtin_return_address(0) - (uintptr_t)_start);
}
