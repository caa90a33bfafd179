/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the firmware's image do when it is started by somebody who is not its loader?
 *
 * A boot loader that knows nothing of it: starts on a plain PC (Multiboot 1), goes to 64-bit mode
 * on an identity map of 4 GiB, and jumps to the first of the very bytes that the image has. What
 * its own loader would leave in registers is not there.
 */
#define LOAD_ADDRESS 0x100000
#define MAGIC 0x1BADB002
#define FLAGS 0x00010000		/* this header says where to load */

#define PTE_TABLE 0x3
#define PTE_LARGE 0x83
#define PAGES_2M 2048			/* 4 GiB */
#define CR4_PAE 0x20
#define MSR_EFER 0xC0000080
#define EFER_LME_NXE 0x900
#define CR0_PG 0x80000000

	.section .text.head, "ax"
	.code32
	.global launch_header
launch_header:
	.balign	4
1:	.long	MAGIC, FLAGS, -(MAGIC + FLAGS)
	.long	1b, LOAD_ADDRESS, 0, launch_end, launch

	.global	launch
	.type	launch, @function
launch:
	mov	$tables, %edi
	lea	0x1000 + PTE_TABLE(%edi), %eax
	mov	%eax, (%edi)			/* one entry, four behind it */
	lea	0x2000 + PTE_TABLE(%edi), %eax
	mov	$4, %ecx
	lea	0x1000(%edi), %edx
2:	mov	%eax, (%edx)
	add	$0x1000, %eax
	add	$8, %edx
	loop	2b
	mov	$PAGES_2M, %ecx
	mov	$PTE_LARGE, %eax
	lea	0x2000(%edi), %edx
3:	mov	%eax, (%edx)
	add	$0x200000, %eax
	add	$8, %edx
	loop	3b
	mov	$CR4_PAE, %eax
	mov	%eax, %cr4
	mov	%edi, %cr3
	mov	$MSR_EFER, %ecx
	xor	%edx, %edx
	mov	$EFER_LME_NXE, %eax
	wrmsr
	mov	%cr0, %eax
	or	$CR0_PG, %eax
	mov	%eax, %cr0
	lgdt	segments_pointer
	ljmp	$8, $4f
	.code64
4:	xor	%esi, %esi
	xor	%r8d, %r8d
	mov	$image, %eax
	jmp	*%rax
	.size	launch, . - launch

	.balign	8
segments:
	.quad	0, 0x00AF9B000000FFFF
segments_pointer:
	.word	15
	.long	segments

	.section .image, "aw"
	.balign	4096
image:
	.incbin	IMAGE

	.section .bss
	.balign	4096
tables:
	.space	6 * 4096

	.section .note.GNU-stack, "", @progbits
