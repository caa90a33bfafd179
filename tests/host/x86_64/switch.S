/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a guest entered and left, and how does the host take its own interrupts?
 *
 * svm_run(cpu) runs the VTL whose VMCB is at CPU_VMCB until its next exit. The general registers
 * are shared by the VTLs and lie in struct cpu; RAX and RSP are in the VMCB. Interrupts that come
 * while the global flag is off stay pending and end the guest's run at once: nobody sleeps over a
 * kick that came between the decision and the entry.
 */
#include "tests/host/x86_64/offsets.h"

	.macro	REGS move
	\move	rcx, 1
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

	.macro	LOAD_REG reg, number
	movq	CPU_GPR + 8 * \number(%rdi), %\reg
	.endm

	.macro	SAVE_REG reg, number
	movq	%\reg, CPU_GPR + 8 * \number(%rdi)
	.endm

	.text
	.global svm_run
	.type svm_run, %function
svm_run:
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	pushq	%rdi
	clgi
	sti
	movq	CPU_VMCB(%rdi), %rax
	vmload	%rax
	REGS	LOAD_REG
	movq	CPU_GPR + 8 * 7(%rdi), %rdi
	vmrun	%rax
	pushq	%rdi
	movq	8(%rsp), %rdi
	REGS	SAVE_REG
	popq	CPU_GPR + 8 * 7(%rdi)
	movq	CPU_VMCB(%rdi), %rax
	vmsave	%rax
	movq	CPU_HOST_VMCB(%rdi), %rax
	vmload	%rax
	cli
	stgi
	cld
	popq	%rdi
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret
	.size svm_run, . - svm_run

/*
 * 256 entries of 16 bytes each; irq.c fills the interrupt table with their addresses. Those that
 * come with an error code are only of the host's own faults, which print the stack as it is.
 */
	.balign	16
	.global host_vectors
host_vectors:
	.set	vector, 0
	.rept	256
	.balign	16
	pushq	$vector
	jmp	host_interrupt
	.set	vector, vector + 1
	.endr

	.type host_interrupt, %function
host_interrupt:
	pushq	%rax
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	cld
	leaq	72(%rsp), %rdi
	call	irq_take
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rdi
	popq	%rsi
	popq	%rdx
	popq	%rcx
	popq	%rax
	addq	$8, %rsp
	iretq
	.size host_interrupt, . - host_interrupt
