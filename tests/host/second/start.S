/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the second program start, call the hypervisor, and enter VTL0?
 *
 * X18 is private to a VTL (TLFS, VSM): it keeps a pointer across every switch. X29 and X30 are
 * shared or private, the sources differ: they are saved here under both readings.
 */
	.section .text.head, "ax"
	.global _start
_start:
	mrs	x2, sctlr_el1
	bic	x2, x2, #1
	msr	sctlr_el1, x2
	isb
	adr	x1, vectors
	msr	vbar_el1, x1
	ldr	x1, =zeroed
	ldr	x2, =zeroed_end
1:	stp	xzr, xzr, [x1], #16
	cmp	x1, x2
	b.lo	1b
	ldr	x1, =stack_top
	mov	sp, x1
	bl	second_program
	b	.

	.text
/* smccc_call(x): x[0] to x[7] are X0 to X7, both ways. */
	.global smccc_call
smccc_call:
	stp	x29, x30, [sp, #-16]!
	mov	x18, x0
	ldp	x0, x1, [x18]
	ldp	x2, x3, [x18, #16]
	ldp	x4, x5, [x18, #32]
	ldp	x6, x7, [x18, #48]
	hvc	#0
	stp	x0, x1, [x18]
	stp	x2, x3, [x18, #16]
	stp	x4, x5, [x18, #32]
	stp	x6, x7, [x18, #48]
	ldp	x29, x30, [sp], #16
	ret

/* run_lower(x): x[0] to x[3] are VTL0's X5 to X8, both ways; returns when VTL2 is entered again. */
	.global run_lower
run_lower:
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	mov	x18, x0
	ldp	x5, x6, [x18]
	ldp	x7, x8, [x18, #16]
	hvc	#3
	stp	x5, x6, [x18]
	stp	x7, x8, [x18, #16]
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret

	.balign	2048
vectors:
	.rept	16
	.balign	128
	mrs	x0, esr_el1
	mrs	x1, elr_el1
	b	exception
	.endr

/* VTL0's program; copied to VTL0's memory. X7 is the address of a page that it may not read. */
	.section .rodata
	.balign	4
	.global lower_start
	.global lower_load
	.global lower_end
lower_start:
	mov	x5, #0x1234
	hvc	#2
lower_load:
	ldr	x6, [x7]
	add	x6, x6, #1
	hvc	#2
	b	.
lower_end:
