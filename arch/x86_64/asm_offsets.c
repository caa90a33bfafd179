/* SPDX-License-Identifier: BSD-2-Clause */
/* Where in C's structs does the assembly look? Never linked: scripts/gen-offsets reads it. */
#include <stddef.h>

#include "arch/x86_64/entry.h"
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
	OFFSET(VP_STACK_TOP, struct vp, stack_top);
	OFFSET(VP_SELF, struct vp, arch.self);
	OFFSET(VP_FOUND, struct vp, arch.found);
	OFFSET(VP_ARRIVED, struct vp, arch.arrived);
	OFFSET(ASSIST_ENTRY_REASON, struct hv_vp_assist_page, vtl_entry_reason);
	OFFSET(ASSIST_RETURN_RAX, struct hv_vp_assist_page, vtl_ret_x64rax);
	OFFSET(ASSIST_RETURN_RCX, struct hv_vp_assist_page, vtl_ret_x64rcx);
	CONSTANT(CALL_DOOR, DOOR_VTLCALL);
}
