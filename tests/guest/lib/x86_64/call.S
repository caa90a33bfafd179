/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a call made with every register known before and seen after?
 *
 * void call_with(struct registers *r, uint64_t target): loads every general register but RSP, the
 * flags, MXCSR and XMM0 to XMM15 from r, calls the target, writes all of them back.
 */
	.macro	EACH_XMM op
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\op	\n
	.endr
	.endm

	.macro	LOAD_XMM n
	movups	144 + 16 * \n(%rax), %xmm\n
	.endm

	.macro	STORE_XMM n
	movups	%xmm\n, 144 + 16 * \n(%rax)
	.endm

	.text
	.global	call_with
	.type	call_with, @function
call_with:
	push	%rbx
	push	%rbp
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	push	%rdi
	push	%rsi
	mov	%rdi, %rax
	EACH_XMM LOAD_XMM
	ldmxcsr	136(%rax)
	mov	8 * 1(%rax), %rcx
	mov	8 * 2(%rax), %rdx
	mov	8 * 3(%rax), %rbx
	mov	8 * 5(%rax), %rbp
	mov	8 * 6(%rax), %rsi
	mov	8 * 7(%rax), %rdi
	mov	8 * 8(%rax), %r8
	mov	8 * 9(%rax), %r9
	mov	8 * 10(%rax), %r10
	mov	8 * 11(%rax), %r11
	mov	8 * 12(%rax), %r12
	mov	8 * 13(%rax), %r13
	mov	8 * 14(%rax), %r14
	mov	8 * 15(%rax), %r15
	push	128(%rax)
	popfq
	mov	(%rax), %rax
	call	*(%rsp)
	pushfq
	cld
	xchg	%rax, 16(%rsp)		/* RAX out, r in */
	mov	%rcx, 8 * 1(%rax)
	mov	%rdx, 8 * 2(%rax)
	mov	%rbx, 8 * 3(%rax)
	mov	%rbp, 8 * 5(%rax)
	mov	%rsi, 8 * 6(%rax)
	mov	%rdi, 8 * 7(%rax)
	mov	%r8, 8 * 8(%rax)
	mov	%r9, 8 * 9(%rax)
	mov	%r10, 8 * 10(%rax)
	mov	%r11, 8 * 11(%rax)
	mov	%r12, 8 * 12(%rax)
	mov	%r13, 8 * 13(%rax)
	mov	%r14, 8 * 14(%rax)
	mov	%r15, 8 * 15(%rax)
	pop	128(%rax)
	mov	8(%rsp), %rcx
	mov	%rcx, (%rax)
	stmxcsr	136(%rax)
	EACH_XMM STORE_XMM
	add	$16, %rsp
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbp
	pop	%rbx
	ret
	.size	call_with, . - call_with

	.section .note.GNU-stack, "", @progbits
