/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the self-test start, call the host, and switch VTLs?
 *
 * VTL2 begins in 64-bit mode with its own memory mapped and no stack. Everything that may fault is
 * done by a small function here that says where to go on after a fault.
 */
	.section .text.head, "ax"
	.global _start
_start:
	cli
	cld
	leaq	selftest_bss(%rip), %rdi
	leaq	selftest_end(%rip), %rcx
	subq	%rdi, %rcx
	xorl	%eax, %eax
	rep	stosb
	leaq	stacks + 8192(%rip), %rsp
	xorl	%ebp, %ebp
	call	setup_processor
	call	test_main
1:	jmp	1b

	.text
/* Where another VP begins: its context gave it a stack. */
	.global second_entry
second_entry:
	call	setup_processor
	call	second_main
1:	jmp	1b

/* load_tables(gdt, idt): the code and data selectors are 8 and 16. */
	.global load_tables
load_tables:
	lgdt	(%rdi)
	lidt	(%rsi)
	movl	$16, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	popq	%rax
	pushq	$8
	pushq	%rax
	lretq

/* hypercall(control, in, out): the result. */
	.global hypercall
hypercall:
	movq	%rdi, %rcx
	movq	%rdx, %r8
	movq	%rsi, %rdx
	call	*hypercall_entry(%rip)
	ret

/* fast_call(control, words): RDX, R8 and XMM0 to XMM5, both ways; the result. */
	.global fast_call
fast_call:
	pushq	%rbx
	movq	%rsi, %rbx
	movq	%rdi, %rcx
	movq	(%rbx), %rdx
	movq	8(%rbx), %r8
	movups	16(%rbx), %xmm0
	movups	32(%rbx), %xmm1
	movups	48(%rbx), %xmm2
	movups	64(%rbx), %xmm3
	movups	80(%rbx), %xmm4
	movups	96(%rbx), %xmm5
	call	*hypercall_entry(%rip)
	movq	%rdx, (%rbx)
	movq	%r8, 8(%rbx)
	movups	%xmm0, 16(%rbx)
	movups	%xmm1, 32(%rbx)
	movups	%xmm2, 48(%rbx)
	movups	%xmm3, 64(%rbx)
	movups	%xmm4, 80(%rbx)
	movups	%xmm5, 96(%rbx)
	popq	%rbx
	ret

	.macro	EACH move
	\move	rdx, 2
	\move	rbx, 3
	\move	rbp, 5
	\move	rsi, 6
	\move	r8, 8
	\move	r9, 9
	\move	r10, 10
	\move	r11, 11
	\move	r12, 12
	\move	r13, 13
	\move	r14, 14
	\move	r15, 15
	.endm

	.macro	TO_REG reg, number
	movq	8 * \number(%rdi), %\reg
	.endm

	.macro	FROM_REG reg, number
	movq	%\reg, 8 * \number(%rdi)
	.endm

/*
 * vtl_return(regs, input): regs are RAX to R15 of VTL0, both ways; RAX and RCX go by the assist
 * page, where the caller puts them. Input 1 is the fast return.
 */
	.global vtl_return
vtl_return:
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	pushq	%rdi
	movq	%rsi, %rcx
	EACH	TO_REG
	movq	8 * 6(%rdi), %rsi
	movq	8 * 7(%rdi), %rdi
	call	*return_entry(%rip)
	pushq	%rdi
	movq	8(%rsp), %rdi
	EACH	FROM_REG
	movq	%rax, (%rdi)
	movq	%rcx, 8(%rdi)
	popq	8 * 7(%rdi)
	popq	%rdi
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret

/* Each puts its result where the second argument points, and returns 0 or the fault's vector. */
	.macro	TRY name
	.global \name
\name:
	leaq	9f(%rip), %rax
	movq	%rax, fault_resume(%rip)
	movq	%rsp, fault_stack(%rip)
	.endm

	.macro	TRIED
	xorl	%eax, %eax
	movq	%rax, fault_resume(%rip)
9:	ret
	.endm

	TRY	try_rdmsr
	movl	%edi, %ecx
	rdmsr
	shlq	$32, %rdx
	orq	%rdx, %rax
	movq	%rax, (%rsi)
	TRIED

	TRY	try_wrmsr
	movl	%edi, %ecx
	movq	%rsi, %rdx
	movl	%esi, %eax
	shrq	$32, %rdx
	wrmsr
	TRIED

	TRY	try_vmmcall
	vmmcall
	TRIED

	TRY	try_call
	movq	%rsi, %rcx
	call	*%rdi
	TRIED

	TRY	try_store
	movb	%sil, (%rdi)
	TRIED

/* A fault: the vector in RAX behind the instruction that was tried, else the end of the test. */
	.macro	VECTOR number, has_error
	.balign	16
	.if	!\has_error
	pushq	$0
	.endif
	pushq	$\number
	jmp	fault
	.endm

	.balign	16
	.global vectors
vectors:
	.irp	number, 0, 1, 2, 3, 4, 5, 6, 7
	VECTOR	\number, 0
	.endr
	VECTOR	8, 1
	VECTOR	9, 0
	.irp	number, 10, 11, 12, 13, 14
	VECTOR	\number, 1
	.endr
	VECTOR	15, 0
	VECTOR	16, 0
	VECTOR	17, 1
	.irp	number, 18, 19, 20
	VECTOR	\number, 0
	.endr

fault:
	cmpq	$0, fault_resume(%rip)
	je	1f
	movq	fault_resume(%rip), %rax
	movq	%rax, 16(%rsp)
	movq	fault_stack(%rip), %rax
	movq	%rax, 40(%rsp)
	movq	$0, fault_resume(%rip)
	popq	%rax
	addq	$8, %rsp
	iretq
1:	movq	(%rsp), %rdi
	movq	8(%rsp), %rsi
	movq	16(%rsp), %rdx
	call	test_exception
2:	jmp	2b

/* An interrupt: counted, and ended. */
	.balign	16
	.global interrupt
interrupt:
	pushq	%rax
	pushq	%rcx
	pushq	%rdx
	incq	interrupts(%rip)
	movl	$0x80B, %ecx
	xorl	%eax, %eax
	xorl	%edx, %edx
	wrmsr
	popq	%rdx
	popq	%rcx
	popq	%rax
	iretq

/*
 * VTL0. All of it is copied to a page of VTL0's. R15 is its entry for a VTL call; each piece ends
 * with one, RCX and RAX having been saved in R13 and R14 as they are at its end.
 */
	.macro	PIECE name
	.balign	16
	.global \name
\name:
	.endm

	.macro	TO_VTL2
	movq	%rcx, %r13
	movq	%rax, %r14
	xorl	%ecx, %ecx
	call	*%r15
	.endm

	.balign	4096
	.global vtl0_begin
vtl0_begin:
/* RBX: what to write to the hypercall MSR. */
	PIECE	vtl0_setup
	movl	$0x40000000, %ecx
	movl	$1, %eax
	xorl	%edx, %edx
	wrmsr
	movl	$0x40000001, %ecx
	movq	%rbx, %rax
	wrmsr
	TO_VTL2
	PIECE	vtl0_nothing
	TO_VTL2
	PIECE	vtl0_load
	movq	(%rbx), %rax
	TO_VTL2
	PIECE	vtl0_store
	movq	%rax, (%rbx)
	TO_VTL2
	PIECE	vtl0_jump
	jmp	*%rbx
	PIECE	vtl0_cpuid
	cpuid
	TO_VTL2
	PIECE	vtl0_rdmsr
	rdmsr
	TO_VTL2
	PIECE	vtl0_wrmsr
	wrmsr
	TO_VTL2
	PIECE	vtl0_in
	inb	%dx, %al
	TO_VTL2
	PIECE	vtl0_out
	outw	%ax, %dx
	TO_VTL2
	PIECE	vtl0_call
	call	*%rbx
	TO_VTL2
/* Old values out, new ones in: KERNEL_GS_BASE, STAR, TSC_AUX, PAT in R8 to R11; CR2, DR0. */
	PIECE	vtl0_private
	movl	$0xC0000102, %ecx
	call	1f
	movq	%rax, %r8
	movl	$0xC0000081, %ecx
	call	1f
	movq	%rax, %r9
	movl	$0xC0000103, %ecx
	call	1f
	movq	%rax, %r10
	movl	$0x277, %ecx
	call	1f
	movq	%rax, %r11
	movq	%cr2, %rsi
	movq	%dr0, %rdi
	movl	$0x2222, %eax
	movq	%rax, %cr2
	movq	%rax, %dr0
	TO_VTL2
1:	rdmsr
	movl	%eax, %ebx
	movl	$0x06060606, %eax
	xorl	%edx, %edx
	wrmsr
	movl	%ebx, %eax
	ret
	PIECE	vtl0_spin
	cli
1:	jmp	1b
	PIECE	vtl0_halt
	cli
1:	hlt
	jmp	1b
	PIECE	vtl0_triple
	subq	$16, %rsp
	movq	$0, (%rsp)
	movq	$0, 8(%rsp)
	lidt	(%rsp)
	int3
/* Every vector of VTL0: the number is not known, R12 says that it was one; RBX, RSI: what is on
 * the stack. */
	PIECE	vtl0_fault
	movl	$0xFA, %r12d
	movq	(%rsp), %rsi
	movq	8(%rsp), %rdi
	TO_VTL2
	.balign	16
	.global vtl0_end
vtl0_end:
