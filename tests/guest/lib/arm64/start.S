/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload get from its first instruction to C, and back from an exception?
 *
 * Entered as a Linux Image is: EL1, MMU off, X0 = device tree, everything else unknown. The MMU
 * stays off, interrupts stay masked. Nothing here may assume an address: the file lies anywhere.
 */
#define STACK_SIZE 8192

	.section .text.head, "ax"
	.global guest_entry
	.type guest_entry, %function
guest_entry:
	b	primary			/* code0 */
	.long	0			/* code1 */
	.quad	0			/* text_offset */
	.quad	_image_size
	.quad	0xA			/* flags: little endian, 4 KiB pages, anywhere */
	.quad	0, 0, 0
	.long	0x644D5241		/* "ARM\x64" */
	.long	0
	.size guest_entry, . - guest_entry

/* in: X0 device tree. stack: none yet. Never returns. */
	.type primary, %function
primary:
	mov	x19, x0
	adrp	x0, _bss
	add	x0, x0, :lo12:_bss
	adrp	x1, _bss_end
	add	x1, x1, :lo12:_bss_end
0:	cmp	x0, x1
	b.hs	1f
	stp	xzr, xzr, [x0], #16
	b	0b
1:	adrp	x0, boot_stack_end
	add	x0, x0, :lo12:boot_stack_end
	bl	cpu_setup
	mov	x0, x19
	bl	guest_start
2:	wfi
	b	2b
	.size primary, . - primary

/*
 * Entered by PSCI CPU_ON. in: X0 = struct secondary (cpu.c): stack end, function, argument.
 * Never returns.
 */
	.global secondary_entry
	.type secondary_entry, %function
secondary_entry:
	mov	x19, x0
	ldr	x0, [x19]
	bl	cpu_setup
	mov	x0, x19
	bl	secondary_main
3:	wfi
	b	3b
	.size secondary_entry, . - secondary_entry

/* in: X0 stack end. Stack, vectors, FP on (the calls are checked with it). out: SP. clobbers X1. */
	.type cpu_setup, %function
cpu_setup:
	msr	SPSel, #1
	mov	sp, x0
	adrp	x1, vectors
	add	x1, x1, :lo12:vectors
	msr	vbar_el1, x1
	mov	x1, #3 << 20		/* CPACR_EL1.FPEN: no trap */
	msr	cpacr_el1, x1
	isb
	ret
	.size cpu_setup, . - cpu_setup

/*
 * All sixteen vectors do the same: everything into a frame, the frame and the vector's number to
 * C, everything back from it. frame: X0 to X30, then ELR, SPSR (struct frame).
 */
	.macro VECTOR number
	.balign 128
	sub	sp, sp, #272
	stp	x0, x1, [sp]
	mov	x1, #\number
	b	exception
	.endm

	.text
	.balign 2048
	.type vectors, %function
vectors:
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	VECTOR \n
	.endr
	.balign 128
	.size vectors, . - vectors

	.type exception, %function
exception:
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	mrs	x2, elr_el1
	mrs	x3, spsr_el1
	stp	x30, x2, [sp, #240]
	str	x3, [sp, #256]
	mov	x0, sp
	bl	exception_taken
	ldr	x3, [sp, #256]
	ldp	x30, x2, [sp, #240]
	msr	spsr_el1, x3
	msr	elr_el1, x2
	ldp	x28, x29, [sp, #224]
	ldp	x26, x27, [sp, #208]
	ldp	x24, x25, [sp, #192]
	ldp	x22, x23, [sp, #176]
	ldp	x20, x21, [sp, #160]
	ldp	x18, x19, [sp, #144]
	ldp	x16, x17, [sp, #128]
	ldp	x14, x15, [sp, #112]
	ldp	x12, x13, [sp, #96]
	ldp	x10, x11, [sp, #80]
	ldp	x8, x9, [sp, #64]
	ldp	x6, x7, [sp, #48]
	ldp	x4, x5, [sp, #32]
	ldp	x2, x3, [sp, #16]
	ldp	x0, x1, [sp]
	add	sp, sp, #272
	eret
	.size exception, . - exception

/* in: X0 value of X0, X1 address. Enters it with X1 to X3 zero and does not come back. */
	.global jump_to
	.type jump_to, %function
jump_to:
	mov	x16, x1
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	br	x16
	.size jump_to, . - jump_to

	.section .bss
	.balign 16
	.type boot_stack, %object
boot_stack:
	.space	STACK_SIZE
	.size boot_stack, . - boot_stack
boot_stack_end:

	.section .note.GNU-stack, "", %progbits
