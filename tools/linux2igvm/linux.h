/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a kernel's boot protocol ask for? One row for each architecture.
 *
 *   base            + TREE_OFFSET       + KERNEL_OFFSET                     base + memory
 *   | its own pages | device tree | ... | kernel                            |
 */
#ifndef TOOLS_LINUX2IGVM_LINUX_H
#define TOOLS_LINUX2IGVM_LINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/igvm/failure.h"
#include "tools/igvm/files.h"
#include "tools/igvm/machine.h"
#include "tools/igvm/writer.h"

#define TREE_OFFSET UINT64_C(0x10000)
#define TREE_SIZE (64u * UINT64_C(4096))
#define KERNEL_OFFSET UINT64_C(0x200000)

struct place {
	uint64_t base; /* multiples of 2 MiB, both */
	uint64_t memory;
	uint64_t entry; /* the kernel's first instruction */
};

struct linux_machine {
	const char *name;
	uint64_t base; /* where the kernel's first block lies, if not told */
	uint32_t file_version;
	/* Is it a kernel for it, and is there room for it when it runs? Sets place->entry. */
	bool (*check)(struct place *place, const struct file_bytes *kernel, struct failure *f);
	size_t (*registers)(const struct place *place, struct machine_register *out);
	/* The tree, the kernel, which check() accepted, and what else there must be. */
	void (*pages)(const struct place *place, const struct file_bytes *kernel, struct writer *w);
};

extern const struct linux_machine linux_arm64;
extern const struct linux_machine linux_x86_64;

#endif
