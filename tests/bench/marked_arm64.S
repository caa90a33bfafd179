/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is counted? The instructions strictly between hint #96 and hint #97 (tests/bench/icnt.c):
 * one call or one access, with its arguments already in place.
 */
	.macro COUNTED instruction:vararg
	hint	#96
	\instruction
	hint	#97
	.endm

	.text
/*
 * in: X0 four registers, X1 door (enum door; not smc), X2 address of the door page. Loads X0 to X3
 * from there, makes the call, writes the results back. clobbers X0 to X3, X9 to X11.
 */
	.global counted_call
	.type counted_call, %function
counted_call:
	mov	x9, x0
	mov	x10, x1
	mov	x11, x2
	ldp	x0, x1, [x9]
	ldp	x2, x3, [x9, #16]
	cmp	x10, #1
	b.eq	1f
	cmp	x10, #2
	b.eq	2f
	cmp	x10, #3
	b.eq	3f
	COUNTED str wzr, [x11]
	b	4f
1:	COUNTED hvc #0
	b	4f
2:	COUNTED hvc #1
	b	4f
3:	COUNTED hvc #2
4:	stp	x0, x1, [x9]
	stp	x2, x3, [x9, #16]
	ret
	.size counted_call, . - counted_call

/* in: X0 address. out: W0 what is there. */
	.global counted_load
	.type counted_load, %function
counted_load:
	COUNTED ldr w0, [x0]
	ret
	.size counted_load, . - counted_load

/* in: X0 address, W1 value. */
	.global counted_store
	.type counted_store, %function
counted_store:
	COUNTED str w1, [x0]
	ret
	.size counted_store, . - counted_store

/* Nothing between the marks: must count as nothing. */
	.global counted_nothing
	.type counted_nothing, %function
counted_nothing:
	hint	#96
	hint	#97
	ret
	.size counted_nothing, . - counted_nothing

	.section .note.GNU-stack, "", %progbits
