/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a VP come to C, other than the boot VP at its first instruction?
 */
#include "arch/arm64/arch_types.h"
#include "arch/arm64/asm.h"

#include <generated/asm_offsets.h>

/*
 * A VP that the hypervisor started with our initial VP context: MMU on with our tables, SP just
 * below a word that holds its struct vp. Nothing else is trusted; what was found is kept for the
 * boot log. Does not return.
 */
func vp_entry
	msr	daifset, #0xf			/* PSTATE is not part of the context */
	adr	x0, vp_entry
	mov	x1, sp
	mrs	x2, sctlr_el1
	mrs	x3, ttbr0_el1
	mov	x4, x18
	ldr	x18, [sp]
	str	x0, [x18, #VP_FOUND + 8 * FOUND_PC]
	str	x1, [x18, #VP_FOUND + 8 * FOUND_SP]
	str	x2, [x18, #VP_FOUND + 8 * FOUND_SCTLR]
	str	x3, [x18, #VP_FOUND + 8 * FOUND_TTBR0]
	str	x4, [x18, #VP_FOUND + 8 * FOUND_X18]
	mov	x29, xzr
	mov	x30, xzr
	bl	arch_vp_entry
	b	.
end_func vp_entry

/*
 * The same for a VP that was started by PSCI CPU_ON, which gives it X0 = struct vp and the MMU
 * off: brings it to the state that the initial VP context would have given it.
 */
func vp_entry_psci
	adrp	x1, vp_start_registers
	add	x1, x1, :lo12:vp_start_registers
	ldp	x2, x3, [x1, #START_MAIR]	/* MAIR, TCR */
	msr	mair_el1, x2
	msr	tcr_el1, x3
	ldp	x2, x3, [x1, #START_VBAR]	/* VBAR, TTBR0 */
	msr	vbar_el1, x2
	msr	ttbr0_el1, x3
	msr	ttbr1_el1, xzr
	ldr	x2, [x0, #VP_STACK_TOP]
	sub	x2, x2, #16
	mov	sp, x2
	mov	x18, x0
	dsb	sy
	tlbi	vmalle1
	ic	iallu
	dsb	sy
	isb
	ldr	x2, [x1, #START_SCTLR]
	msr	sctlr_el1, x2
	isb
	b	vp_entry
end_func vp_entry_psci

/* void mmu_switch(uint64_t mair, uint64_t tcr, uint64_t ttbr0, uint64_t sctlr)
 * From the loader's tables to ours, which map this code at the same address. In between without
 * any, because the size of a page may change; no memory is accessed there. */
func mmu_switch
	dsb	ish
	mrs	x4, sctlr_el1
	bic	x4, x4, #1			/* M */
	msr	sctlr_el1, x4
	isb
	msr	ttbr0_el1, x2
	msr	tcr_el1, x1
	msr	mair_el1, x0
	msr	ttbr1_el1, xzr
	isb
	tlbi	vmalle1
	dsb	sy
	isb
	msr	sctlr_el1, x3
	ic	iallu
	dsb	sy
	isb
	ret
end_func mmu_switch

/* _Noreturn void arch_run_on_stack_of(struct vp *vp, void (*next)(void))
 * The boot VP leaves the image's stack for its own. */
func arch_run_on_stack_of
	mov	x18, x0
	ldr	x2, [x0, #VP_STACK_TOP]
	sub	x2, x2, #16
	mov	sp, x2
	mov	x29, xzr
	mov	x30, xzr
	blr	x1
	b	.
end_func arch_run_on_stack_of

	.section .note.GNU-stack, "", %progbits
