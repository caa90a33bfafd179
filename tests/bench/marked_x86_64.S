/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is counted? The instructions strictly between two marks (tests/bench/icnt.c): one call or
 * one access, with its arguments already in place. A call is the page's entry and its return too.
 */
#include "paravane/services.h"

	.macro BEGIN
	nopl	0x60(%rax)
	.endm

	.macro END
	nopl	0x61(%rax)
	.endm

	.macro FUNC name
	.global	\name
	.type	\name, @function
\name:
	.endm

	.macro END_FUNC name
	.size	\name, . - \name
	.endm

	.text
/*
 * in: RDI eight registers, ESI door (enum door; not smc), RDX its target (machine_x86_64.c). Loads
 * what a request has from there, makes the call, writes the results back.
 */
	FUNC	counted_call
	lea	by_msr(%rip), %rax
	test	%esi, %esi
	jz	1f
	lea	by_vtl_call(%rip), %rax
	cmp	$3, %esi
	je	1f
	lea	by_hypercall(%rip), %rax
1:	mov	%rax, %rsi
	jmp	call_at
	END_FUNC counted_call

/* Called by call_at with the target in RCX and R13, and RAX, RDX zero. */
by_msr:
	BEGIN
	wrmsr
	END
	ret

by_vtl_call:
	xor	%ecx, %ecx
	BEGIN
	call	*%r13
	END
	ret

by_hypercall:
	mov	$PARAVANE_HYPERCALL, %ecx
	BEGIN
	call	*%r13
	END
	ret

/* in: RDI address. A fault returns from load32. */
	FUNC	counted_load
	BEGIN
	call	load32
	END
	ret
	END_FUNC counted_load

/* in: EDI port, ESI value. */
	FUNC	counted_out
	mov	%edi, %edx
	mov	%esi, %eax
	BEGIN
	out	%al, %dx
	END
	ret
	END_FUNC counted_out

/* in: EDI port. out: AL. */
	FUNC	counted_in
	mov	%edi, %edx
	BEGIN
	in	%dx, %al
	END
	ret
	END_FUNC counted_in

/* in: EDI leaf. */
	FUNC	counted_cpuid
	push	%rbx
	mov	%edi, %eax
	xor	%ecx, %ecx
	BEGIN
	cpuid
	END
	pop	%rbx
	ret
	END_FUNC counted_cpuid

/* Nothing between the marks: must count as nothing. */
	FUNC	counted_nothing
	BEGIN
	END
	ret
	END_FUNC counted_nothing

	.section .note.GNU-stack, "", @progbits
