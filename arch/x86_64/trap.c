/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happened, when VTL2 itself took an exception?
 *
 * May assume: its own stack, one VP. Must never: return.
 */
#include "arch/x86_64/trap.h"

#include "arch/x86_64/entry.h"
#include "arch/x86_64/sysreg.h"
#include "core/check.h"
#include "core/crash_report.h"
#include "core/kconfig.h"
#include "core/log.h"

/* The trapping byte is a debug exception, reported behind it, or unknown to an emulator. */
static bool is_early_hypercall(const struct trap_frame *frame)
{
	uint64_t at = frame->number == 1 ? frame->rip - 1 : frame->rip;

	return (frame->number == 1 || frame->number == 6) &&
	       at - (uintptr_t)hypercall_page < HYPERCALL_PAGE_SIZE &&
	       *(const uint8_t *)(uintptr_t)at == HYPERCALL_PAGE_TRAP;
}

static const char *name_of(const struct trap_frame *frame)
{
	if (is_early_hypercall(frame)) {
		return "hypercall before the channel was open";
	}
	switch (frame->number) {
	case 0:
		return "division";
	case 1:
		return "debug exception";
	case 2:
		return "NMI";
	case 3:
		return "breakpoint";
	case 6:
		return "undefined instruction";
	case 7:
		return "FP/SIMD access";
	case 8:
		return "double fault";
	case 12:
		return "stack fault";
	case 13:
		return "general protection";
	case 14:
		return "page fault";
	case 18:
		return "machine check";
	default:
		return "exception";
	}
}

_Noreturn void trap_report(const struct trap_frame *frame)
{
	const uint64_t *r = frame->gpr;
	uint64_t offset = frame->rip - (uintptr_t)_start;
	unsigned int i;

	fatal_begin();
	log_error("exception in VTL2: %s, vector %lu", name_of(frame), frame->number);
	log_error("RIP 0x%016lx (image + 0x%lx) error code 0x%lx CR2 0x%016lx RFLAGS 0x%lx",
		  frame->rip, offset, frame->error_code, CR_READ(2), frame->rflags);
	log_error("RAX 0x%016lx RCX 0x%016lx RDX 0x%016lx RBX 0x%016lx", r[0], r[1], r[2], r[3]);
	log_error("RSP 0x%016lx RBP 0x%016lx RSI 0x%016lx RDI 0x%016lx", r[4], r[5], r[6], r[7]);
	for (i = 8; i < ARRAY_SIZE(frame->gpr); i += 2) {
		log_error("R%02u 0x%016lx R%02u 0x%016lx", i, r[i], i + 1, r[i + 1]);
	}
	log_error("CS 0x%lx CR0 0x%lx CR3 0x%lx CR4 0x%lx", frame->cs, CR_READ(0), CR_READ(3),
		  CR_READ(4));
	if (IS_ENABLED(CONFIG_CRASH_REPORT)) {
		crash_report_place(frame->rip, r[4]);
	}
	fatal("VTL2", "%s at image + 0x%lx", name_of(frame), offset);
}

_Noreturn void __stack_chk_fail(void);
_Noreturn void __stack_chk_fail(void)
{
	fatal("VTL2", "stack overwritten, seen from image + 0x%lx",
	      (uintptr_t)__builtin_return_address(0) - (uintptr_t)_start);
}
