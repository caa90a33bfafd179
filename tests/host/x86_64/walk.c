/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a virtual address of a guest mean? Through the guest's own tables, four levels of them,
 * or none while its paging is off. The tables must be memory that this VTL may read.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/machine.h"

#define PTE_PRESENT 1ull
#define PTE_LARGE 0x80ull
#define PTE_ADDRESS 0x000FFFFFFFFFF000ull

bool walk(const struct svm_vmcb *vmcb, uint32_t vtl, uint64_t address, uint64_t *gpa)
{
	uint64_t table = vmcb->save.cr3 & PTE_ADDRESS;
	uint32_t shift;

	if ((vmcb->save.cr0 & CR0_PG) == 0) {
		*gpa = address;
		return true;
	}
	if ((vmcb->save.efer & EFER_LMA) == 0) {
		return false;
	}
	for (shift = 39; shift >= 12; shift -= 9) {
		const uint64_t *entries = arch_ram(table, HV_PAGE_SIZE);
		uint64_t mask = (1ull << shift) - 1;
		uint64_t entry;

		if (entries == NULL || (arch_access(vtl, table >> 12) & MAP_READ) == 0) {
			return false;
		}
		entry = *(const volatile uint64_t *)&entries[address >> shift & 511];
		if ((entry & PTE_PRESENT) == 0) {
			return false;
		}
		if (shift == 12 || (shift < 39 && (entry & PTE_LARGE) != 0)) {
			*gpa = (entry & PTE_ADDRESS & ~mask) | (address & mask);
			return true;
		}
		table = entry & PTE_ADDRESS;
	}
	return false;
}
