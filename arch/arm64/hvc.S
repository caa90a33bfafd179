/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One hypercall instruction with its registers from and to memory.
 *
 * void hvc0(uint64_t x[18]), void hvc1(uint64_t x[18])
 * In: X0 = array of 18 words, loaded into X0 to X17. Out: the same array. Callee-saved registers
 * and X18 are the hypervisor's to keep (TLFS: hypercall ABI). Stack: 16 bytes.
 */
#include "arch/arm64/asm.h"
#include "hv/arm64.h"

.macro	hvc_with_registers imm
	stp	x0, x30, [sp, #-16]!
	ldp	x2, x3, [x0, #16]
	ldp	x4, x5, [x0, #32]
	ldp	x6, x7, [x0, #48]
	ldp	x8, x9, [x0, #64]
	ldp	x10, x11, [x0, #80]
	ldp	x12, x13, [x0, #96]
	ldp	x14, x15, [x0, #112]
	ldp	x16, x17, [x0, #128]
	ldp	x0, x1, [x0]
	hvc	#\imm
	ldr	x30, [sp]
	stp	x0, x1, [x30]
	stp	x2, x3, [x30, #16]
	stp	x4, x5, [x30, #32]
	stp	x6, x7, [x30, #48]
	stp	x8, x9, [x30, #64]
	stp	x10, x11, [x30, #80]
	stp	x12, x13, [x30, #96]
	stp	x14, x15, [x30, #112]
	stp	x16, x17, [x30, #128]
	ldr	x30, [sp, #8]
	add	sp, sp, #16
	ret
.endm

/*
 * uint64_t vtl_arch_hypercall_six(uint64_t control, uint64_t in0, ..., uint64_t in5)
 * C passes the words where the native convention has them. Out: X0 = result word. Stack: none.
 */
func vtl_arch_hypercall_six
#ifdef CONFIG_HVCALL_SMCCC
	mov	x7, x6
	mov	x6, x5
	mov	x5, x4
	mov	x4, x3
	mov	x3, x2
	mov	x2, x1
	mov	x1, x0
	mov	w0, #(HV_ARM64_SMCCC_HYPERCALL & 0xffff)
	movk	w0, #(HV_ARM64_SMCCC_HYPERCALL >> 16), lsl #16
	hvc	#0
#else
	hvc	#1
#endif
	ret
end_func vtl_arch_hypercall_six

func hvc0
	hvc_with_registers 0
end_func hvc0

func hvc1
	hvc_with_registers 1
end_func hvc1

	.section .note.GNU-stack, "", %progbits
