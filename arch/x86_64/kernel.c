/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this a kernel that the 64-bit boot protocol knows? (Linux: x86 boot protocol 2.12)
 *
 * The file begins with a part for real mode, of which the header alone is used: the file as a whole
 * is placed so that what follows that part lies where the kernel wants it.
 */
#include "arch/x86_64/setup_header.h"
#include "core/arch.h"

#define SECTOR 512
#define SETUP_SECTORS_DEFAULT 4
#define ENTRY_64 0x200
/* A size is bounded so that no sum wraps. */
#define SIZE_MAX_SANE (UINT64_C(1) << 32)

static bool is_power_of_two(uint64_t v)
{
	return v != 0 && (v & (v - 1)) == 0;
}

/* Where it would unpack itself to is also where nothing else may lie: it starts there at once. */
static uint64_t alignment_of(const uint8_t *image)
{
	uint64_t preferred = setup_get(image, SETUP_PREF_ADDRESS, 8);
	uint64_t alignment = setup_get(image, SETUP_KERNEL_ALIGNMENT, 4);

	return is_power_of_two(preferred) && preferred >= alignment ? preferred : alignment;
}

enum err arch_kernel_check(const uint8_t *image, uint64_t size, struct arch_kernel *kernel)
{
	uint64_t setup;
	uint64_t needs;

	if (size < SETUP_END || setup_get(image, SETUP_MAGIC, 4) != SETUP_MAGIC_VALUE) {
		return ERR_INVALID;
	}
	if (setup_get(image, SETUP_VERSION, 2) < SETUP_VERSION_64 ||
	    (setup_get(image, SETUP_XLOADFLAGS, 2) & SETUP_XLF_KERNEL_64) == 0 ||
	    setup_get(image, SETUP_RELOCATABLE, 1) == 0) {
		return ERR_NOT_SUPPORTED;
	}
	setup = setup_get(image, SETUP_SECTORS, 1);
	setup = (1 + (setup == 0 ? SETUP_SECTORS_DEFAULT : setup)) * SECTOR;
	needs = setup_get(image, SETUP_INIT_SIZE, 4);
	*kernel = (struct arch_kernel){
		.memory_size = setup + needs,
		.alignment = alignment_of(image),
		.entry = setup + ENTRY_64,
	};
	if (!is_power_of_two(kernel->alignment) || kernel->alignment <= setup ||
	    size <= kernel->entry || size > kernel->memory_size || needs > SIZE_MAX_SANE) {
		return ERR_INVALID;
	}
	kernel->offset = kernel->alignment - setup;
	return OK;
}
