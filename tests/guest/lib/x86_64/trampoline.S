/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a processor get from a start-up interrupt to 64-bit mode?
 *
 * secondary.c copies this to a page below 1 MiB and fills in what is zero here. Entered in real
 * mode, CS = that page, everything else unknown.
 */
#define AT(label) (label - trampoline)
#define CR4_PAE 0x20
#define MSR_EFER 0xC0000080
#define EFER_LME 0x100
#define CR0_PG_PE 0x80000011

	.section .rodata
	.balign	16
	.global	trampoline, trampoline_end
	.type	trampoline, @object
trampoline:
	.code16
	cli
	mov	%cs, %ax
	mov	%ax, %ds
	lgdtl	AT(segments_pointer)
	mov	$CR4_PAE, %eax
	mov	%eax, %cr4
	mov	AT(trampoline_cr3), %eax
	mov	%eax, %cr3
	mov	$MSR_EFER, %ecx
	xor	%edx, %edx
	mov	$EFER_LME, %eax
	wrmsr
	mov	$CR0_PG_PE, %eax
	mov	%eax, %cr0
	ljmpl	*AT(far_target)

	.code64
long_mode:
	mov	$0x18, %eax
	mov	%eax, %ds
	mov	%eax, %es
	mov	%eax, %ss
	mov	%eax, %fs
	mov	%eax, %gs
	xor	%edi, %edi
	xchg	%rdi, trampoline_mailbox(%rip)
	test	%rdi, %rdi
	jz	1f				/* nobody was meant to start */
	jmp	*trampoline_entry(%rip)
1:	hlt
	jmp	1b

	.balign	8
segments:
	.quad	0, 0, 0x00AF9B000000FFFF, 0x00CF93000000FFFF
segments_pointer:
	.word	31
	.global	trampoline_segments, trampoline_far, trampoline_cr3
	.global	trampoline_mailbox, trampoline_entry, trampoline_long, trampoline_gdt
	.set	trampoline_gdt, segments
	.set	trampoline_long, long_mode
trampoline_segments:
	.long	0				/* where segments lies in the copy */
	.balign	4
far_target:
trampoline_far:
	.long	0				/* where long_mode lies in the copy */
	.word	0x10
	.balign	8
trampoline_cr3:
	.quad	0
trampoline_entry:
	.quad	0
trampoline_mailbox:
	.quad	0
trampoline_end:
	.size	trampoline, . - trampoline

	.section .note.GNU-stack, "", @progbits
