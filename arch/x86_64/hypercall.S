/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hypercall page, and the call into it.
 *
 * The page is part of the text: never writable. Until the hypervisor lays its own page over it,
 * each byte of it traps, so that a call that comes too early is seen. What the hypervisor's page
 * holds is its affair: nothing here knows the instruction.
 */
#include "arch/x86_64/asm.h"
#include "arch/x86_64/entry.h"

	.section .hypercall_page, "ax", @progbits
	.balign	HYPERCALL_PAGE_SIZE
	.global	hypercall_page
	.hidden	hypercall_page
	.type	hypercall_page, @function
hypercall_page:
	.cfi_startproc
	.fill	HYPERCALL_PAGE_SIZE, 1, HYPERCALL_PAGE_TRAP
	.cfi_endproc
	.size	hypercall_page, . - hypercall_page

/*
 * uint64_t hypercall_page_call(uint64_t control, uint64_t in, uint64_t out)
 * in, out: two words of the fast form, or two addresses. Out: RAX = result word. The hypervisor
 * keeps everything but RAX and RCX (TLFS: hypercall ABI; no output in registers). Stack: none.
 */
func hypercall_page_call
	mov	%rdi, %rcx
	mov	%rdx, %r8
	mov	%rsi, %rdx
	jmp	hypercall_page
end_func hypercall_page_call

	.section .note.GNU-stack, "", @progbits
