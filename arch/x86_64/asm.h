/* SPDX-License-Identifier: BSD-2-Clause */
/* Every assembly routine has a type, a size and a section; for a backtrace it is a leaf without a
 * stack of its own. */
#ifndef ARCH_X86_64_ASM_H
#define ARCH_X86_64_ASM_H

#ifdef __ASSEMBLER__
/* clang-format off */

	.cfi_sections .debug_frame

.macro	func name
	.section .text.\name, "ax", @progbits
	.balign	16
	.global	\name
	.hidden	\name
	.type	\name, @function
\name:
	.cfi_startproc
.endm

.macro	end_func name
	.cfi_endproc
	.size	\name, . - \name
.endm

/* clang-format on */
#endif

#endif
