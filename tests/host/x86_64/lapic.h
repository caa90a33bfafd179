/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does an interrupt reach the VTL that it is for? One local APIC for each VTL of a VP, in
 * x2APIC mode, reached by MSRs only.
 */
#ifndef TESTS_HOST_X86_64_LAPIC_H
#define TESTS_HOST_X86_64_LAPIC_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/x86_64/cpu.h"

void lapic_reset(struct cpu *cpu, uint32_t slot);

/* MSRs 0x800 to 0x8FF, and APIC_BASE. False: a general protection fault. */
bool lapic_read_msr(struct cpu *cpu, uint32_t slot, uint32_t index, uint64_t *value);
bool lapic_write_msr(struct cpu *cpu, uint32_t slot, uint32_t index, uint64_t value);

/* An edge, or an NMI. */
void lapic_raise(struct cpu *cpu, uint32_t slot, uint32_t vector, bool auto_eoi);
void lapic_nmi(struct cpu *cpu, uint32_t slot);

/* An interrupt waits that this APIC's priorities let through. */
bool lapic_wants(const struct cpu *cpu, uint32_t slot);
/* The same, and the VTL has its interrupt flag set, so that it ends a HLT. */
bool lapic_can_interrupt(const struct cpu *cpu, uint32_t slot);

/* Between the APIC and the loaded VTL's VMCB: before each entry, after each exit. */
void lapic_load(struct cpu *cpu, uint32_t slot);
void lapic_unload(struct cpu *cpu, uint32_t slot);
/* An interrupt whose delivery began and must wait for an exception. */
void lapic_take_back(struct cpu *cpu, uint32_t slot);

#endif
