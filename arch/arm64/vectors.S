/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions in VTL2: none is expected, each is reported in full and ends the run.
 *
 * The stack pointer may be what is broken, so the report has a stack of its own; the first VP to
 * get here takes it, any later one stops silently.
 */
#include "arch/arm64/asm.h"
#include "arch/arm64/trap.h"

.macro	vector number
	.balign	0x80
	msr	tpidr_el1, x18			/* free: nothing else uses it */
	mov	x18, #\number
	b	exception
.endm

	.section .text.vectors, "ax", %progbits
	.balign	0x800
	.global	vectors
	.hidden	vectors
	.type	vectors, %function
vectors:
	.set	i, 0
	.rept	16
	vector	i
	.set	i, i + 1
	.endr
	.size	vectors, . - vectors

/* In: X18 = vector number, TPIDR_EL1 = the interrupted X18. Everything else as it was. */
	.type	exception, %function
exception:
	msr	tpidrro_el0, x19
	msr	tpidr_el0, x20
	msr	contextidr_el1, x18
	adrp	x19, trap_taken
	add	x19, x19, :lo12:trap_taken
1:	ldaxr	w20, [x19]
	cbnz	w20, 3f
	mov	w20, #1
	stlxr	w18, w20, [x19]
	cbnz	w18, 1b
	adrp	x19, trap_frame
	add	x19, x19, :lo12:trap_frame
	mrs	x20, tpidr_el0
	stp	x0, x1, [x19, #8 * 0]
	stp	x2, x3, [x19, #8 * 2]
	stp	x4, x5, [x19, #8 * 4]
	stp	x6, x7, [x19, #8 * 6]
	stp	x8, x9, [x19, #8 * 8]
	stp	x10, x11, [x19, #8 * 10]
	stp	x12, x13, [x19, #8 * 12]
	stp	x14, x15, [x19, #8 * 14]
	stp	x16, x17, [x19, #8 * 16]
	mrs	x0, tpidr_el1
	mrs	x1, tpidrro_el0
	stp	x0, x1, [x19, #8 * 18]
	stp	x20, x21, [x19, #8 * 20]
	stp	x22, x23, [x19, #8 * 22]
	stp	x24, x25, [x19, #8 * 24]
	stp	x26, x27, [x19, #8 * 26]
	stp	x28, x29, [x19, #8 * 28]
	mov	x1, sp
	stp	x30, x1, [x19, #8 * 30]
	mov	x0, x19
	mrs	x1, contextidr_el1
	mrs	x18, tpidr_el1			/* struct vp again, if it was */
	adrp	x2, trap_stack_top
	add	x2, x2, :lo12:trap_stack_top
	mov	sp, x2
	mov	x29, xzr
	mov	x30, xzr
	bl	trap_report
3:	wfi
	b	3b
	.size	exception, . - exception

	.section .bss.trap, "aw", %nobits
	.balign	16
	.global	trap_taken
	.hidden	trap_taken
	.type	trap_taken, %object
trap_taken:
	.skip	16
	.size	trap_taken, . - trap_taken
	.type	trap_frame, %object
trap_frame:
	.skip	8 * 32
	.size	trap_frame, . - trap_frame
	.type	trap_stack, %object
trap_stack:
	.skip	TRAP_STACK_SIZE
trap_stack_top:
	.size	trap_stack, . - trap_stack

	.section .note.GNU-stack, "", %progbits
