/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a VP come to C, other than the boot VP at its first instruction?
 */
#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/asm.h"
#include "arch/x86_64/sysreg.h"

#include <generated/asm_offsets.h>

/*
 * A VP that the hypervisor started with our initial VP context: 64-bit mode with our tables, RSP
 * just below a word that holds its struct vp. Nothing else is trusted; what was found is kept for
 * the boot log. Does not return.
 */
func vp_entry
	cli
	cld
	mov	(%rsp), %rbx
	lea	vp_entry(%rip), %rax
	mov	%rax, VP_FOUND + 8 * FOUND_RIP(%rbx)
	mov	%rsp, VP_FOUND + 8 * FOUND_RSP(%rbx)
	mov	%cr0, %rax
	mov	%rax, VP_FOUND + 8 * FOUND_CR0(%rbx)
	mov	%cr3, %rax
	mov	%rax, VP_FOUND + 8 * FOUND_CR3(%rbx)
	mov	%cr4, %rax
	mov	%rax, VP_FOUND + 8 * FOUND_CR4(%rbx)
	mov	$MSR_EFER, %ecx
	rdmsr
	shl	$32, %rdx
	or	%rdx, %rax
	mov	%rax, VP_FOUND + 8 * FOUND_EFER(%rbx)
	mov	%rbx, %rdi
	xor	%ebp, %ebp
	call	arch_vp_entry
	ud2
end_func vp_entry

/* void mmu_switch(uint64_t cr3, uint64_t cr0, uint64_t cr4)
 * From the loader's tables to ours, which map this code at the same address. */
func mmu_switch
	mov	%rdx, %cr4
	mov	%rdi, %cr3
	mov	%rsi, %cr0
	ret
end_func mmu_switch

/* void load_tables(const struct table_pointer *gdt, const struct table_pointer *idt)
 * Our own segments instead of the loader's. GS is left alone but for its selector: whoever needs
 * its base sets it afterwards. */
func load_tables
	lgdt	(%rdi)
	lidt	(%rsi)
	mov	$SELECTOR_DATA, %eax
	mov	%eax, %ds
	mov	%eax, %es
	mov	%eax, %ss
	xor	%eax, %eax
	mov	%eax, %fs
	mov	%eax, %gs
	lldt	%ax
	pop	%rax
	push	$SELECTOR_CODE
	push	%rax
	lretq
end_func load_tables

/* _Noreturn void arch_run_on_stack_of(struct vp *vp, void (*next)(void))
 * The boot VP leaves the image's stack for its own. */
func arch_run_on_stack_of
	mov	VP_STACK_TOP(%rdi), %rsp
	sub	$16, %rsp
	xor	%ebp, %ebp
	call	*%rsi
	ud2
end_func arch_run_on_stack_of

	.section .note.GNU-stack, "", @progbits
