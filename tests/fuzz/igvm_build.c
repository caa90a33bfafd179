/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the builder make of any numbers that its layout takes?
 *
 * The bytes are sizes and addresses. What the builder refuses it says why; what it builds must be
 * a file.
 */
#include "tests/fuzz/igvm_build.h"

#include <string.h>

#include "tools/igvm/image.h"
#include "tools/igvm/layout.h"

#define IMAGE_MAX 0x6000
#define PAYLOAD_MAX 0x3000

/* Multiples of 2 MiB or of a page, as far up as the input likes, sometimes a little off. */
static uint64_t place(struct fuzz_input *in, uint64_t unit)
{
	uint64_t how = fuzz_take(in, 1);
	uint64_t value = fuzz_take(in, 1 + how % 5) * unit;

	return (how & 128) != 0 ? value + fuzz_take(in, 2) : value;
}

static void fill(struct fuzz_input *in, uint8_t *bytes, size_t size)
{
	uint8_t first = (uint8_t)fuzz_take(in, 1);
	size_t i;

	/* Pages of zeros among others. */
	for (i = 0; i < size; i++) {
		bytes[i] = (first >> (i / 4096 % 8) & 1) != 0 ? (uint8_t)(i + first) : 0;
	}
}

bool igvm_build(struct fuzz_input *in, struct igvm_built *built)
{
	static uint8_t image[IMAGE_MAX];
	static uint8_t payload[PAYLOAD_MAX];
	struct failure f = { { 0 } };
	struct layout layout;
	size_t payload_size;
	size_t image_size;
	uint64_t gpa;

	memset(built, 0, sizeof(*built));
	built->base = place(in, LAYOUT_BLOCK);
	built->memory = place(in, LAYOUT_BLOCK);
	gpa = place(in, 4096);
	image_size = fuzz_take(in, 2) % (sizeof(image) + 1);
	payload_size = fuzz_take(in, 2) % (sizeof(payload) + 1);
	built->move_to = place(in, LAYOUT_BLOCK);
	fill(in, image, image_size);
	fill(in, payload, payload_size);
	if (!layout_make(built->base, built->memory, image_size, gpa, payload_size, &layout, &f) ||
	    !image_build(&machine_arm64, &layout, image, image_size, payload, &built->bytes,
			 &built->size, &f)) {
		FUZZ_CHECK(f.text[0] != '\0' && built->bytes == NULL);
		return false;
	}
	return true;
}
