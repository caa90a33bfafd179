/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a call made many thousand times, by an instruction that only a test would use?
 *
 * call_at(uint64_t x[8], uint64_t code, uint64_t extra): X0 to X7 from x, X17 = extra, code is
 * called, X0 to X7 back to x. The pieces of code below are what may be called; others a payload
 * writes itself. Nothing here is checked but the results: call.S is for that.
 */
	.text
	.global call_at
	.type call_at, %function
call_at:
	stp	x29, x30, [sp, #-32]!
	str	x0, [sp, #16]
	mov	x16, x1
	mov	x17, x2
	ldp	x2, x3, [x0, #16]
	ldp	x4, x5, [x0, #32]
	ldp	x6, x7, [x0, #48]
	ldp	x0, x1, [x0]
	blr	x16
	ldr	x16, [sp, #16]
	stp	x0, x1, [x16]
	stp	x2, x3, [x16, #16]
	stp	x4, x5, [x16, #32]
	stp	x6, x7, [x16, #48]
	ldp	x29, x30, [sp], #32
	ret
	.size call_at, . - call_at

	.macro PIECE name, instruction:vararg
	.global \name
	.type \name, %function
\name:
	\instruction
	ret
	.size \name, . - \name
	.endm

	PIECE piece_page, str wzr, [x17]
	PIECE piece_page_byte, strb wzr, [x17]
	PIECE piece_page_double, str xzr, [x17]
	PIECE piece_hvc0, hvc #0
	PIECE piece_hvc1, hvc #1
	PIECE piece_hvc2, hvc #2
	PIECE piece_hvc3, hvc #3
	PIECE piece_smc, smc #0

/* With interrupts open around the call: one that is pending comes before or behind it. */
	.macro OPEN name, instruction:vararg
	.global \name
	.type \name, %function
\name:
	msr	daifclr, #2
	\instruction
	msr	daifset, #2
	ret
	.size \name, . - \name
	.endm

	OPEN piece_open_page, str wzr, [x17]
	OPEN piece_open_hvc2, hvc #2

	.section .note.GNU-stack, "", %progbits
