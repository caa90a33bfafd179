/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the host start?
 *
 * The file begins with an arm64 Image header, so that QEMU's -kernel enters it at EL2 with the MMU
 * off and its device tree in X0. Secondary processors come from PSCI CPU_ON with their struct cpu
 * in X0. Nothing here touches the guest.
 */
#include "tests/host/arm64/offsets.h"

	.section .text.head, "ax"
	.global _start
	.type _start, %function
_start:
	b	primary
	.word	0
	.quad	0			/* text_offset */
	.quad	host_end - _start	/* image_size */
	.quad	0xa			/* 4 KiB pages, may lie anywhere */
	.quad	0, 0, 0
	.word	0x644d5241
	.word	0

primary:
	msr	daifset, #0xf
	mov	x19, x0
	ldr	x1, =host_bss
	ldr	x2, =host_end
1:	stp	xzr, xzr, [x1], #16
	cmp	x1, x2
	b.lo	1b
	ldr	x1, =cpu_stacks + CPU_STACK_SIZE
	mov	sp, x1
	adr	x1, host_vectors
	msr	vbar_el2, x1
	ldr	x1, =cpus
	msr	tpidr_el2, x1
	isb
	mov	x0, x19
	bl	host_main
2:	wfi
	b	2b
	.size _start, . - _start

	.text
	.global cpu_entry
	.type cpu_entry, %function
cpu_entry:
	msr	daifset, #0xf
	msr	tpidr_el2, x0
	ldr	x1, [x0, #CPU_STACK]
	mov	sp, x1
	adr	x1, host_vectors
	msr	vbar_el2, x1
	isb
	bl	cpu_secondary
1:	wfi
	b	1b
	.size cpu_entry, . - cpu_entry
