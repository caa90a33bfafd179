/* SPDX-License-Identifier: BSD-2-Clause */
/* Every assembly routine has a type, a size and a section. */
#ifndef ARCH_X86_64_ASM_H
#define ARCH_X86_64_ASM_H

#ifdef __ASSEMBLER__
/* clang-format off */

.macro	func name
	.section .text.\name, "ax", @progbits
	.balign	16
	.global	\name
	.hidden	\name
	.type	\name, @function
\name:
.endm

.macro	end_func name
	.size	\name, . - \name
.endm

/* clang-format on */
#endif

#endif
