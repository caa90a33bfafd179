/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload get from its first instruction to C, and back from an exception?
 *
 * The file is what the 64-bit boot protocol of Linux/x86 calls a bzImage: a header for real mode
 * that nobody runs, then, from 0x400 on, the part that is placed; its 64-bit entry is 0x200 on.
 * Entered in 64-bit mode, RSI = boot_params, everything else unknown. Nothing here may assume an
 * address: the file lies anywhere.
 */
#define STACK_SIZE 16384
#define CR0_EM 0x4
#define CR0_MP_NE 0x22
#define CR4_SSE 0x600			/* OSFXSR, OSXMMEXCPT */
#define FRAME_STUB 16

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
	call	sse_on
	call	cpu_init
	mov	%rbx, %rdi
	call	guest_start
0:	hlt
	jmp	0b
	.size	guest_entry, . - guest_entry

	.text
/* The calls are checked with SSE registers. Destroys RAX. */
	.type	sse_on, @function
sse_on:
	mov	%cr0, %rax
	and	$~CR0_EM, %rax
	or	$CR0_MP_NE, %rax
	mov	%rax, %cr0
	mov	%cr4, %rax
	or	$CR4_SSE, %rax
	mov	%rax, %cr4
	ret
	.size	sse_on, . - sse_on

/* From the trampoline, in 64-bit mode: RDI = struct secondary (secondary.c), stack: none yet. */
	.global	secondary_entry
	.type	secondary_entry, @function
secondary_entry:
	cld
	mov	(%rdi), %rsp
	xor	%ebp, %ebp
	call	sse_on
	call	secondary_main
1:	hlt
	jmp	1b
	.size	secondary_entry, . - secondary_entry

/* 256 stubs of 16 bytes: number and, where the processor gives none, an error code of 0. */
	.global	exception_stubs
	.type	exception_stubs, @function
	.balign	16
exception_stubs:
	.set	i, 0
	.rept	256
	.balign	FRAME_STUB
	.set	has_code, 0
	.if	i < 32
	.set	has_code, 0x60227D00 >> i & 1
	.endif
	.if	has_code == 0
	push	$0
	.endif
	push	$i
	jmp	exception_common
	.set	i, i + 1
	.endr
	.size	exception_stubs, . - exception_stubs

/* C gets the frame: R11 R10 R9 R8 RDI RSI RDX RCX RAX, number, error code, RIP, CS, RFLAGS ... */
	.type	exception_common, @function
exception_common:
	cld
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

/* Where an expected fault goes on: back to the caller of the function that it happened in. */
	.global	just_return
	.type	just_return, @function
just_return:
	ret
	.size	just_return, . - just_return

	.section .bss
	.balign	16
boot_stack:
	.space	STACK_SIZE
boot_stack_end:

	.section .note.GNU-stack, "", @progbits
