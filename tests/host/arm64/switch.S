/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a VTL call or return cost when nothing else is to do?
 *
 * The usual case of HVC #2 and #3, in the place of trap_handle, context_switch and cpu_prepare: the
 * private registers are exchanged and the other VTL goes on. Whatever else there is (an interrupt
 * that waits, an event, a suspended VTL0, a call that is not allowed, an assist page that moved,
 * poison, faults, private X29 and X30) goes the long way, which also says what is wrong. Nothing is
 * written before all of that has been looked at, under the host's lock.
 */
#include "tests/host/arm64/offsets.h"

/* X0 and X1 are on the stack. Then: X0 struct cpu, X1 the lock, which is held; X2, X3 free. */
	.macro	BEGIN active, to
	stp	x2, x3, [sp, #-16]!
	mrs	x0, tpidr_el2
	adrp	x1, host_lock_word
	add	x1, x1, :lo12:host_lock_word
	ldaxr	w2, [x1]
	cbnz	w2, go_long
	mov	w2, #1
	stxr	w3, w2, [x1]
	cbnz	w3, go_long
	ldr	x2, [x0, #CPU_VP_STATE]
	eor	x2, x2, #1 << 32	/* vtl2_started */
	cmp	x2, #\active
	b.ne	unlock_go_long
	ldrh	w2, [x0, #CPU_SLOW]
	cbnz	w2, unlock_go_long
	ldr	x2, [x0, #CPU_VGIC]
	ldr	x3, [x0, #CPU_VGIC + VGIC_SIZE]
	orr	x2, x2, x3
	cbnz	x2, unlock_go_long
	ldrh	w2, [x0, #CPU_VGIC + \to * VGIC_SIZE + VGIC_TIMER]
	cbnz	w2, unlock_go_long
	ldr	x2, [x0, #CPU_ASSIST]
	ldr	x3, [x0, #CPU_VP_ASSIST]
	cmp	x2, x3
	b.ne	unlock_go_long
	ldr	x2, [x0, #CPU_ASSIST_PAGE]
	cbz	x2, unlock_go_long
	.endm

	.macro	COUNT at
	adrp	x2, count_values + \at
	ldr	x3, [x2, :lo12:count_values + \at]
	add	x3, x3, #1
	str	x3, [x2, :lo12:count_values + \at]
	.endm

	.macro	EXCHANGE_PAIR first, second
	mrs	x2, \first
	mrs	x3, \second
	stp	x2, x3, [x0, #from + at]
	ldp	x2, x3, [x0, #to + at]
	msr	\first, x2
	msr	\second, x3
	.set	at, at + 16
	.endm
#define EXCHANGE(first, first_field, second, second_field) EXCHANGE_PAIR first, second;

/* X0 becomes the address between the registers of VTL0 and of VTL2. */
	.macro	END slot
	.set	from, (\slot - 1) * VTL_REGS_SIZE
	.set	to, -\slot * VTL_REGS_SIZE
	add	x0, x0, #CPU_REGS + VTL_REGS_SIZE
	.set	at, 0
	EXCHANGE_PAIR elr_el2, spsr_el2
	stp	x18, x29, [x0, #from + VTL_REGS_X18]	/* in pairs: they reach further */
	ldp	x18, x2, [x0, #to + VTL_REGS_X18]
	.set	at, VTL_REGS_PAIRS
	VTL_PAIRS(EXCHANGE)
	mrs	x2, cntv_ctl_el0
	mrs	x3, cntv_cval_el0
	stp	x2, x3, [x0, #from + VTL_REGS_TIMER]
	ldp	x2, x3, [x0, #to + VTL_REGS_TIMER]
	msr	cntv_ctl_el0, xzr	/* never the new deadline with the old enable bit */
	msr	cntv_cval_el0, x3
	msr	cntv_ctl_el0, x2
	mrs	x2, ich_ap1r0_el2
	str	x2, [x0, #from + VTL_REGS_ICH_AP1R0]
	ldr	x2, [x0, #to + VTL_REGS_ICH_AP1R0]
	msr	ich_ap1r0_el2, x2
	adrp	x2, stage2_vttbr + 8 * (1 - \slot)
	ldr	x2, [x2, :lo12:stage2_vttbr + 8 * (1 - \slot)]
	msr	vttbr_el2, x2
	stlr	wzr, [x1]
	sev
	ldp	x2, x3, [sp], #16
	ldp	x0, x1, [sp], #16
	eret
	.endm

	.text
	.global switch_to_vtl2
	.type switch_to_vtl2, %function
switch_to_vtl2:
	BEGIN	0, 1
	mov	w3, #ENTRY_REASON_VTL_CALL
	str	w3, [x2, #ASSIST_AT_REASON]
	COUNT	COUNT_AT_VTL_CALL
	mov	w2, #2
	str	w2, [x0, #CPU_VP_STATE]
	END	0
	.size switch_to_vtl2, . - switch_to_vtl2

	.global switch_to_vtl0
	.type switch_to_vtl0, %function
switch_to_vtl0:
	BEGIN	2, 0
	ldp	x2, x3, [x2, #ASSIST_AT_RETURN_SLOTS]
	orr	x2, x2, x3
	cbnz	x2, unlock_go_long
	ldrb	w2, [x0, #CPU_VP_EVENT]
	tbnz	w2, #0, unlock_go_long
	str	wzr, [x0, #CPU_REENTRIES]
	COUNT	COUNT_AT_VTL_RETURN
	str	wzr, [x0, #CPU_VP_STATE]
	END	1
	.size switch_to_vtl0, . - switch_to_vtl0

	.type unlock_go_long, %function
unlock_go_long:
	stlr	wzr, [x1]
	sev
go_long:
	ldp	x2, x3, [sp], #16
	mov	x1, #EXIT_SYNC
	b	guest_leave
	.size unlock_go_long, . - unlock_go_long
