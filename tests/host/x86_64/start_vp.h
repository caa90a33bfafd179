/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With which registers does a VP begin, and who starts VTL0? (VTL2 of other VPs: arch_start_vp.)
 */
#ifndef TESTS_HOST_X86_64_START_VP_H
#define TESTS_HOST_X86_64_START_VP_H

#include "tests/host/common/igvm_load.h"
#include "tests/host/x86_64/cpu.h"

void start_boot_vp(struct cpu *cpu, const struct igvm_result *image);
/* INIT and start-up interrupts for VTL0. */
void start_init(struct cpu *target);
void start_sipi(struct cpu *target, uint32_t vector);
/* On its own processor: begins where the start-up interrupt said. */
void start_vtl0(struct cpu *cpu);

#endif
