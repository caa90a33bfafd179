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
/* Pages of the host that each VTL may see over its memory. */
enum npt_overlay {
	NPT_HYPERCALL_PAGE, /* read and executed */
	NPT_TSC_PAGE,	    /* read */
	NPT_OVERLAYS
};

/* NULL takes it away. False: no such page of memory, or no memory for the tables. */
bool npt_overlay(uint32_t slot, enum npt_overlay which, uint64_t gpn, const void *page);
bool npt_is_overlay(uint32_t slot, uint64_t gpn);

#endif
