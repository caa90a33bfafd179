/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which headers make an image of ours, in which order?
 *
 * One function per kind of header (headers.h), called in file order by image_build(): the order is
 * the load and measurement order. Addresses come from the layout; this file adds none.
 */
#include "tools/igvm/image.h"

#include "paravane/params.h"
#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"
#include "tools/igvm/headers.h"
#include "tools/igvm/params.h"
#include "tools/igvm/tables.h"
#include "tools/igvm/writer.h"

static void add_relocation(struct writer *w, const struct layout *l)
{
	uint8_t c[IGVM_RELOCATABLE_REGION_SIZE] = { 0 };

	put32(c, HEADERS_MASK);
	c[6] = HEADERS_VTL;
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

	put32(c, HEADERS_MASK);
	c[6] = HEADERS_VTL;
	put64(c + 8, l->base + l->tables_offset);
	put64(c + 16, LAYOUT_TABLES_SIZE);
	put64(c + 24, tables_used);
	writer_header(w, IGVM_PAGE_TABLE_REGION, c, sizeof(c));
}

bool image_build(const struct machine *m, const struct layout *l, const uint8_t *image,
		 size_t image_size, const uint8_t *payload, uint8_t **out, size_t *out_size,
		 struct failure *f)
{
	uint8_t params[PARAVANE_PARAMS_PAGE_SIZE];
	uint8_t tables[LAYOUT_TABLES_SIZE];
	struct machine_register registers[MACHINE_REGISTERS_MAX];
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
	headers_platform(&w);
	add_relocation(&w, l);
	add_table_region(&w, l, used);
	headers_memory(&w, l->base, l->memory_size, IGVM_MEMORY_VTL2_PROTECTABLE);
	if (l->payload_size != 0) {
		headers_memory(&w, l->payload_gpa, l->payload_padded, 0);
	}
	headers_tree_area(&w, LAYOUT_TREE_SIZE, 0, NULL);
	headers_context(&w, registers, m->registers(l, registers));
	headers_tree_insert(&w, l->base + l->tree_offset);
	headers_pages(&w, l->base, image, image_size);
	headers_pages(&w, l->base + l->params_offset, params, sizeof(params));
	headers_pages(&w, tables_gpa, tables, used);
	headers_pages(&w, l->payload_gpa, payload, l->payload_size);
	done = writer_finish(&w, m->file_version, out, out_size, f);
	writer_free(&w);
	return done;
}
