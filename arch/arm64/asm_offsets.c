/* SPDX-License-Identifier: BSD-2-Clause */
/* Where in C's structs does the assembly look? Never linked: scripts/gen-offsets reads it. */
#include <stddef.h>

#include "arch/arm64/entry.h"
#include "core/service.h"
#include "core/vp.h"

#include "hv/vsm.h"

#define OFFSET(name, type, field)                                                                  \
	__asm__ volatile("\n.ascii \"@ " #name " %0\"" : : "i"(offsetof(type, field)))

#define CONSTANT(name, value) __asm__ volatile("\n.ascii \"@ " #name " %0\"" : : "i"(value))

void asm_offsets(void);

void asm_offsets(void)
{
	OFFSET(VP_REGS, struct vp, regs);
	OFFSET(VP_ASSIST_PAGE, struct vp, assist_page);
	OFFSET(ASSIST_ENTRY_REASON, struct hv_vp_assist_page, vtl_entry_reason);
	CONSTANT(CALL_DOOR, DOOR_VTLCALL);
	OFFSET(VP_STACK_TOP, struct vp, stack_top);
	OFFSET(VP_FOUND, struct vp, arch.found);
	OFFSET(START_SCTLR, struct vp_start_registers, sctlr);
	OFFSET(START_MAIR, struct vp_start_registers, mair);
	OFFSET(START_TCR, struct vp_start_registers, tcr);
	OFFSET(START_VBAR, struct vp_start_registers, vbar);
	OFFSET(START_TTBR0, struct vp_start_registers, ttbr0);
}
