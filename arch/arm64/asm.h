/* SPDX-License-Identifier: BSD-2-Clause */
/* Every assembly routine has a type, a size, a section and a landing pad; for a backtrace it is a
 * leaf without a stack. */
#ifndef ARCH_ARM64_ASM_H
#define ARCH_ARM64_ASM_H

#ifdef __ASSEMBLER__
/* clang-format off */

	.cfi_sections .debug_frame

.macro	func name
	.section .text.\name, "ax", %progbits
	.balign	4
	.global	\name
	.hidden	\name
	.type	\name, %function
\name:
	.cfi_startproc
	hint	#34		/* bti c */
.endm

.macro	end_func name
	.cfi_endproc
	.size	\name, . - \name
.endm

/* clang-format on */
#endif

#endif
