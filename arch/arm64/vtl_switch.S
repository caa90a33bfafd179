/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Leave to VTL0, come back. The only file with a VTL return.
 *
 * X0 to X17 and X19 to X30 are shared between the VTLs and live here; X18, SP and the system
 * registers are the hypervisor's to switch (TLFS: VSM, private state). FP/SIMD is shared and
 * VTL0's: not touched.
 *
 * void vtl_arch_switch(struct vp *vp)
 * In: X0 = vp, which is also X18. Out: vp->regs hold VTL0's registers at entry.
 * Stack: 96 bytes.
 *
 * A VTL call or a store to the door page never comes out of here: X19 to X28 stay in the registers,
 * because C gives them back, and only what C may destroy is saved.
 */
#include "arch/arm64/arch_types.h"
#include "arch/arm64/asm.h"
#include "hv/vsm.h"

#include <generated/asm_offsets.h>

/* What C may destroy. X29 and X30 too, which is right under both readings of who switches them. */
.macro	each_scratch op
	\op	x0, x1, [x18, #VP_REGS + 8 * 0]
	\op	x2, x3, [x18, #VP_REGS + 8 * 2]
	\op	x4, x5, [x18, #VP_REGS + 8 * 4]
	\op	x6, x7, [x18, #VP_REGS + 8 * 6]
	\op	x8, x9, [x18, #VP_REGS + 8 * 8]
	\op	x10, x11, [x18, #VP_REGS + 8 * 10]
	\op	x12, x13, [x18, #VP_REGS + 8 * 12]
	\op	x14, x15, [x18, #VP_REGS + 8 * 14]
	\op	x16, x17, [x18, #VP_REGS + 8 * 16]
	\op	x29, x30, [x18, #VP_REGS + 8 * 29]
.endm

/* What C keeps. */
.macro	each_kept op
	\op	x19, x20, [x18, #VP_REGS + 8 * 19]
	\op	x21, x22, [x18, #VP_REGS + 8 * 21]
	\op	x23, x24, [x18, #VP_REGS + 8 * 23]
	\op	x25, x26, [x18, #VP_REGS + 8 * 25]
	\op	x27, x28, [x18, #VP_REGS + 8 * 27]
.endm

func vtl_arch_switch
	stp	x19, x20, [sp, #-96]!
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	each_kept ldp

1:	each_scratch ldp
	hvc	#3
	each_scratch stp
	ldr	x0, [x18, #VP_ASSIST_PAGE]
	ldr	w0, [x0, #ASSIST_ENTRY_REASON]
	cmp	w0, #HV_VTL_ENTRY_VTL_CALL
	b.ne	2f
	mov	x0, x18
	mov	w1, #CALL_DOOR
	bl	service_dispatch
	b	1b

2:	mov	x0, x18
	bl	intercept_take_door
	tbnz	w0, #0, 1b

	each_kept stp
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	x19, x20, [sp], #96
	ret
end_func vtl_arch_switch

	.section .note.GNU-stack, "", %progbits
