/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload get from its first instruction to C, make a call, and survive a fault?
 *
 * The file is what the 64-bit boot protocol of Linux/x86 calls a bzImage: a header for real mode
 * that nobody runs, then, from 0x400 on, the part that is placed; its 64-bit entry is 0x200 on.
 * Entered in 64-bit mode, RSI = boot_params, everything else unknown. Nothing here may assume an
 * address: the file lies anywhere.
 */
#define STACK_SIZE 16384

	.section .text.head, "ax"
	.global guest_header
	.type guest_header, @object
guest_header:
	.org	0x1F1
	.byte	1			/* setup_sects: this header takes two sectors */
	.org	0x200
	.byte	0xEB, 0x66		/* the header ends at 0x268 */
	.ascii	"HdrS"
	.word	0x20C			/* version 2.12 */
	.org	0x211
	.byte	1			/* LOADED_HIGH */
	.org	0x230
	.long	0x200000		/* kernel_alignment */
	.byte	1			/* relocatable */
	.byte	21			/* min_alignment */
	.word	3			/* xloadflags: 64-bit entry, anywhere */
	.long	255			/* cmdline_size */
	.org	0x258
	.quad	0x200000		/* pref_address */
	.long	_image_size		/* init_size */
	.org	0x600
	.size	guest_header, . - guest_header

	.global guest_entry
	.type guest_entry, @function
guest_entry:
	cli
	cld
	mov	%rsi, %rbx
	lea	_bss(%rip), %rdi
	lea	_bss_end(%rip), %rcx
	sub	%rdi, %rcx
	xor	%eax, %eax
	rep stosb
	lea	boot_stack_end(%rip), %rsp
	xor	%ebp, %ebp
	mov	%rbx, %rdi
	call	guest_start
0:	hlt
	jmp	0b
	.size	guest_entry, . - guest_entry

	.text
/*
 * void x64_call(uint64_t r[16], uint64_t target): loads every general register but RSP from r, in
 * the order in which instructions count them, calls the target, writes all of them back.
 */
	.global x64_call
	.type x64_call, @function
x64_call:
	push	%rbx
	push	%rbp
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	push	%rdi
	push	%rsi
	mov	%rdi, %rax
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
	mov	(%rax), %rax
	call	*(%rsp)
	xchg	%rax, 8(%rsp)		/* RAX out, r in */
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
	mov	8(%rsp), %rcx
	mov	%rcx, (%rax)
	add	$16, %rsp
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbp
	pop	%rbx
	ret
	.size	x64_call, . - x64_call

/*
 * bool try_load(uint64_t address, uint32_t *value)
 * bool try_store(uint64_t address, uint32_t value)
 * bool try_wrmsr(uint32_t number, uint64_t value)
 * One instruction that may fault; false if it did.
 */
	.macro	TRY name
	.global	\name
	.type	\name, @function
\name:
	.endm
	.macro	END_TRY name
	mov	$1, %eax
	ret
	.size	\name, . - \name
	.endm

	.global	write_msr
	.type	write_msr, @function
write_msr:
	wrmsr
	ret
	.size	write_msr, . - write_msr

	.global	try_begin, try_end, try_failed
try_begin:
	TRY	try_load
	mov	(%rdi), %eax
	mov	%eax, (%rsi)
	END_TRY	try_load
	TRY	try_store
	mov	%esi, (%rdi)
	END_TRY	try_store
	TRY	try_wrmsr
	mov	%edi, %ecx
	mov	%rsi, %rdx
	shr	$32, %rdx
	mov	%esi, %eax
	wrmsr
	END_TRY	try_wrmsr
try_end:
	.type	try_failed, @function
try_failed:
	xor	%eax, %eax
	ret
	.size	try_failed, . - try_failed

/* 32 stubs of 16 bytes: number and, where the processor gives none, an error code of 0. */
	.global	exception_stubs
	.balign	16
exception_stubs:
	.set	i, 0
	.rept	32
	.balign	16
	.if	(0x60227D00 >> i & 1) == 0
	push	$0
	.endif
	push	$i
	jmp	exception_common
	.set	i, i + 1
	.endr

/* C gets the frame: R11 R10 R9 R8 RDI RSI RDX RCX RAX, number, error code, RIP, CS, RFLAGS ... */
	.type	exception_common, @function
exception_common:
	push	%rax
	push	%rcx
	push	%rdx
	push	%rsi
	push	%rdi
	push	%r8
	push	%r9
	push	%r10
	push	%r11
	mov	%rsp, %rdi
	call	exception_taken
	pop	%r11
	pop	%r10
	pop	%r9
	pop	%r8
	pop	%rdi
	pop	%rsi
	pop	%rdx
	pop	%rcx
	pop	%rax
	add	$16, %rsp
	iretq
	.size	exception_common, . - exception_common

	.section .bss
	.balign	16
boot_stack:
	.space	STACK_SIZE
boot_stack_end:

	.section .note.GNU-stack, "", @progbits
