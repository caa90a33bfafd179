/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions in VTL2: none is expected, each is reported in full and ends the run. Interrupts: two,
 * and only while a VP looks for them.
 *
 * The stack pointer may be what is broken, so the processor writes the frame into the VP's own task
 * state's stack, and the report has another; the first VP to get here takes it, any later one stops
 * silently.
 */
#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/asm.h"
#include "arch/x86_64/trap.h"

#include <generated/asm_offsets.h>

/* 8, 10 to 14, 17, 21, 29 and 30 come with an error code. */
#define WITH_ERROR_CODE 0x60227D00

	.section .text.vectors, "ax", @progbits
	.balign	16
	.global	vectors
	.hidden	vectors
	.type	vectors, @function
vectors:
	.set	i, 0
	.rept	32
	.balign	16
	.if	(WITH_ERROR_CODE >> i & 1) == 0
	push	$0
	.endif
	push	$i
	jmp	exception
	.set	i, i + 1
	.endr
	.size	vectors, . - vectors

/* On the stack: number, error code, RIP, CS, RFLAGS, RSP, SS. Everything else as it was. */
	.type	exception, @function
exception:
	push	%rax
	mov	$1, %eax
	xchg	%eax, trap_taken(%rip)
	test	%eax, %eax
	jnz	3f
	lea	trap_frame(%rip), %rax
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
	mov	%rax, %rdi
	pop	(%rdi)				/* RAX */
	pop	8 * 16(%rdi)			/* number */
	pop	8 * 17(%rdi)			/* error code */
	pop	8 * 18(%rdi)			/* RIP */
	pop	8 * 19(%rdi)			/* CS */
	pop	8 * 20(%rdi)			/* RFLAGS */
	pop	8 * 4(%rdi)			/* RSP */
	lea	trap_stack_top(%rip), %rsp
	xor	%ebp, %ebp
	cld
	call	trap_report
3:	cli
	hlt
	jmp	3b
	.size	exception, . - exception

/* An interrupt leaves its mark for vtl_arch_irq_take(), which also ends it. */
.macro	interrupt name, bit
func \name
	orq	$\bit, %gs:VP_ARRIVED
	iretq
end_func \name
.endm

	interrupt interrupt_sint, ARRIVED_SINT
	interrupt interrupt_kick, ARRIVED_KICK

/* The controller found nothing to deliver after all. Not to be ended. */
func interrupt_spurious
	iretq
end_func interrupt_spurious

	.section .bss.trap, "aw", @nobits
	.balign	16
	.type	trap_taken, @object
trap_taken:
	.skip	16
	.size	trap_taken, . - trap_taken
	.type	trap_frame, @object
trap_frame:
	.skip	TRAP_FRAME_SIZE
	.size	trap_frame, . - trap_frame
	.balign	16
	.type	trap_stack, @object
trap_stack:
	.skip	TRAP_STACK_SIZE
trap_stack_top:
	.size	trap_stack, . - trap_stack

	.section .note.GNU-stack, "", @progbits
