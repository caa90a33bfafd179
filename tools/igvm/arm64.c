/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which headers make an arm64 image of ours, in which order?
 *
 * One function per kind of header, called in file order by arm64_build(): the order is the load
 * and measurement order. Addresses come from the layout; this file adds none.
 */
#include "tools/igvm/arm64.h"

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

/* EL1h, D A I F masked: the firmware has no vectors yet. */
#define CPSR UINT64_C(0x3C5)
/* M C I EOS TSCXT EIS SPAN nTLSMD LSMAOE: MMU and caches on, little endian. */
#define SCTLR UINT64_C(0x30D01805)
/* Attribute 0 Device-nGnRnE, 1 Normal non-cacheable, 2 write-through, 3 write-back. */
#define MAIR UINT64_C(0xFFBB4400)
/* Tables in write-back inner shareable memory, 4 KiB granule, 48-bit physical addresses. TTBR1 is
 * not walked (EPD1), but its granule is valid: an erratum looks at it all the same. */
#define TCR                                                                                        \
	((uint64_t)TABLES_T0SZ | UINT64_C(1) << 8 | UINT64_C(1) << 10 | UINT64_C(3) << 12 |        \
	 UINT64_C(1) << 23 | UINT64_C(2) << 30 | UINT64_C(5) << 32)

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

static void add_context(struct writer *w, const struct layout *l)
{
	const struct {
		uint32_t name;
		uint64_t value;
	} registers[] = {
		{ IGVM_REG_PC, l->base },
		/* The loader moves PC and TTBR0 with the image; X0 it does not, so an offset. */
		{ IGVM_REG_X0, l->params_offset },
		{ IGVM_REG_X1, PARAVANE_ENTRY_MAGIC },
		{ IGVM_REG_CPSR, CPSR },
		{ IGVM_REG_SCTLR_EL1, SCTLR },
		{ IGVM_REG_TCR_EL1, TCR },
		{ IGVM_REG_MAIR_EL1, MAIR },
		{ IGVM_REG_VBAR_EL1, 0 },
		{ IGVM_REG_TTBR0_EL1, l->base + l->tables_offset },
		{ IGVM_REG_TTBR1_EL1, 0 },
	};
	const size_t count = sizeof(registers) / sizeof(registers[0]);
	uint8_t list[4 + sizeof(registers) / sizeof(registers[0]) * IGVM_REGISTER_SIZE] = { 0 };
	uint8_t c[IGVM_VP_CONTEXT_SIZE] = { 0 };
	size_t i;

	put32(list, (uint32_t)count);
	for (i = 0; i < count; i++) {
		uint8_t *at = list + 4 + i * IGVM_REGISTER_SIZE;

		at[0] = VTL;
		put32(at + IGVM_REGISTER_NAME, registers[i].name);
		put64(at + IGVM_REGISTER_VALUE, registers[i].value);
	}
	put32(c + 8, MASK);
	writer_header_data(w, IGVM_VP_CONTEXT, c, sizeof(c), 12, list, sizeof(list));
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

bool arm64_build(const struct layout *l, const uint8_t *image, size_t image_size,
		 const uint8_t *payload, uint8_t **out, size_t *out_size, struct failure *f)
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
	used = tables_build(tables, sizeof(tables), tables_gpa, l->base, l->memory_size);
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
	add_context(&w, l);
	add_tree_insert(&w, l);
	add_pages(&w, l->base, image, image_size);
	add_pages(&w, l->base + l->params_offset, params, sizeof(params));
	add_pages(&w, tables_gpa, tables, used);
	add_pages(&w, l->payload_gpa, payload, l->payload_size);
	done = writer_finish(&w, out, out_size, f);
	writer_free(&w);
	return done;
}
