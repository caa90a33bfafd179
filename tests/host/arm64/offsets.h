/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does assembly find the fields of struct cpu? cpu.c compares each with the structure,
 * context.c those of struct vtl_regs.
 */
#ifndef TESTS_HOST_ARM64_OFFSETS_H
#define TESTS_HOST_ARM64_OFFSETS_H

#define CPU_X 0
#define CPU_PC 248
#define CPU_PSTATE 256
#define CPU_STACK 264
#define CPU_ASSIST 272
#define CPU_ASSIST_PAGE 280
#define CPU_SLOW 288 /* two bytes: timer_active, slow_switch */
#define CPU_REENTRIES 300
#define CPU_VP_STATE 328 /* eight bytes: active, vtl2_started, three of VTL0 */
#define CPU_VP_ASSIST 760
#define CPU_VP_EVENT 784
#define CPU_REGS 824
#define CPU_VGIC 1416

#define VGIC_SIZE 352
#define VGIC_TIMER 228 /* two bytes: latch, active */

/* struct vtl_regs: PC and PSTATE, X18, X29 and X30, the pairs below, and the last three. */
#define VTL_REGS_SIZE 296
#define VTL_REGS_X18 16
#define VTL_REGS_PAIRS 40
#define VTL_REGS_TIMER (VTL_REGS_PAIRS + 16 * 14)
#define VTL_REGS_ICH_AP1R0 (VTL_REGS_TIMER + 16)

/* X(register, its field, register, its field), as they lie in struct vtl_regs. FPCR and FPSR by
 * encoding: the host is compiled without floating point. */
#define VTL_PAIRS(X)                                                                               \
	X(sp_el0, sp_el0, sp_el1, sp_el1)                                                          \
	X(elr_el1, elr, spsr_el1, spsr)                                                            \
	X(esr_el1, esr, far_el1, far)                                                              \
	X(afsr0_el1, afsr0, afsr1_el1, afsr1)                                                      \
	X(vbar_el1, vbar, sctlr_el1, sctlr)                                                        \
	X(ttbr0_el1, ttbr0, ttbr1_el1, ttbr1)                                                      \
	X(tcr_el1, tcr, mair_el1, mair)                                                            \
	X(amair_el1, amair, contextidr_el1, contextidr)                                            \
	X(cpacr_el1, cpacr, actlr_el1, actlr)                                                      \
	X(tpidr_el0, tpidr_el0, tpidr_el1, tpidr_el1)                                              \
	X(tpidrro_el0, tpidrro, par_el1, par)                                                      \
	X(csselr_el1, csselr, cntkctl_el1, cntkctl)                                                \
	X(S3_3_C4_C4_0, fpcr, S3_3_C4_C4_1, fpsr)                                                  \
	X(ich_vmcr_el2, ich_vmcr, ich_ap0r0_el2, ich_ap0r0)

/* hv.h has these for C. */
#define ENTRY_REASON_VTL_CALL 1
#define ASSIST_AT_REASON 8
#define ASSIST_AT_RETURN_SLOTS 16

/* What HVC #2 and #3 count, in count.c. */
#define COUNT_AT_VTL_CALL 32
#define COUNT_AT_VTL_RETURN 40

#define CPU_STACK_SIZE 16384

#define EXIT_SYNC 0
#define EXIT_IRQ 1
#define EXIT_SERROR 2
#define EXIT_BAD 3

#define ESR_HVC64_HIGH 0x5A00 /* exception class 0x16, a 32-bit instruction */

#endif
