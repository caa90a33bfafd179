/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a payload on x86_64 get from its library, beside the common part of the other one?
 */
#ifndef GUEST_X86_64_X64_H
#define GUEST_X86_64_X64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/guest/lib/guest.h"

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

/* ---- start.S ---- */

/* Every register but RSP from r, the call, every register back. */
void x64_call(uint64_t r[REGISTERS], uint64_t target);
bool try_load(uint64_t address, uint32_t *value);
bool try_store(uint64_t address, uint32_t value);
bool try_wrmsr(uint32_t number, uint64_t value);

/* WRMSR and a return: an address for x64_call(). */
extern const uint8_t write_msr[];

/* ---- cpu.c ---- */
struct fault {
	uint64_t vector;
	uint64_t error_code;
};
/* What the last instruction that was tried ran into. */
struct fault last_fault(void);

/* ---- hyper.c: VTL0's own channel to the hypervisor, and the doors ---- */
/* False: the processor says that no Hyper-V is there; nothing was touched. */
bool hyper_open(void);
uint64_t hyper_vtl_call(void); /* address of the page's entry; 0: not told */
/* The status of a fast hypercall with this control word, registers as a request has them. */
uint64_t hyper_fast(uint64_t control, uint64_t id, uint64_t out[4]);

/* By which of the doors? */
enum way {
	BY_VTL_CALL,
	BY_MSR,
	BY_HYPERCALL
};
/* One request of Paravane: id and arguments in, results out, and true if every other register is
 * as it was. */
bool request(enum way way, uint64_t id, uint64_t a1, uint64_t a2, uint64_t out[4]);

#endif
