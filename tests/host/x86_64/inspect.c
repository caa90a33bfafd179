/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which pages of VTL2's can VTL2 not write, by its own tables? (inspect=on)
 */
#include "tests/host/common/inspect.h"

#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/machine.h"

#define PAGE 4096ull
#define LEVELS 4
#define ENTRIES 512
#define PTE_PRESENT 1ull
#define PTE_WRITE 2ull
#define PTE_SEEN 0x60ull /* accessed, dirty: the processor's to set */
#define PTE_LARGE 0x80ull
#define PTE_NX (1ull << 63)
#define PTE_ADDRESS 0x000FFFFFFFFFF000ull

/* Of the last exit, while VTL2 runs: none of them has a reason to change. */
bool arch_inspect_registers(uint64_t now[INSPECT_REGISTERS])
{
	const struct svm_save *save = &cpus[0].vmcb[vtl_slot(2)]->save;

	now[0] = save->cr3;
	now[1] = save->cr0;
	now[2] = save->cr4;
	now[3] = save->efer;
	now[4] = save->idtr.base;
	return true;
}

static void leaf(struct inspect_pass *pass, uint64_t entry, uint32_t level, bool writable)
{
	uint64_t size = PAGE << (9 * (LEVELS - 1 - level));
	uint64_t base = entry & PTE_ADDRESS & ~(size - 1);
	uint64_t at;

	if (writable && (entry & PTE_NX) == 0) {
		arch_fatal("inspect: VTL2's page 0x%llx is writable and executable",
			   (unsigned long long)base);
	}

	for (at = 0; !writable && at < size; at += PAGE) {
		inspect_page(pass, base + at, 0);
	}
}

/* All tables from the root on, and what they map. A page is writable if every level says so; that
 * it may not be executed is said by its own entry alone, which is stricter than the processor. */
void arch_inspect_walk(struct inspect_pass *pass, const uint64_t registers[INSPECT_REGISTERS])
{
	uint64_t root = registers[0] & PTE_ADDRESS;
	const uint64_t *table[LEVELS] = { arch_ram(root, PAGE) };
	bool writable[LEVELS] = { true };
	uint32_t index[LEVELS] = { 0 };
	uint32_t level = 0;

	if ((registers[1] & CR0_PG) == 0 || table[0] == NULL) {
		arch_fatal("inspect: VTL2 has no tables in memory");
	}
	if ((registers[1] & CR0_WP) == 0 || (registers[3] & EFER_NXE) == 0) {
		arch_fatal("inspect: VTL2 writes and executes what its tables forbid");
	}
	inspect_page(pass, root, PTE_SEEN);
	for (;;) {
		uint64_t entry;
		bool write;

		if (table[level] == NULL || index[level] == ENTRIES) {
			if (level == 0) {
				return;
			}
			level--;
			continue;
		}
		entry = table[level][index[level]++];
		write = writable[level] && (entry & PTE_WRITE) != 0;
		if ((entry & PTE_PRESENT) == 0) {
			continue;
		}
		if (level == LEVELS - 1 || (entry & PTE_LARGE) != 0) {
			leaf(pass, entry, level, write);
			continue;
		}
		inspect_page(pass, entry & PTE_ADDRESS, PTE_SEEN);
		level++;
		table[level] = arch_ram(entry & PTE_ADDRESS, PAGE);
		writable[level] = write;
		index[level] = 0;
	}
}
