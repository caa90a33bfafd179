/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the self-test start, call the host, and switch VTLs?
 *
 * VTL2 runs with its MMU off. VTL0 runs the few one-instruction pieces at the end of this file, at
 * EL1 with its MMU off: VTL2 sets PC and the shared registers, the piece ends with a VTL call, and
 * so does VTL0's exception vector, with the syndrome in X21 and 0xE in X20.
 */
	.section .text.head, "ax"
	.global _start
_start:
	mrs	x2, sctlr_el1
	bic	x2, x2, #1
	msr	sctlr_el1, x2
	isb
	adr	x1, vtl2_vectors
	msr	vbar_el1, x1
	ldr	x1, =selftest_bss
	ldr	x2, =selftest_end
1:	stp	xzr, xzr, [x1], #16
	cmp	x1, x2
	b.lo	1b
	ldr	x1, =stacks + 8192
	mov	sp, x1
	bl	test_main
	b	.

	.text
	.global second_entry
second_entry:
	adr	x1, vtl2_vectors
	msr	vbar_el1, x1
	mov	x0, x18
	bl	second_main
	b	.

/* call_hvc1(r), call_hvc0(r): r[0..17] are X0 to X17, both ways. */
	.macro	CALL name, immediate
	.global \name
\name:
	str	x0, [sp, #-16]!
	mov	x18, x0
	ldp	x0, x1, [x18]
	ldp	x2, x3, [x18, #16]
	ldp	x4, x5, [x18, #32]
	ldp	x6, x7, [x18, #48]
	ldp	x8, x9, [x18, #64]
	ldp	x10, x11, [x18, #80]
	ldp	x12, x13, [x18, #96]
	ldp	x14, x15, [x18, #112]
	ldp	x16, x17, [x18, #128]
	hvc	#\immediate
	ldr	x18, [sp], #16
	stp	x0, x1, [x18]
	stp	x2, x3, [x18, #16]
	stp	x4, x5, [x18, #32]
	stp	x6, x7, [x18, #48]
	stp	x8, x9, [x18, #64]
	stp	x10, x11, [x18, #80]
	stp	x12, x13, [x18, #96]
	stp	x14, x15, [x18, #112]
	stp	x16, x17, [x18, #128]
	ret
	.endm

	CALL	call_hvc0, 0
	CALL	call_hvc1, 1

/* vtl_return(r): r[0..23] are X0 to X23 of VTL0, both ways. */
	.global vtl_return
vtl_return:
	stp	x29, x30, [sp, #-112]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	mov	x18, x0
	ldp	x0, x1, [x18]
	ldp	x2, x3, [x18, #16]
	ldp	x4, x5, [x18, #32]
	ldp	x6, x7, [x18, #48]
	ldp	x8, x9, [x18, #64]
	ldp	x10, x11, [x18, #80]
	ldp	x12, x13, [x18, #96]
	ldp	x14, x15, [x18, #112]
	ldp	x16, x17, [x18, #128]
	ldp	x20, x21, [x18, #160]
	ldp	x22, x23, [x18, #176]
	hvc	#3
	stp	x0, x1, [x18]
	stp	x2, x3, [x18, #16]
	stp	x4, x5, [x18, #32]
	stp	x6, x7, [x18, #48]
	stp	x8, x9, [x18, #64]
	stp	x10, x11, [x18, #80]
	stp	x12, x13, [x18, #96]
	stp	x14, x15, [x18, #112]
	stp	x16, x17, [x18, #128]
	stp	x20, x21, [x18, #160]
	stp	x22, x23, [x18, #176]
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #112
	ret

	.balign	2048
vtl2_vectors:
	.rept	16
	.balign	128
	mrs	x0, esr_el1
	mrs	x1, elr_el1
	mrs	x2, far_el1
	b	test_exception
	.endr

/* VTL0. The page that holds this is not protected. */
	.balign	4096
	.global vtl0_vectors
vtl0_vectors:
	.rept	16
	.balign	128
	mrs	x21, esr_el1
	mrs	x22, far_el1
	mrs	x23, elr_el1
	mov	x20, #0xE
	hvc	#2
	b	.
	.endr

	.macro	PIECE name
	.balign	16
	.global \name
\name:
	.endm

	PIECE	vtl0_nothing
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_load
	ldr	w0, [x1]
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_store
	str	w0, [x1]
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_pair
	ldp	x0, x2, [x1]
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_jump
	br	x1
	PIECE	vtl0_hvc0
	hvc	#0
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_hvc1
	hvc	#1
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_hvc3
	hvc	#3
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_hvc4
	hvc	#4
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_smc
	smc	#0
	mov	x20, #1
	hvc	#2
	PIECE	vtl0_counter
	mrs	x0, pmccntr_el0
	mov	x20, #1
	hvc	#2
/* X1: flag; the interrupt is taken by polling. */
	PIECE	vtl0_take_interrupt
	mov	x2, #0xF0
	msr	S3_0_C4_C6_0, x2
	mov	x2, #1
	msr	S3_0_C12_C12_7, x2
	isb
	mrs	x0, S3_0_C12_C12_0
	msr	S3_0_C12_C12_1, x0
	isb
	mov	x20, #1
	hvc	#2
/* Private registers of VTL0, old values out, new ones in: X18, TPIDR_EL0, TPIDR_EL1, CPACR_EL1. */
	PIECE	vtl0_private
	mov	x0, x18
	mrs	x1, tpidr_el0
	mrs	x2, tpidr_el1
	mrs	x3, cpacr_el1
	mov	x18, #0x1818
	mov	x4, #0x1111
	msr	tpidr_el0, x4
	msr	tpidr_el1, x4
	mov	x4, #0x300000
	msr	cpacr_el1, x4
	isb
	mov	x20, #1
	hvc	#2
/* The other private ones that QEMU keeps: what is there to X0 to X14, then bit 7 the other way. */
	.macro	EACH_PRIVATE op
	\op	x0, sp_el0
	\op	x1, elr_el1
	\op	x2, spsr_el1
	\op	x3, esr_el1
	\op	x4, far_el1
	\op	x5, ttbr0_el1
	\op	x6, ttbr1_el1
	\op	x7, tcr_el1
	\op	x8, mair_el1
	\op	x9, contextidr_el1
	\op	x10, tpidrro_el0
	\op	x11, par_el1
	\op	x12, cntkctl_el1
	\op	x13, fpsr
	\op	x14, cntv_cval_el0
	.endm
	.macro	READ_PRIVATE to, register
	mrs	\to, \register
	.endm
	.macro	TURN_PRIVATE from, register
	eor	x16, \from, #0x80
	msr	\register, x16
	.endm
	PIECE	vtl0_all_private
	EACH_PRIVATE READ_PRIVATE
	EACH_PRIVATE TURN_PRIVATE
	isb
	mov	x20, #1
	hvc	#2
/* Until VTL2's interrupt comes, whatever VTL0 masks. */
	PIECE	vtl0_spin
	msr	daifset, #0xf
1:	b	1b
/* A secondary of VTL0: its argument to where X0 points, then sleep. */
	PIECE	vtl0_second
	str	x0, [x0]
	dsb	sy
1:	wfi
	b	1b
