/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do these numbers make a layout, and which? Pure arithmetic: no file is seen here.
 */
#include "tools/igvm/layout.h"

#include <inttypes.h>
#include <string.h>

#include "tools/igvm/format.h"

static uint64_t page_up(uint64_t size)
{
	return (size + IGVM_PAGE - 1) / IGVM_PAGE * IGVM_PAGE;
}

static bool check_memory(uint64_t base, uint64_t memory, struct failure *f)
{
	if (base % LAYOUT_BLOCK != 0) {
		return fail_with(f, "--base 0x%" PRIx64 ": must be a multiple of 2 MiB", base);
	}
	if (memory == 0 || memory % LAYOUT_BLOCK != 0) {
		return fail_with(f, "--memory 0x%" PRIx64 ": must be a multiple of 2 MiB, not 0",
				 memory);
	}
	if (memory > UINT32_MAX) {
		return fail_with(f, "--memory 0x%" PRIx64 ": must be less than 4 GiB", memory);
	}
	if (base < LAYOUT_MIN_BASE) {
		return fail_with(f, "--base 0x%" PRIx64 ": must be at least 0x%" PRIx64, base,
				 LAYOUT_MIN_BASE);
	}
	if (base > LAYOUT_TABLES_REACH - memory) {
		return fail_with(f,
				 "--base 0x%" PRIx64 ": memory ends above 0x%" PRIx64
				 ", out of the page tables' reach",
				 base, LAYOUT_TABLES_REACH);
	}
	return true;
}

static bool place_image(uint64_t image_size, struct layout *l, struct failure *f)
{
	uint64_t end;

	if (image_size == 0) {
		return fail_with(f, "the image is empty");
	}
	/* Also keeps the sums below from wrapping. */
	if (image_size > l->region_size) {
		return fail_with(f,
				 "the image (%" PRIu64 " bytes) does not fit --memory 0x%" PRIx64,
				 image_size, l->memory_size);
	}
	l->image_size = page_up(image_size);
	l->params_offset = l->image_size;
	l->tree_offset = l->params_offset + IGVM_PAGE;
	end = l->tree_offset + LAYOUT_TREE_SIZE;
	if (end > l->region_size) {
		return fail_with(
			f,
			"the image (%" PRIu64 " bytes), parameter page and device tree area "
			"need 0x%" PRIx64 " bytes; --memory 0x%" PRIx64 " leaves 0x%" PRIx64,
			image_size, end, l->memory_size, l->region_size);
	}
	return true;
}

static bool place_payload(uint64_t gpa, uint64_t size, struct layout *l, struct failure *f)
{
	uint64_t padded;

	if (size == 0) {
		return true;
	}
	/* One REQUIRED_MEMORY header holds a 32-bit size. */
	if (size > UINT32_MAX - IGVM_PAGE) {
		return fail_with(f, "the payload (%" PRIu64 " bytes) must be less than 4 GiB",
				 size);
	}
	padded = page_up(size);
	if (gpa == 0 || gpa % IGVM_PAGE != 0) {
		return fail_with(
			f, "--payload-gpa 0x%" PRIx64 ": must be a multiple of 4096, not 0", gpa);
	}
	if (gpa > LAYOUT_MAX_END - padded) {
		return fail_with(f,
				 "--payload-gpa 0x%" PRIx64 ": the payload ends above 0x%" PRIx64,
				 gpa, LAYOUT_MAX_END);
	}
	if (gpa < l->base + l->memory_size && gpa + padded > l->base) {
		return fail_with(f,
				 "--payload-gpa 0x%" PRIx64 ": the payload (0x%" PRIx64
				 " bytes) overlaps VTL2 memory at 0x%" PRIx64,
				 gpa, padded, l->base);
	}
	l->payload_gpa = gpa;
	l->payload_size = size;
	l->payload_padded = padded;
	return true;
}

bool layout_make(uint64_t base, uint64_t memory, uint64_t image_size, uint64_t payload_gpa,
		 uint64_t payload_size, struct layout *out, struct failure *f)
{
	memset(out, 0, sizeof(*out));
	if (!check_memory(base, memory, f)) {
		return false;
	}
	out->base = base;
	out->memory_size = memory;
	out->tables_offset = memory - LAYOUT_TABLES_SIZE;
	out->region_size = out->tables_offset;
	return place_image(image_size, out, f) && place_payload(payload_gpa, payload_size, out, f);
}
