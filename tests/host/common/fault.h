/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What goes wrong in this run, on command? Option fault=, a comma list of these, each at most once:
 *
 *   list                         one line for each hypercall of VTL2, nothing goes wrong
 *   call:CODE:N[:STATUS[:TIMES]] the N-th hypercall of VTL2 with this code fails (N counts from 1)
 *   any:N[:STATUS[:TIMES]]       the N-th hypercall of VTL2 fails, whatever it is
 *   page:K[:STATUS]              the K-th page that VTL2 protects is refused, those before it done
 *   dead:VP                      StartVirtualProcessor succeeds, and the VP never runs
 *   lost:N  twice:N              the N-th interrupt for VTL2 does not come; comes again when ended
 *   undef:N[:VP]                 at its N-th entry from VTL0 (of that VP), VTL2 takes an undefined
 *                                instruction
 *   uncall:N[:VP]                its N-th hypercall (of that VP) is an undefined instruction
 *
 * Without STATUS, or with 0, it is one of those that the interface documents for the call. TIMES
 * is how many in a row (1); 0: all from there on. What was done is said in a line "fault: ...", so
 * that a test can tell a fault that was survived from one that never happened. At the first VTL
 * return of a VP a line tells how many pages of VTL2's memory VTL0 could reach.
 */
#ifndef TESTS_HOST_COMMON_FAULT_H
#define TESTS_HOST_COMMON_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/host/common/hypercall.h"

enum fault_interrupt {
	FAULT_INTERRUPT_COMES,
	FAULT_INTERRUPT_LOST,
	FAULT_INTERRUPT_TWICE
};

/* False: `error` says which word is not understood. An empty text: nothing goes wrong. */
bool fault_init(const char *text, char *error, size_t error_size);

/* Is anything to go wrong in this run? */
bool fault_asked(void);

/* Before an element of a call is worked on; `first`: of the call. Not 0: it fails with this. */
uint16_t fault_element(const struct hypercall_row *row, const struct hypercall *call,
		       uint32_t element, bool first);

/* An intercept message is written: what VTL2 does next, it does about this. */
void fault_message(uint32_t type);

/* Is this VP one that never runs? */
bool fault_is_dead(const struct vp *vp);

/* What becomes of an interrupt for VTL2. */
enum fault_interrupt fault_interrupt(uint32_t intid);

/* VTL2 was entered from VTL0: does it find an exception? */
bool fault_entry(const struct vp *vp);

/* VTL2 makes a hypercall: does it take an exception instead? */
bool fault_hypercall(const struct vp *vp);

/* VTL2 returns to VTL0. */
void fault_return(const struct vp *vp);

/* VTL2 reports its crash: every VTL0 that ever ran is to be suspended. */
void fault_crash(void);

/* VTL0 is about to run: it must not after VTL2 reported its crash. */
void fault_vtl0_runs(const struct vp *vp);

#endif
