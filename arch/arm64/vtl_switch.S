/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Leave to VTL0, come back. The only file with a VTL return.
 *
 * X0 to X17 and X19 to X30 are shared between the VTLs and live here; X18, SP and the system
 * registers are the hypervisor's to switch (TLFS: VSM, private state). FP/SIMD is shared and
 * VTL0's: not touched. X29 and X30 are loaded and stored too, which is right under both readings
 * of who switches them.
 *
 * void vtl_arch_switch(struct vp *vp)
 * In: X0 = vp, which is also X18. Out: vp->regs hold VTL0's registers at entry.
 * Stack: 96 bytes.
 */
#include "arch/arm64/arch_types.h"
#include "arch/arm64/asm.h"

#include <generated/asm_offsets.h>

func vtl_arch_switch
	stp	x19, x20, [sp, #-96]!
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]

	ldp	x0, x1, [x18, #VP_REGS + 8 * 0]
	ldp	x2, x3, [x18, #VP_REGS + 8 * 2]
	ldp	x4, x5, [x18, #VP_REGS + 8 * 4]
	ldp	x6, x7, [x18, #VP_REGS + 8 * 6]
	ldp	x8, x9, [x18, #VP_REGS + 8 * 8]
	ldp	x10, x11, [x18, #VP_REGS + 8 * 10]
	ldp	x12, x13, [x18, #VP_REGS + 8 * 12]
	ldp	x14, x15, [x18, #VP_REGS + 8 * 14]
	ldp	x16, x17, [x18, #VP_REGS + 8 * 16]
	ldp	x19, x20, [x18, #VP_REGS + 8 * 19]
	ldp	x21, x22, [x18, #VP_REGS + 8 * 21]
	ldp	x23, x24, [x18, #VP_REGS + 8 * 23]
	ldp	x25, x26, [x18, #VP_REGS + 8 * 25]
	ldp	x27, x28, [x18, #VP_REGS + 8 * 27]
	ldp	x29, x30, [x18, #VP_REGS + 8 * 29]

	hvc	#3

	stp	x0, x1, [x18, #VP_REGS + 8 * 0]
	stp	x2, x3, [x18, #VP_REGS + 8 * 2]
	stp	x4, x5, [x18, #VP_REGS + 8 * 4]
	stp	x6, x7, [x18, #VP_REGS + 8 * 6]
	stp	x8, x9, [x18, #VP_REGS + 8 * 8]
	stp	x10, x11, [x18, #VP_REGS + 8 * 10]
	stp	x12, x13, [x18, #VP_REGS + 8 * 12]
	stp	x14, x15, [x18, #VP_REGS + 8 * 14]
	stp	x16, x17, [x18, #VP_REGS + 8 * 16]
	stp	x19, x20, [x18, #VP_REGS + 8 * 19]
	stp	x21, x22, [x18, #VP_REGS + 8 * 21]
	stp	x23, x24, [x18, #VP_REGS + 8 * 23]
	stp	x25, x26, [x18, #VP_REGS + 8 * 25]
	stp	x27, x28, [x18, #VP_REGS + 8 * 27]
	stp	x29, x30, [x18, #VP_REGS + 8 * 29]

	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	x19, x20, [sp], #96
	ret
end_func vtl_arch_switch

	.section .note.GNU-stack, "", %progbits
