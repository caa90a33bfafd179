/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does each VTL see of memory? One stage 2 table per VTL; where they differ is VTL protection.
 */
#ifndef TESTS_HOST_ARM64_STAGE2_H
#define TESTS_HOST_ARM64_STAGE2_H

#include <stdbool.h>
#include <stdint.h>

/* VTTBR_EL2 of each slot. */
extern uint64_t stage2_vttbr[2];

/* Both tables, all of the VM's RAM, everything allowed. */
void stage2_init(void);
/* VTCR_EL2 of the calling processor. */
void stage2_init_cpu(void);
/* Makes this VTL's table the one in use on the calling processor. */
void stage2_select(uint32_t vtl);
/* Is there RAM at this address? The physical address, or 0. */
uint64_t stage2_ram_pa(uint64_t gpa);

#endif
