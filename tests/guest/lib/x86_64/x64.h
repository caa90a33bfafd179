/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a payload on x86_64 get from its library, beside what both architectures have?
 */
#ifndef GUEST_LIB_X86_64_X64_H
#define GUEST_LIB_X86_64_X64_H

#include "tests/guest/lib/guest.h"

/* ---- call.S ---- */

/* Registers as instructions count them. */
enum {
	RAX,
	RCX,
	RDX,
	RBX,
	RSP,
	RBP,
	RSI,
	RDI,
	R8,
	R9,
	R10,
	R11,
	R12,
	REGISTERS = 16
};

/* Layout known to call.S. */
struct registers {
	uint64_t gpr[REGISTERS]; /* all but RSP */
	uint64_t rflags;
	uint64_t mxcsr;
	uint64_t xmm[16][2];
};
_Static_assert(offsetof(struct registers, rflags) == 128, "call.S");
_Static_assert(offsetof(struct registers, mxcsr) == 136, "call.S");
_Static_assert(offsetof(struct registers, xmm) == 144, "call.S");

/* Every register from r, the call of the target, every register back. */
void call_with(struct registers *r, uint64_t target);

/* ---- quick.S ---- */

/* A call without any check: R8 to R11, RSI, RDI, RBX and R12 from x and back to it, RCX = extra,
 * RAX and RDX 0. Returns what those three have in common bits after it. */
uint64_t call_at(uint64_t x[8], uint64_t code, uint64_t extra);
/* What call_at() may call: WRMSR of RCX, the same with interrupts open around it, VMMCALL, VMCALL,
 * a call through R13 with interrupts open. */
extern const uint8_t piece_wrmsr[], piece_open_wrmsr[], piece_vmmcall[], piece_vmcall[];
extern const uint8_t piece_open_call[];
/* RDX, R8, XMM0 and XMM1 from words, RCX = control, the call of the page; RAX. */
uint64_t hypercall_at(const uint64_t words[6], uint64_t control, uint64_t page);

/* One instruction each, which may fault when that is expected; 0 where it does. */
uint64_t try_rdmsr(uint32_t number);
void try_wrmsr(uint32_t number, uint64_t value);
uint64_t try_rdpmc(uint32_t number);
/* With size 1, 2 or 4, or a byte of a string. */
uint32_t try_in(uint16_t port, unsigned int size);
void try_out(uint16_t port, unsigned int size, uint32_t value);
void try_outs(uint16_t port, const void *from);
void try_ins(uint16_t port, void *to);

/* ---- cpu.c ---- */

/* exception.cause. */
#define VECTOR_AND_ERROR(vector, error) ((uint64_t)(vector) << 32 | (error))
#define GENERAL_PROTECTION VECTOR_AND_ERROR(13, 0)
#define UNDEFINED VECTOR_AND_ERROR(6, 0)
#define IPI_VECTOR 0x40
#define TIMER_VECTOR 0x50

/* What each processor has of its own; GS points to it. */
struct local {
	struct local *self;
	bool expecting;
	bool taking;	 /* irq_take() or irq_wait() lets interrupts in */
	uint32_t vector; /* that came and was not taken yet */
	struct exception last;
	volatile uint64_t nmis;
	volatile uint64_t others; /* interrupts of vectors that are not the library's */
};
struct local *local(void);
void local_init(struct local *local);

/* ---- secondary.c: INIT and start-up interrupts ---- */

/* The page for a start-up interrupt, made ready for one processor that will run the function. 0:
 * no more room, or no page of RAM below 1 MiB. */
uint32_t secondary_prepare(void (*function)(uint64_t), uint64_t argument);
/* The same function once more, on the same stack: nobody runs on it any longer. */
void secondary_again(void);
/* Has one begun to run since? */
bool secondary_began(void);
#define ICR_NMI 0x4400
#define ICR_INIT 0x4500
#define ICR_STARTUP 0x4600
void send_ipi(uint64_t id, uint32_t icr);

/* ---- paravane.c ---- */

uint64_t hypercall_page(void);
/* Of a hypercall with this control word and a request's id in R8. */
uint64_t hypercall_status(uint64_t control, uint64_t id);
uint64_t vtl_call_entry(void); /* 0: not told */
uint64_t vtl_return_entry(void);

#endif
