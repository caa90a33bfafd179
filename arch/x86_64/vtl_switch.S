/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Leave to VTL0, come back, and have each entry answered. The only file with a VTL return.
 *
 * The general registers are shared between the VTLs and live here; RSP, RIP, RFLAGS and the control
 * registers are the hypervisor's to switch (TLFS: VSM, private state). The way out itself uses RAX
 * and RCX: the hypervisor loads VTL0's from the VP assist page. CR2 and FP/SIMD are shared and
 * VTL0's: not touched.
 *
 * _Noreturn void vtl_arch_run(struct vp *vp)
 * In: RDI = vp, which is also where GS points; vp->regs are VTL0's first registers. Stack: 8 bytes.
 *
 * For a VTL call RBP and R12 to R15 stay in the registers, because C gives them back, and only what
 * C may destroy, or what is an argument, is saved.
 */
#include "arch/x86_64/arch_types.h"
#include "arch/x86_64/asm.h"
#include "hv/vsm.h"
#include "hv/x64.h"

#include <generated/asm_offsets.h>

.macro	load reg, number
	mov	%gs:VP_REGS + 8 * \number, %\reg
.endm

.macro	store reg, number
	mov	%\reg, %gs:VP_REGS + 8 * \number
.endm

/* What C keeps and no argument lies in. */
.macro	each_kept op
	\op	rbp, REG_RBP
	\op	r12, REG_R12
	\op	r13, REG_R13
	\op	r14, REG_R14
	\op	r15, REG_R15
.endm

.macro	each_scratch op
	\op	rdx, REG_RDX
	\op	rsi, REG_RSI
	\op	rdi, REG_RDI
	\op	r8, REG_R8
	\op	r9, REG_R9
	\op	r10, REG_R10
	\op	r11, REG_R11
.endm

func vtl_arch_run
	.cfi_undefined 16			/* RIP: a backtrace ends here */
	sub	$8, %rsp			/* as C wants it at a call */
1:	each_kept load
	load	rbx, REG_RBX

2:	mov	%gs:VP_ASSIST_PAGE, %rax
	load	rcx, REG_RAX
	mov	%rcx, ASSIST_RETURN_RAX(%rax)
	load	rcx, REG_RCX
	mov	%rcx, ASSIST_RETURN_RCX(%rax)
	each_scratch load
	/* Whatever lies in the offset, the target is in the page. */
	mov	vtl_return_offset(%rip), %eax
	and	$HV_X64_VTL_RETURN_OFFSET_MASK, %eax
	lea	hypercall_page(%rip), %rcx
	add	%rcx, %rax
	xor	%ecx, %ecx			/* not the fast return */
	call	vtl_return
	store	rax, REG_RAX
	store	rcx, REG_RCX
	store	rbx, REG_RBX
	each_scratch store
	mov	%gs:VP_ASSIST_PAGE, %rax
	mov	%gs:VP_SELF, %rdi
	mov	ASSIST_ENTRY_REASON(%rax), %esi
	cmp	$HV_VTL_ENTRY_VTL_CALL, %esi
	jne	3f
	mov	$CALL_DOOR, %esi
	call	service_dispatch
	jmp	2b

3:	each_kept store
	call	run_entry
	jmp	1b
end_func vtl_arch_run

/* In: RAX = target. A jump that no predictor of indirect branches has a say in. */
func vtl_return
	call	1f
2:	pause
	lfence
	jmp	2b
1:	mov	%rax, (%rsp)
	ret
end_func vtl_return

	.section .bss.vtl_return_offset, "aw", @nobits
	.balign	8
	.global	vtl_return_offset
	.hidden	vtl_return_offset
	.type	vtl_return_offset, @object
vtl_return_offset:
	.skip	8
	.size	vtl_return_offset, . - vtl_return_offset

	.section .note.GNU-stack, "", @progbits
