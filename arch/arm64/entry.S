/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the first instruction to C.
 *
 * The image begins with an arm64 Image header, so that the very same bytes can be started by a
 * loader that is not ours, and then say where they are and stop.
 */
#include "arch/arm64/arch_types.h"
#include "arch/arm64/asm.h"
#include "arch/arm64/entry.h"

	.section .head, "ax", %progbits
	.global	_start
	.hidden	_start
	.type	_start, %function
_start:
	b	first
	.long	0
	.quad	0				/* text_offset */
	.quad	IMAGE_MEMORY_SIZE		/* image_size */
	.quad	0xa				/* flags: little endian, 4 KiB, anywhere */
	.quad	0, 0, 0
	.long	0x644d5241			/* magic */
	.long	0
	.size	_start, . - _start

/*
 * Boot VP, from the loader: X0 = offset of the parameter page, X1 = ENTRY_MAGIC.
 * Anybody else: X0 = device tree (by the arm64 boot protocol) or anything.
 * EL1 (or whatever a foreign loader uses), MMU on or off. No stack, nothing relocated.
 * Does not return.
 */
	.type	first, %function
first:
	adr	x20, _start			/* where we lie; linked at 0 */
	mov	x21, x0
	mov	x22, x1
	mov	x23, sp				/* what was found, for the boot log */
	mov	x24, x18
	adrp	x2, boot_stack_top
	add	x2, x2, :lo12:boot_stack_top
	mov	sp, x2

	/* Relocate: the only kind of entry is R_AARCH64_RELATIVE, checked at build. */
	adrp	x3, __rela_start
	add	x3, x3, :lo12:__rela_start
	adrp	x4, __rela_end
	add	x4, x4, :lo12:__rela_end
1:	cmp	x3, x4
	b.hs	2f
	ldr	x5, [x3]			/* offset of the word */
	ldr	x6, [x3, #16]			/* its value at link address 0 */
	add	x6, x6, x20
	str	x6, [x5, x20]
	add	x3, x3, #24
	b	1b
2:	dsb	sy
	isb

	mov	x0, x21
	mov	x1, x22
	mov	x2, x20
	mov	x29, xzr
	mov	x30, xzr
	mov	w3, #(ENTRY_MAGIC & 0xffff)
	movk	w3, #(ENTRY_MAGIC >> 16), lsl #16
	cmp	w22, w3
	b.ne	3f
	adrp	x3, boot_found
	add	x3, x3, :lo12:boot_found
	mrs	x4, sctlr_el1
	mrs	x5, ttbr0_el1
	stp	x20, x23, [x3, #8 * FOUND_PC]
	stp	x4, x5, [x3, #8 * FOUND_SCTLR]
	str	x24, [x3, #8 * FOUND_X18]
	bl	arch_entry
3:	bl	arch_foreign_entry
	b	.
	.size	first, . - first

	.section .bss.boot_found, "aw", %nobits
	.balign	16
	.global	boot_found
	.hidden	boot_found
	.type	boot_found, %object
boot_found:
	.skip	8 * (FOUND_COUNT + 1)
	.size	boot_found, . - boot_found

	.section .bss.boot_stack, "aw", %nobits
	.balign	1 << ARCH_PAGE_SHIFT
	.global	boot_stack_guard
	.hidden	boot_stack_guard
	.type	boot_stack_guard, %object
boot_stack_guard:
	.skip	1 << ARCH_PAGE_SHIFT
	.size	boot_stack_guard, . - boot_stack_guard
	.type	boot_stack, %object
boot_stack:
	.skip	BOOT_STACK_SIZE
boot_stack_top:
	.size	boot_stack, . - boot_stack

	.section .note.GNU-stack, "", %progbits
