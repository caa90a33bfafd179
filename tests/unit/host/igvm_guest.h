/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Into what do the loader's tests load?
 *
 * A guest with 256 MiB at GPA 0 whose pages appear when they are written; each write is checked to
 * lie in RAM and counted. The tree parameter is a fixed text.
 */
#ifndef TESTS_UNIT_HOST_IGVM_GUEST_H
#define TESTS_UNIT_HOST_IGVM_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/igvm_load.h"

#define GUEST_RAM 0x10000000ULL
#define GUEST_TREE_TEXT "this stands for a device tree"
#define GUEST_POISON 0xEEU
#define GUEST_SCRATCH 0x40000U

struct guest {
	uint8_t *ram;
	uint8_t *scratch; /* of scratch_made bytes; made anew when scratch_size differs */
	uint64_t writes;
	uint64_t fail_at;     /* the write with this number fails, counted from 1; 0: none */
	uint64_t tree_size;   /* what the device_tree callback claims; 0: the text's own */
	uint64_t ram_claimed; /* what has_ram says there is, when it is more than there is */
	bool tree_fails;
	uint32_t map_lines;
	uint64_t scratch_size;
	uint64_t scratch_made;
	struct igvm_result result;
};

/* One for all tests of a program; its memory is poison. */
struct guest *guest_get(void);

/* Poisons the pages from `gpa` on, so that a test sees what was written. */
void guest_poison(struct guest *guest, uint64_t gpa, uint64_t size);

/* Loads an exact copy of the file, so that the sanitizer sees a byte read too far. */
enum igvm_err guest_load(struct guest *guest, const uint8_t *file, uint64_t size,
			 enum igvm_arch arch);
enum igvm_err guest_load_at(struct guest *guest, const uint8_t *file, uint64_t size,
			    enum igvm_arch arch, uint64_t base);

uint64_t guest_u64(const struct guest *guest, uint64_t gpa);

#endif
