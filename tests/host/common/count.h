/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the guest do? Counters, one row each, printed at the end of a run.
 */
#ifndef TESTS_HOST_COMMON_COUNT_H
#define TESTS_HOST_COMMON_COUNT_H

#include <stdint.h>

#define COUNTERS(X)                                                                                \
	X(HVC0, "hvc0")                                                                            \
	X(HVC1, "hvc1")                                                                            \
	X(VTL2_BY_HVC0, "vtl2-hypercall-hvc0")                                                     \
	X(VTL2_BY_HVC1, "vtl2-hypercall-hvc1")                                                     \
	X(VTL_CALL, "vtl-call")                                                                    \
	X(VTL_RETURN, "vtl-return")                                                                \
	X(VTL2_BY_PAGE, "vtl2-hypercall-page")                                                     \
	X(PREEMPT, "preempt")                                                                      \
	X(UNDEF, "undef")                                                                          \
	X(SMC, "smc")                                                                              \
	X(SYSREG, "sysreg")                                                                        \
	X(HYPERCALL, "hypercall")                                                                  \
	X(REFUSED, "hypercall-refused")                                                            \
	X(CONTINUED, "hypercall-continued")                                                        \
	X(ICEPT_UNMAPPED, "intercept-unmapped")                                                    \
	X(ICEPT_GPA, "intercept-gpa")                                                              \
	X(ICEPT_HYPERCALL, "intercept-hypercall")                                                  \
	X(ICEPT_RESET, "intercept-reset")                                                          \
	X(ICEPT_VTL, "intercept-enable-vtl")                                                       \
	X(ICEPT_PORT, "intercept-port")                                                            \
	X(ICEPT_MSR, "intercept-msr")                                                              \
	X(ICEPT_CPUID, "intercept-cpuid")                                                          \
	X(SLOT_BUSY, "slot-busy")                                                                  \
	X(HOST_MMIO, "host-mmio")                                                                  \
	X(GIC_MMIO, "gic-mmio")                                                                    \
	X(UART_MMIO, "uart-mmio")                                                                  \
	X(SGI, "sgi")                                                                              \
	X(TIMER, "timer")                                                                          \
	X(KICK, "kick")                                                                            \
	X(PROTECTED, "pages-protected")                                                            \
	X(ABORT, "abort-injected")                                                                 \
	X(EVENT, "event-injected")                                                                 \
	X(CPU_ON, "cpu-on")                                                                        \
	X(PSCI, "psci")                                                                            \
	X(VMMCALL, "vmmcall")                                                                      \
	X(CPUID, "cpuid")                                                                          \
	X(MSR, "msr")                                                                              \
	X(PORT, "port")                                                                            \
	X(UART_PORT, "uart-port")                                                                  \
	X(INTERRUPT, "interrupt")                                                                  \
	X(GP, "gp-injected")

#define COUNT_ENUM(id, name) COUNT_##id,
enum counter {
	COUNTERS(COUNT_ENUM) COUNT_NUMBER
};
#undef COUNT_ENUM

extern uint64_t count_values[COUNT_NUMBER];
void count(enum counter which);
/* By hypercall code; codes that are not offered are counted together. */
void count_call(uint32_t code);
/* Prints all that are not zero. */
void count_print(void);

#endif
