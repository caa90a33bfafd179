/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a guest left and entered?
 *
 * An exception from EL1 or EL0 saves X0 to X30, PC and PSTATE to this processor's struct cpu, which
 * TPIDR_EL2 points at, calls trap_handle(cpu, kind), and goes back. All else stays in the
 * registers: the host uses no FP register, and the EL1 registers change only in a VTL switch.
 * An exception from EL2 itself is the host's own fault and ends the run.
 */
#include "tests/host/arm64/offsets.h"

	.macro	LOWER kind
	.balign	128
	stp	x0, x1, [sp, #-16]!
	mov	x1, #\kind
	b	guest_leave
	.endm

/* A VTL call or return: perhaps switch.S does it all. A syndrome of an HVC ends in its number. */
	.macro	LOWER_SYNC
	.balign	128
	stp	x0, x1, [sp, #-16]!
	mrs	x0, esr_el2
	movz	x1, #ESR_HVC64_HIGH, lsl #16
	sub	x0, x0, x1
	cmp	x0, #2
	b.eq	switch_to_vtl2
	cmp	x0, #3
	b.eq	switch_to_vtl0
	mov	x1, #EXIT_SYNC
	b	guest_leave
	.endm

	.macro	OWN kind
	.balign	128
	stp	x0, x1, [sp, #-16]!
	mov	x1, #\kind
	b	host_fault
	.endm

	.text
	.balign	2048
	.global host_vectors
host_vectors:
	OWN	0
	OWN	1
	OWN	2
	OWN	3
	OWN	4
	OWN	5
	OWN	6
	OWN	7
	LOWER_SYNC
	LOWER	EXIT_IRQ
	LOWER	EXIT_BAD
	LOWER	EXIT_SERROR
	LOWER	EXIT_BAD
	LOWER	EXIT_BAD
	LOWER	EXIT_BAD
	LOWER	EXIT_BAD

/* X1: kind; the guest's X0 and X1 on the stack. */
	.global guest_leave
	.type guest_leave, %function
guest_leave:
	mrs	x0, tpidr_el2
	stp	x2, x3, [x0, #CPU_X + 16]
	stp	x4, x5, [x0, #CPU_X + 32]
	stp	x6, x7, [x0, #CPU_X + 48]
	stp	x8, x9, [x0, #CPU_X + 64]
	stp	x10, x11, [x0, #CPU_X + 80]
	stp	x12, x13, [x0, #CPU_X + 96]
	stp	x14, x15, [x0, #CPU_X + 112]
	stp	x16, x17, [x0, #CPU_X + 128]
	stp	x18, x19, [x0, #CPU_X + 144]
	stp	x20, x21, [x0, #CPU_X + 160]
	stp	x22, x23, [x0, #CPU_X + 176]
	stp	x24, x25, [x0, #CPU_X + 192]
	stp	x26, x27, [x0, #CPU_X + 208]
	stp	x28, x29, [x0, #CPU_X + 224]
	str	x30, [x0, #CPU_X + 240]
	ldp	x2, x3, [sp], #16
	stp	x2, x3, [x0, #CPU_X]
	mrs	x2, elr_el2
	mrs	x3, spsr_el2
	stp	x2, x3, [x0, #CPU_PC]
	bl	trap_handle
	/* fall through */

	.global guest_enter
	.type guest_enter, %function
guest_enter:
	mrs	x0, tpidr_el2
	ldr	x1, [x0, #CPU_STACK]
	mov	sp, x1
	ldp	x2, x3, [x0, #CPU_PC]
	msr	elr_el2, x2
	msr	spsr_el2, x3
	ldp	x2, x3, [x0, #CPU_X + 16]
	ldp	x4, x5, [x0, #CPU_X + 32]
	ldp	x6, x7, [x0, #CPU_X + 48]
	ldp	x8, x9, [x0, #CPU_X + 64]
	ldp	x10, x11, [x0, #CPU_X + 80]
	ldp	x12, x13, [x0, #CPU_X + 96]
	ldp	x14, x15, [x0, #CPU_X + 112]
	ldp	x16, x17, [x0, #CPU_X + 128]
	ldp	x18, x19, [x0, #CPU_X + 144]
	ldp	x20, x21, [x0, #CPU_X + 160]
	ldp	x22, x23, [x0, #CPU_X + 176]
	ldp	x24, x25, [x0, #CPU_X + 192]
	ldp	x26, x27, [x0, #CPU_X + 208]
	ldp	x28, x29, [x0, #CPU_X + 224]
	ldr	x30, [x0, #CPU_X + 240]
	ldp	x0, x1, [x0, #CPU_X]
	eret
	.size guest_enter, . - guest_enter

/* X1: vector number. A second fault while reporting the first must not loop. */
	.type host_fault, %function
host_fault:
	mov	x0, x1
	mov	x1, x30
	bl	fatal_exception
1:	wfi
	b	1b
	.size host_fault, . - host_fault
