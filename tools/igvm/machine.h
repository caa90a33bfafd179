/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What differs between the images for two processors? One row for each.
 */
#ifndef TOOLS_IGVM_MACHINE_H
#define TOOLS_IGVM_MACHINE_H

#include <stddef.h>
#include <stdint.h>

#include "tools/igvm/layout.h"

#define MACHINE_REGISTERS_MAX 24

/* One register of the VP context; high: of those wider than 64 bits. */
struct machine_register {
	uint32_t name;
	uint64_t low;
	uint64_t high;
};

struct machine {
	uint32_t file_version; /* 1: old loaders read it; 2: names its processor */
	/* Page tables of four levels, 4 KiB: what an entry holds beside the address. */
	uint64_t table_bits;
	uint64_t block_bits;
	/* The registers of the first instruction, at most MACHINE_REGISTERS_MAX; how many. */
	size_t (*registers)(const struct layout *l, struct machine_register *out);
};

extern const struct machine machine_arm64;
extern const struct machine machine_x86_64;

#endif
