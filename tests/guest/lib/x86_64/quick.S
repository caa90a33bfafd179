/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a call made many thousand times, and an instruction that may fault?
 *
 * An expected fault returns from the function that it happens in (cpu.c), so each of these has
 * nothing on its stack, and its result, RAX, is 0 before the instruction.
 */
	.macro	FUNC name
	.global	\name
	.type	\name, @function
\name:
	.endm

	.macro	END name
	ret
	.size	\name, . - \name
	.endm

	.text
/* uint64_t call_at(uint64_t x[8], uint64_t code, uint64_t extra): x64.h. */
	.global	call_at
	.type	call_at, @function
call_at:
	push	%rbx
	push	%r12
	push	%r13
	push	%rdi
	push	%rsi
	mov	%rdx, %rcx
	mov	%rdx, %r13
	mov	%rdi, %rax
	mov	(%rax), %r8
	mov	8(%rax), %r9
	mov	16(%rax), %r10
	mov	24(%rax), %r11
	mov	32(%rax), %rsi
	mov	40(%rax), %rdi
	mov	48(%rax), %rbx
	mov	56(%rax), %r12
	xor	%eax, %eax
	xor	%edx, %edx
	call	*(%rsp)
	mov	8(%rsp), %r13
	mov	%r8, (%r13)
	mov	%r9, 8(%r13)
	mov	%r10, 16(%r13)
	mov	%r11, 24(%r13)
	mov	%rsi, 32(%r13)
	mov	%rdi, 40(%r13)
	mov	%rbx, 48(%r13)
	mov	%r12, 56(%r13)
	or	%rcx, %rax
	or	%rdx, %rax
	add	$16, %rsp
	pop	%r13
	pop	%r12
	pop	%rbx
	ret
	.size	call_at, . - call_at

	FUNC	piece_wrmsr
	wrmsr
	END	piece_wrmsr

	FUNC	piece_open_wrmsr
	sti
	nop
	wrmsr
	cli
	END	piece_open_wrmsr

	FUNC	piece_open_call
	xor	%ecx, %ecx
	sti
	nop
	call	*%r13
	cli
	END	piece_open_call

	FUNC	piece_vmmcall
	vmmcall
	END	piece_vmmcall

	FUNC	piece_vmcall
	vmcall
	END	piece_vmcall

/* uint64_t hypercall_at(const uint64_t words[6], uint64_t control, uint64_t page): x64.h. */
	.global	hypercall_at
	.type	hypercall_at, @function
hypercall_at:
	mov	%rsi, %rcx
	mov	%rdx, %rax
	mov	(%rdi), %rdx
	mov	8(%rdi), %r8
	movups	16(%rdi), %xmm0
	movups	32(%rdi), %xmm1
	call	*%rax
	ret
	.size	hypercall_at, . - hypercall_at

	FUNC	load32
	xor	%eax, %eax
	mov	(%rdi), %eax
	END	load32

	FUNC	store32
	mov	%esi, (%rdi)
	END	store32

/* Where nothing can be fetched the fault's return is the one to here. */
	.global	execute
	.type	execute, @function
execute:
	call	*%rdi
	ret
	.size	execute, . - execute

	FUNC	try_rdmsr
	xor	%eax, %eax
	mov	%edi, %ecx
	rdmsr
	shl	$32, %rdx
	or	%rdx, %rax
	END	try_rdmsr

	FUNC	try_wrmsr
	mov	%edi, %ecx
	mov	%rsi, %rdx
	shr	$32, %rdx
	mov	%esi, %eax
	wrmsr
	END	try_wrmsr

	FUNC	try_rdpmc
	xor	%eax, %eax
	mov	%edi, %ecx
	rdpmc
	shl	$32, %rdx
	or	%rdx, %rax
	END	try_rdpmc

	FUNC	try_in
	mov	%edi, %edx
	xor	%eax, %eax
	cmp	$2, %esi
	je	1f
	ja	2f
	in	%dx, %al
	ret
1:	in	%dx, %ax
	ret
2:	in	%dx, %eax
	END	try_in

	FUNC	try_out
	mov	%edx, %eax
	mov	%edi, %edx
	cmp	$2, %esi
	je	1f
	ja	2f
	out	%al, %dx
	ret
1:	out	%ax, %dx
	ret
2:	out	%eax, %dx
	END	try_out

	FUNC	try_outs
	mov	%edi, %edx
	outsb
	END	try_outs

	FUNC	try_ins
	mov	%edi, %edx
	mov	%rsi, %rdi
	insb
	END	try_ins

	.section .note.GNU-stack, "", @progbits
