/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a call made with every register known before and seen after?
 *
 * call_with(struct registers *r, unsigned how): loads X0 to X30, the flags and Q0 to Q31 from *r,
 * makes the call, writes all of them back to *r. how: 0 a 32-bit store of zero to the address in
 * r->x[29]; 1 to 3: hvc #0 to #2; 4: smc #0. struct registers (arm64.h): X0 to X30, NZCV, Q0 to
 * Q31. The stack pointer is the only register that is not under test: the results are found by it.
 */
	.arch armv8-a+fp+simd

	.macro EACH_Q_PAIR instruction, base
	.irp n, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
	PAIR \instruction, \n, %(\n + 1), \base
	.endr
	.endm

	.altmacro
	.macro PAIR instruction, a, b, base
	\instruction q\a, q\b, [\base, #(\a * 16)]
	.endm

	.text
	.global call_with
	.type call_with, %function
call_with:
	stp	x29, x30, [sp, #-112]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	stp	x18, x0, [sp, #96]
	cmp	w1, #1
	b.eq	by_hvc0
	cmp	w1, #2
	b.eq	by_hvc1
	cmp	w1, #3
	b.eq	by_hvc2
	cmp	w1, #4
	b.eq	by_smc
	adr	x2, store_to_page
	b	load_registers
by_hvc0:
	adr	x2, call_hvc0
	b	load_registers
by_hvc1:
	adr	x2, call_hvc1
	b	load_registers
by_hvc2:
	adr	x2, call_hvc2
	b	load_registers
by_smc:
	adr	x2, call_smc

/* The address of the call goes to ELR, the flags to SPSR: an eret jumps there without using up
 * a register for the address. */
load_registers:
	msr	elr_el1, x2
	add	x2, x0, #256
	EACH_Q_PAIR ldp, x2
	ldr	x3, [x0, #248]
	mrs	x2, daif
	orr	x3, x3, x2
	mov	x2, #5			/* EL1h */
	orr	x3, x3, x2
	msr	spsr_el1, x3
	ldp	x2, x3, [x0, #16]
	ldp	x4, x5, [x0, #32]
	ldp	x6, x7, [x0, #48]
	ldp	x8, x9, [x0, #64]
	ldp	x10, x11, [x0, #80]
	ldp	x12, x13, [x0, #96]
	ldp	x14, x15, [x0, #112]
	ldp	x16, x17, [x0, #128]
	ldp	x18, x19, [x0, #144]
	ldp	x20, x21, [x0, #160]
	ldp	x22, x23, [x0, #176]
	ldp	x24, x25, [x0, #192]
	ldp	x26, x27, [x0, #208]
	ldp	x28, x29, [x0, #224]
	ldr	x30, [x0, #240]
	ldp	x0, x1, [x0]
	eret

store_to_page:
	str	wzr, [x29]
	b	store_registers
call_hvc0:
	hvc	#0
	b	store_registers
call_hvc1:
	hvc	#1
	b	store_registers
call_hvc2:
	hvc	#2
	b	store_registers
call_smc:
	smc	#0

store_registers:
	sub	sp, sp, #16
	stp	x0, x1, [sp]
	ldr	x0, [sp, #120]		/* the x0 of call_with */
	stp	x2, x3, [x0, #16]
	stp	x4, x5, [x0, #32]
	stp	x6, x7, [x0, #48]
	stp	x8, x9, [x0, #64]
	stp	x10, x11, [x0, #80]
	stp	x12, x13, [x0, #96]
	stp	x14, x15, [x0, #112]
	stp	x16, x17, [x0, #128]
	stp	x18, x19, [x0, #144]
	stp	x20, x21, [x0, #160]
	stp	x22, x23, [x0, #176]
	stp	x24, x25, [x0, #192]
	stp	x26, x27, [x0, #208]
	stp	x28, x29, [x0, #224]
	mrs	x1, nzcv
	stp	x30, x1, [x0, #240]
	ldp	x2, x3, [sp], #16
	stp	x2, x3, [x0]
	add	x2, x0, #256
	EACH_Q_PAIR stp, x2

	ldp	x18, x0, [sp, #96]
	ldp	x27, x28, [sp, #80]
	ldp	x25, x26, [sp, #64]
	ldp	x23, x24, [sp, #48]
	ldp	x21, x22, [sp, #32]
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #112
	ret
	.size call_with, . - call_with

/*
 * in: X0 address. out: X0 what a 32-bit load finds there; 0 where it faults (the vector steps over
 * the load). C could not promise that the load is one instruction.
 */
	.global load32
	.type load32, %function
load32:
	mov	x1, x0
	mov	x0, xzr
	ldr	w0, [x1]
	ret
	.size load32, . - load32

/* in: X0 address, W1 value. One 32-bit store. */
	.global store32
	.type store32, %function
store32:
	str	w1, [x0]
	ret
	.size store32, . - store32

/* in: X0 address. A call there: the first instruction of whatever it is. */
	.global execute
	.type execute, %function
execute:
	stp	x29, x30, [sp, #-16]!
	blr	x0
	ldp	x29, x30, [sp], #16
	ret
	.size execute, . - execute

	.section .note.GNU-stack, "", %progbits
