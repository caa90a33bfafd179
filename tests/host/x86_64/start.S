/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the host start?
 *
 * QEMU's -kernel finds the Multiboot header, loads the flat file where it was linked, and enters it
 * in 32-bit protected mode with the boot information's address in EBX. The other processors come in
 * real mode to a copy of `trampoline` at 0x8000. Both reach 64-bit mode with the first 512 GiB
 * mapped to themselves. Nothing here touches a guest.
 */
#include "tests/host/x86_64/offsets.h"

#define MAGIC 0x1BADB002
#define FLAGS 0x00010003
#define CR0_ON 0x80010033	/* PG WP NE ET MP PE */
#define CR4_ON 0x00000620	/* OSXMMEXCPT OSFXSR PAE */
#define EFER 0xC0000080
#define EFER_ON 0x00000901	/* NXE LME SCE; SVME once it is known to exist */
#define GIB_PAGE 0x83

	.macro	LONG_MODE
	movl	$CR4_ON, %eax
	movl	%eax, %cr4
	movl	$host_pml4, %eax
	movl	%eax, %cr3
	movl	$EFER, %ecx
	movl	$EFER_ON, %eax
	xorl	%edx, %edx
	wrmsr
	movl	$CR0_ON, %eax
	movl	%eax, %cr0
	.endm

	.section .text.head, "ax"
	.code32
	.balign	8
multiboot:
	.long	MAGIC
	.long	FLAGS
	.long	-(MAGIC + FLAGS)
	.long	multiboot
	.long	multiboot
	.long	host_bss
	.long	host_end
	.long	_start

	.global _start
	.type _start, %function
_start:
	cli
	cld
	movl	$host_pml4, %edi
	movl	$host_pdpt, %eax
	orl	$3, %eax
	movl	%eax, (%edi)
	movl	$host_pdpt, %edi
	movl	$GIB_PAGE, %eax
	xorl	%edx, %edx
1:	movl	%eax, (%edi)
	movl	%edx, 4(%edi)
	addl	$8, %edi
	addl	$0x40000000, %eax
	adcl	$0, %edx
	cmpl	$128, %edx
	jb	1b
	LONG_MODE
	lgdt	gdt_pointer
	ljmp	$SELECTOR_CODE, $2f

	.code64
2:	movl	$SELECTOR_DATA, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	leaq	cpu_stacks + CPU_STACK_SIZE(%rip), %rsp
	xorl	%ebp, %ebp
	movl	%ebx, %edi
	call	host_main
3:	hlt
	jmp	3b
	.size _start, . - _start

	.section .rodata
	.balign	8
gdt:
	.quad	0
	.quad	0x00AF9A000000FFFF
	.quad	0x00CF92000000FFFF
gdt_end:
	.global gdt_pointer
gdt_pointer:
	.word	gdt_end - gdt - 1
	.quad	gdt

/* Copied to TRAMPOLINE: real mode, CS there, everything by absolute addresses below 1 MiB. */
	.text
	.code16
	.balign	16
	.global trampoline
trampoline:
	cli
	cld
	xorw	%ax, %ax
	movw	%ax, %ds
	lgdtl	TRAMPOLINE + 3f - trampoline
	LONG_MODE
	ljmpl	$SELECTOR_CODE, $cpu_entry
	.balign	8
3:	.word	gdt_end - gdt - 1
	.long	TRAMPOLINE + 4f - trampoline
	.balign	8
4:	.quad	0
	.quad	0x00AF9A000000FFFF
	.quad	0x00CF92000000FFFF
	.global trampoline_end
trampoline_end:

	.code64
	.type cpu_entry, %function
cpu_entry:
	lgdt	gdt_pointer(%rip)
	movl	$SELECTOR_DATA, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	movq	cpu_starting(%rip), %rdi
	movq	CPU_STACK(%rdi), %rsp
	xorl	%ebp, %ebp
	call	cpu_secondary
5:	hlt
	jmp	5b
	.size cpu_entry, . - cpu_entry

	.bss
	.balign	4096
host_pml4:
	.skip	4096
host_pdpt:
	.skip	4096
