/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which headers make an image of ours, in which order?
 *
 * One function per kind of header, called in file order by image_build(): the order is the load
 * and measurement order. Addresses come from the layout; this file adds none.
 */
#include "tools/igvm/image.h"

#include <string.h>

#include "paravane/params.h"
#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"
#include "tools/igvm/params.h"
#include "tools/igvm/tables.h"
#include "tools/igvm/writer.h"

#define MASK 1u /* the one platform of the file */
#define VTL 2
#define TREE_AREA 0u /* index of the one parameter area */

static void add_platform(struct writer *w)
{
	uint8_t c[IGVM_SUPPORTED_PLATFORM_SIZE] = { 0 };

	put32(c, MASK);
	c[4] = VTL;
	c[5] = IGVM_PLATFORM_VSM_ISOLATION;
	put16(c + 6, IGVM_PLATFORM_VERSION);
	writer_header(w, IGVM_SUPPORTED_PLATFORM, c, sizeof(c));
}

static void add_relocation(struct writer *w, const struct layout *l)
{
	uint8_t c[IGVM_RELOCATABLE_REGION_SIZE] = { 0 };

	put32(c, MASK);
	c[6] = VTL;
	c[7] = IGVM_RELOCATE_IS_VTL2 | IGVM_RELOCATE_PC;
	put64(c + 8, LAYOUT_BLOCK);
	put64(c + 16, l->base);
	put64(c + 24, l->region_size);
	put64(c + 32, LAYOUT_MIN_BASE);
	put64(c + 40, LAYOUT_MAX_END);
	writer_header(w, IGVM_RELOCATABLE_REGION, c, sizeof(c));
}

static void add_table_region(struct writer *w, const struct layout *l, size_t tables_used)
{
	uint8_t c[IGVM_PAGE_TABLE_REGION_SIZE] = { 0 };

	put32(c, MASK);
	c[6] = VTL;
	put64(c + 8, l->base + l->tables_offset);
	put64(c + 16, LAYOUT_TABLES_SIZE);
	put64(c + 24, tables_used);
	writer_header(w, IGVM_PAGE_TABLE_REGION, c, sizeof(c));
}

static void add_memory(struct writer *w, uint64_t gpa, uint64_t size, uint32_t flags)
{
	uint8_t c[IGVM_REQUIRED_MEMORY_SIZE] = { 0 };

	put64(c, gpa);
	put32(c + 8, MASK);
	put32(c + 12, (uint32_t)size);
	put32(c + 16, flags);
	writer_header(w, IGVM_REQUIRED_MEMORY, c, sizeof(c));
}

static void add_tree_area(struct writer *w)
{
	uint8_t area[IGVM_PARAMETER_AREA_SIZE] = { 0 };
	uint8_t tree[IGVM_PARAMETER_SIZE] = { 0 };

	put64(area, LAYOUT_TREE_SIZE);
	put32(area + 8, TREE_AREA);
	writer_header(w, IGVM_PARAMETER_AREA, area, sizeof(area));
	put32(tree, TREE_AREA);
	writer_header(w, IGVM_DEVICE_TREE, tree, sizeof(tree));
}

static void add_tree_insert(struct writer *w, const struct layout *l)
{
	uint8_t c[IGVM_PARAMETER_INSERT_SIZE] = { 0 };

	put64(c, l->base + l->tree_offset);
	put32(c + 8, MASK);
	put32(c + 12, TREE_AREA);
	writer_header(w, IGVM_PARAMETER_INSERT, c, sizeof(c));
}

static void add_context(struct writer *w, const struct layout *l, const struct machine *m)
{
	struct machine_register registers[MACHINE_REGISTERS_MAX];
	uint8_t list[4 + MACHINE_REGISTERS_MAX * IGVM_REGISTER_SIZE] = { 0 };
	const size_t count = m->registers(l, registers);
	uint8_t c[IGVM_VP_CONTEXT_SIZE] = { 0 };
	size_t i;

	put32(list, (uint32_t)count);
	for (i = 0; i < count; i++) {
		uint8_t *at = list + 4 + i * IGVM_REGISTER_SIZE;

		at[0] = VTL;
		put32(at + IGVM_REGISTER_NAME, registers[i].name);
		put64(at + IGVM_REGISTER_VALUE, registers[i].low);
		put64(at + IGVM_REGISTER_VALUE + 8, registers[i].high);
	}
	put32(c + 8, MASK);
	writer_header_data(w, IGVM_VP_CONTEXT, c, sizeof(c), 12, list,
			   4 + count * IGVM_REGISTER_SIZE);
}

static bool is_zero(const uint8_t *page)
{
	return page[0] == 0 && memcmp(page, page + 1, IGVM_PAGE - 1) == 0;
}

/* One header per page; a last short page is padded with zeros, a page of zeros takes no data. */
static void add_pages(struct writer *w, uint64_t gpa, const uint8_t *bytes, size_t size)
{
	uint8_t page[IGVM_PAGE];
	size_t done;

	for (done = 0; done < size; done += IGVM_PAGE) {
		size_t part = size - done < IGVM_PAGE ? size - done : IGVM_PAGE;
		uint8_t c[IGVM_PAGE_DATA_SIZE] = { 0 };

		memset(page, 0, sizeof(page));
		memcpy(page, bytes + done, part);
		put64(c, gpa + done);
		put32(c + 8, MASK);
		if (is_zero(page)) {
			writer_header(w, IGVM_PAGE_DATA, c, sizeof(c));
		} else {
			writer_header_data(w, IGVM_PAGE_DATA, c, sizeof(c), 12, page, sizeof(page));
		}
	}
}

bool image_build(const struct machine *m, const struct layout *l, const uint8_t *image,
		 size_t image_size, const uint8_t *payload, uint8_t **out, size_t *out_size,
		 struct failure *f)
{
	uint8_t params[PARAVANE_PARAMS_PAGE_SIZE];
	uint8_t tables[LAYOUT_TABLES_SIZE];
	const uint64_t tables_gpa = l->base + l->tables_offset;
	struct writer w = { 0 };
	size_t used;
	bool done;

	if (!params_fill(l, payload, params, f)) {
		return false;
	}
	used = tables_build(m, tables, sizeof(tables), tables_gpa, l->base, l->memory_size);
	if (used == 0) {
		return fail_with(f, "the page tables do not fit their region");
	}
	add_platform(&w);
	add_relocation(&w, l);
	add_table_region(&w, l, used);
	add_memory(&w, l->base, l->memory_size, IGVM_MEMORY_VTL2_PROTECTABLE);
	if (l->payload_size != 0) {
		add_memory(&w, l->payload_gpa, l->payload_padded, 0);
	}
	add_tree_area(&w);
	add_context(&w, l, m);
	add_tree_insert(&w, l);
	add_pages(&w, l->base, image, image_size);
	add_pages(&w, l->base + l->params_offset, params, sizeof(params));
	add_pages(&w, tables_gpa, tables, used);
	add_pages(&w, l->payload_gpa, payload, l->payload_size);
	done = writer_finish(&w, m->file_version, out, out_size, f);
	writer_free(&w);
	return done;
}
