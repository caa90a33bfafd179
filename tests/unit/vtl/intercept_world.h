/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine that runs into intercepts: what both intercept tests begin with. */
#ifndef TESTS_UNIT_VTL_INTERCEPT_WORLD_H
#define TESTS_UNIT_VTL_INTERCEPT_WORLD_H

#include "core/platform.h"
#include "vtl/vtl_arch.h"

#define WORLD_PC UINT64_C(0xFFFF800010001234)

extern struct platform world_platform;

/* Two VPs, a UART, the door, every register of the boot VP with a value of its own. */
int world_setup(void **state);

/* A plain 32-bit access through register 5. */
struct mem_access world_load(uint64_t gpa);
struct mem_access world_store(uint64_t gpa);
void world_run_into(const struct mem_access *access);

/* All registers but those named are as before. */
void world_check_registers(uint32_t first, uint32_t count);
uint64_t world_counter(uint32_t n);
/* VTL0 goes on behind the instruction, and was told so once. */
bool world_has_resumed(void);

#endif
