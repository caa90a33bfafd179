/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does arm64's boot protocol ask for? The tree in X0, and little else.
 */
#include <string.h>

#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"
#include "tools/igvm/headers.h"
#include "tools/linux2igvm/linux.h"

/* The Image's header: how much memory it takes, and the magic number "ARMd". */
#define IMAGE_SIZE 16
#define IMAGE_MAGIC 56
#define IMAGE_HEADER 64u
#define IMAGE_MAGIC_VALUE 0x644D5241u

/* EL1h, D A I F masked; MMU and caches off, ones where a bit means nothing. */
#define CPSR UINT64_C(0x3C5)
#define SCTLR UINT64_C(0x30D00800)

static bool check(struct place *place, const struct file_bytes *kernel, struct failure *f)
{
	uint64_t needed;

	if (kernel->size < IMAGE_HEADER ||
	    get32(kernel->bytes + IMAGE_MAGIC) != IMAGE_MAGIC_VALUE) {
		return fail_with(f, "not an arm64 Image");
	}
	needed = get64(kernel->bytes + IMAGE_SIZE);
	if (needed < kernel->size || needed > place->memory - KERNEL_OFFSET) {
		return fail_with(f, "the kernel does not fit the memory");
	}
	place->entry = place->base + KERNEL_OFFSET;
	return true;
}

static size_t registers(const struct place *place, struct machine_register *out)
{
	const struct machine_register list[] = {
		{ IGVM_REG_PC, place->entry, 0 }, { IGVM_REG_X0, place->base + TREE_OFFSET, 0 },
		{ IGVM_REG_X0 + 1, 0, 0 },	  { IGVM_REG_X0 + 2, 0, 0 },
		{ IGVM_REG_X0 + 3, 0, 0 },	  { IGVM_REG_CPSR, CPSR, 0 },
		{ IGVM_REG_SCTLR_EL1, SCTLR, 0 },
	};

	memcpy(out, list, sizeof(list));
	return sizeof(list) / sizeof(list[0]);
}

static void pages(const struct place *place, const struct file_bytes *kernel, struct writer *w)
{
	headers_tree_area(w, TREE_SIZE, 0, NULL);
	headers_tree_insert(w, place->base + TREE_OFFSET);
	headers_pages(w, place->base + KERNEL_OFFSET, kernel->bytes, kernel->size);
}

const struct linux_machine linux_arm64 = {
	.name = "arm64",
	.base = UINT64_C(0x08000000),
	.file_version = IGVM_VERSION_2,
	.check = check,
	.registers = registers,
	.pages = pages,
};
