/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the first instruction to C. 64-bit code only: there is no other mode to come from.
 */
#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/asm.h"
#include "arch/x86_64/entry.h"
#include "arch/x86_64/sysreg.h"

/*
 * Boot VP, from the loader: RSI = offset of the parameter page, R8 = ENTRY_MAGIC, long mode with
 * tables that map the image at its own address. Anybody else's RSI and R8 are anything. No stack,
 * nothing relocated. Does not return.
 */
	.section .head, "ax", @progbits
	.global	_start
	.hidden	_start
	.type	_start, @function
_start:
	cli
	cld
	lea	_start(%rip), %r12		/* where we lie; linked at 0 */
	mov	%rsi, %r13
	mov	%r8, %r14
	mov	%rsp, %r15			/* what was found, for the boot log */
	lea	boot_stack_top(%rip), %rsp

	/* Relocate: the only kind of entry is R_X86_64_RELATIVE, checked at build. */
	lea	__rela_start(%rip), %rdi
	lea	__rela_end(%rip), %rcx
1:	cmp	%rcx, %rdi
	jae	2f
	mov	(%rdi), %rax			/* offset of the word */
	mov	16(%rdi), %rdx			/* its value at link address 0 */
	add	%r12, %rdx
	mov	%rdx, (%r12, %rax)
	add	$24, %rdi
	jmp	1b

2:	cmp	$ENTRY_MAGIC, %r14d
	jne	3f
	lea	boot_found(%rip), %rbx
	mov	%r12, 8 * FOUND_RIP(%rbx)
	mov	%r15, 8 * FOUND_RSP(%rbx)
	mov	%cr0, %rax
	mov	%rax, 8 * FOUND_CR0(%rbx)
	mov	%cr3, %rax
	mov	%rax, 8 * FOUND_CR3(%rbx)
	mov	%cr4, %rax
	mov	%rax, 8 * FOUND_CR4(%rbx)
	mov	$MSR_EFER, %ecx
	rdmsr
	shl	$32, %rdx
	or	%rdx, %rax
	mov	%rax, 8 * FOUND_EFER(%rbx)
	xor	%ebp, %ebp
	mov	%r13, %rdi
	mov	%r12, %rsi
	call	arch_entry
3:	xor	%ebp, %ebp
	call	arch_foreign_entry
	.size	_start, . - _start

	.section .bss.boot_found, "aw", @nobits
	.balign	16
	.global	boot_found
	.hidden	boot_found
	.type	boot_found, @object
boot_found:
	.skip	8 * FOUND_COUNT
	.size	boot_found, . - boot_found

	.section .bss.boot_stack, "aw", @nobits
	.balign	4096
	.global	boot_stack_guard
	.hidden	boot_stack_guard
	.type	boot_stack_guard, @object
boot_stack_guard:
	.skip	4096
	.size	boot_stack_guard, . - boot_stack_guard
	.type	boot_stack, @object
boot_stack:
	.skip	BOOT_STACK_SIZE
boot_stack_top:
	.size	boot_stack, . - boot_stack

	.section .note.GNU-stack, "", @progbits
