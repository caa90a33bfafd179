/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who answers which exit of a guest? Each handler runs under the host's lock, may change the loaded
 * VTL's registers, and may switch VTLs; afterwards the run loop decides what runs.
 */
#ifndef TESTS_HOST_X86_64_EXIT_H
#define TESTS_HOST_X86_64_EXIT_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/x86_64/cpu.h"

void exit_handle(struct cpu *cpu);

/* cpuid.c */
void cpuid_handle(struct cpu *cpu);

/* msr.c */
void msr_handle(struct cpu *cpu);

/* hypercall_page.c */
void page_init(void);
/* Offsets of VTL call and return in 64-bit code, as VsmCodePageOffsets has them. */
uint64_t page_offsets(void);
/* Is this the other vendor's instruction, which this processor does not have? */
bool page_is_vmcall(uint32_t offset);
uint64_t page_msr(uint32_t vtl);
/* False: a general protection fault for the writer. */
bool page_set_msr(uint32_t vtl, uint64_t value);

/* vmmcall.c */
void vmmcall_handle(struct cpu *cpu);
/* An undefined instruction: a VMCALL, or the guest's own fault. */
void vmmcall_undefined(struct cpu *cpu);

/* io.c */
void io_handle(struct cpu *cpu);
uint16_t io_install(uint32_t first, uint32_t last, uint32_t mask);

/* npf.c */
void npf_handle(struct cpu *cpu);

/* message.c; false: VTL2 was not told, and VTL0 does again what it did. */
struct message_port {
	uint16_t port;
	uint8_t size;
	bool is_in;
	bool is_string;
	bool is_rep;
	uint32_t length;
};
bool message_port(struct cpu *cpu, const struct message_port *access);
bool message_msr(struct cpu *cpu, bool is_write);
bool message_cpuid(struct cpu *cpu, const uint32_t answer[4]);
bool message_memory(struct cpu *cpu, uint32_t type, uint64_t gpa, uint32_t access, bool is_fetch);
bool message_hypercall(struct cpu *cpu);
bool message_shutdown(struct cpu *cpu);
/* A block of VTL0's hypercall is not there. False: VTL2 did not ask to be told of such. */
bool message_block(struct cpu *cpu, uint64_t gpa, bool is_write);

#endif
