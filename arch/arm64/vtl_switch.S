/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Leave to VTL0, come back, and have each entry answered. The only file with a VTL return.
 *
 * X0 to X17 and X19 to X30 are shared between the VTLs and live here; X18, SP and the system
 * registers are the hypervisor's to switch (TLFS: VSM, private state). FP/SIMD is shared and
 * VTL0's: not touched.
 *
 * _Noreturn void vtl_arch_run(struct vp *vp)
 * In: X0 = vp, which is also X18; vp->regs are VTL0's first registers. Stack: none.
 *
 * For a VTL call X19 to X28 stay in the registers, because C gives them back, and only what C may
 * destroy is saved.
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

func vtl_arch_run
	.cfi_undefined x30			/* a backtrace ends here */
1:	each_kept ldp

2:	each_scratch ldp
	hvc	#3
	each_scratch stp
	ldr	x1, [x18, #VP_ASSIST_PAGE]
	mov	x0, x18
	ldr	w1, [x1, #ASSIST_ENTRY_REASON]
	cmp	w1, #HV_VTL_ENTRY_VTL_CALL
	b.ne	3f
	mov	w1, #CALL_DOOR
	bl	service_dispatch
	b	2b

3:	each_kept stp
	bl	run_entry
	b	1b
end_func vtl_arch_run

	.section .note.GNU-stack, "", %progbits
