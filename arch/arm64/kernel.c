/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this a kernel that the arm64 boot protocol knows? (Linux: arm64 boot protocol, Image header)
 */
#include <string.h>

#include "core/arch.h"

#define HEADER_SIZE 64
#define OFF_TEXT_OFFSET 8
#define OFF_IMAGE_SIZE 16
#define OFF_FLAGS 24
#define OFF_MAGIC 56

#define MAGIC UINT32_C(0x644D5241)
#define FLAG_BIG_ENDIAN UINT64_C(1)

#define ALIGNMENT UINT64_C(0x200000)
/* An offset is less than the alignment; a size is bounded so that no sum wraps. */
#define SIZE_MAX_SANE (UINT64_C(1) << 40)

static uint64_t load64(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

enum err arch_kernel_check(const uint8_t *image, uint64_t size, struct arch_kernel *kernel)
{
	uint32_t magic;

	if (size < HEADER_SIZE) {
		return ERR_INVALID;
	}
	memcpy(&magic, image + OFF_MAGIC, sizeof(magic));
	if (magic != MAGIC) {
		return ERR_INVALID;
	}
	*kernel = (struct arch_kernel){
		.memory_size = load64(image + OFF_IMAGE_SIZE),
		.alignment = ALIGNMENT,
		.offset = load64(image + OFF_TEXT_OFFSET),
	};
	if (kernel->offset >= ALIGNMENT || kernel->offset % HV_HYP_PAGE_SIZE != 0) {
		return ERR_INVALID;
	}
	if (kernel->memory_size < size || kernel->memory_size > SIZE_MAX_SANE) {
		return ERR_INVALID;
	}
	return (load64(image + OFF_FLAGS) & FLAG_BIG_ENDIAN) != 0 ? ERR_NOT_SUPPORTED : OK;
}
