/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does each VTL see of memory? One nested table per VTL; where they differ is VTL protection
 * and overlays.
 */
#ifndef TESTS_HOST_X86_64_NPT_H
#define TESTS_HOST_X86_64_NPT_H

#include <stdbool.h>
#include <stdint.h>

/* Both tables, all of the VM's RAM, everything allowed. */
void npt_init(void);
/* Physical address of this VTL's table. */
uint64_t npt_root(uint32_t slot);
/* Is there RAM at this address? The physical address, or 0. */
uint64_t npt_ram_pa(uint64_t gpa);
/*
 * Puts a page of the host over a page of this VTL's memory, to be read and executed only; NULL
 * takes it away. One for each VTL. False: no such page, or no memory for the tables.
 */
bool npt_overlay(uint32_t slot, uint64_t gpn, const void *page);
bool npt_is_overlay(uint32_t slot, uint64_t gpn);

#endif
