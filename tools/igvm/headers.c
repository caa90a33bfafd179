/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is each kind of header written that an image for VTL2 has? See headers.h.
 */
#include "tools/igvm/headers.h"

#include <stdbool.h>
#include <string.h>

#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"

#define TREE_AREA 0u /* index of the one parameter area */

void headers_platform(struct writer *w)
{
	uint8_t c[IGVM_SUPPORTED_PLATFORM_SIZE] = { 0 };

	put32(c, HEADERS_MASK);
	c[4] = HEADERS_VTL;
	c[5] = IGVM_PLATFORM_VSM_ISOLATION;
	put16(c + 6, IGVM_PLATFORM_VERSION);
	writer_header(w, IGVM_SUPPORTED_PLATFORM, c, sizeof(c));
}

void headers_memory(struct writer *w, uint64_t gpa, uint64_t size, uint32_t flags)
{
	uint8_t c[IGVM_REQUIRED_MEMORY_SIZE] = { 0 };

	put64(c, gpa);
	put32(c + 8, HEADERS_MASK);
	put32(c + 12, (uint32_t)size);
	put32(c + 16, flags);
	writer_header(w, IGVM_REQUIRED_MEMORY, c, sizeof(c));
}

void headers_tree_area(struct writer *w, uint64_t size, uint32_t offset, const uint8_t *first)
{
	uint8_t area[IGVM_PARAMETER_AREA_SIZE] = { 0 };
	uint8_t tree[IGVM_PARAMETER_SIZE] = { 0 };

	put64(area, size);
	put32(area + 8, TREE_AREA);
	if (first == NULL) {
		writer_header(w, IGVM_PARAMETER_AREA, area, sizeof(area));
	} else {
		writer_header_data(w, IGVM_PARAMETER_AREA, area, sizeof(area), 12, first,
				   (size_t)size);
	}
	put32(tree, TREE_AREA);
	put32(tree + 4, offset);
	writer_header(w, IGVM_DEVICE_TREE, tree, sizeof(tree));
}

void headers_tree_insert(struct writer *w, uint64_t gpa)
{
	uint8_t c[IGVM_PARAMETER_INSERT_SIZE] = { 0 };

	put64(c, gpa);
	put32(c + 8, HEADERS_MASK);
	put32(c + 12, TREE_AREA);
	writer_header(w, IGVM_PARAMETER_INSERT, c, sizeof(c));
}

void headers_context(struct writer *w, const struct machine_register *registers, size_t count)
{
	uint8_t list[4 + MACHINE_REGISTERS_MAX * IGVM_REGISTER_SIZE] = { 0 };
	uint8_t c[IGVM_VP_CONTEXT_SIZE] = { 0 };
	size_t i;

	put32(list, (uint32_t)count);
	for (i = 0; i < count; i++) {
		uint8_t *at = list + 4 + i * IGVM_REGISTER_SIZE;

		at[0] = HEADERS_VTL;
		put32(at + IGVM_REGISTER_NAME, registers[i].name);
		put64(at + IGVM_REGISTER_VALUE, registers[i].low);
		put64(at + IGVM_REGISTER_VALUE + 8, registers[i].high);
	}
	put32(c + 8, HEADERS_MASK);
	writer_header_data(w, IGVM_VP_CONTEXT, c, sizeof(c), 12, list,
			   4 + count * IGVM_REGISTER_SIZE);
}

static bool is_zero(const uint8_t *page)
{
	return page[0] == 0 && memcmp(page, page + 1, IGVM_PAGE - 1) == 0;
}

void headers_pages(struct writer *w, uint64_t gpa, const uint8_t *bytes, size_t size)
{
	uint8_t page[IGVM_PAGE];
	size_t done;

	for (done = 0; done < size; done += IGVM_PAGE) {
		size_t part = size - done < IGVM_PAGE ? size - done : IGVM_PAGE;
		uint8_t c[IGVM_PAGE_DATA_SIZE] = { 0 };

		memset(page, 0, sizeof(page));
		memcpy(page, bytes + done, part);
		put64(c, gpa + done);
		put32(c + 8, HEADERS_MASK);
		if (is_zero(page)) {
			writer_header(w, IGVM_PAGE_DATA, c, sizeof(c));
		} else {
			writer_header_data(w, IGVM_PAGE_DATA, c, sizeof(c), 12, page, sizeof(page));
		}
	}
}
