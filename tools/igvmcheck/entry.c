/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Can the first instruction run where the file says? The rules that only this project has.
 *
 * Each VSM_ISOLATION platform has a register list; its PC lies in an imported page; and where the
 * file has a page-table region, the registers turn paging on with a root in that region, whose
 * tables map every address to itself, PC executable and all of the moving regions.
 */
#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/context.h"
#include "tools/igvmcheck/kinds.h"
#include "tools/igvmcheck/memory.h"
#include "tools/igvmcheck/regions.h"
#include "tools/igvmcheck/walk.h"

#define ARM64_PC 0x00020022u
#define ARM64_SCTLR 0x00040002u
#define ARM64_TTBR0 0x00040005u
#define ARM64_TCR 0x00040007u
#define X64_RIP 0x00020010u
#define X64_CR0 0x00040000u
#define X64_CR3 0x00040002u
#define X64_CR4 0x00040003u
#define X64_EFER 0x00080001u

static bool bit(uint64_t value, unsigned int number)
{
	return (value >> number & 1) != 0;
}

static bool need_register(struct image *image, const struct header *context, uint32_t name,
			  uint64_t *value)
{
	if (!context_register(image, context, name, value)) {
		return refuse(image, RULE_ENTRY_REGISTER, context->at, "the register list lacks %s",
			      register_name(image->arch, name));
	}
	return true;
}

static bool read_arm64(struct image *image, const struct header *context, struct walk *walk)
{
	uint64_t sctlr;
	uint64_t tcr;
	uint64_t ttbr;
	unsigned int t0sz;

	if (!need_register(image, context, ARM64_SCTLR, &sctlr) ||
	    !need_register(image, context, ARM64_TCR, &tcr) ||
	    !need_register(image, context, ARM64_TTBR0, &ttbr)) {
		return false;
	}
	if (!bit(sctlr, 0)) {
		return refuse(image, RULE_PAGING_OFF, context->at, "SCTLR_EL1 0x%llx: MMU off",
			      (unsigned long long)sctlr);
	}
	t0sz = (unsigned int)(tcr & 63);
	/* Little endian tables (EE), TTBR0 walked (EPD0), granule 4 KiB (TG0). */
	if (bit(sctlr, 25) || bit(tcr, 7) || (tcr >> 14 & 3) != 0 || t0sz < 16 || t0sz > 34) {
		return refuse(image, RULE_PAGING_MODE, context->at,
			      "SCTLR_EL1 0x%llx, TCR_EL1 0x%llx", (unsigned long long)sctlr,
			      (unsigned long long)tcr);
	}
	walk->va_bits = 64 - t0sz;
	walk->root = ttbr & UINT64_C(0x0000FFFFFFFFFFFE);
	return true;
}

static bool read_x64(struct image *image, const struct header *context, struct walk *walk)
{
	uint64_t cr0;
	uint64_t cr3;
	uint64_t cr4;
	uint64_t efer;

	if (!need_register(image, context, X64_CR0, &cr0) ||
	    !need_register(image, context, X64_CR3, &cr3) ||
	    !need_register(image, context, X64_CR4, &cr4) ||
	    !need_register(image, context, X64_EFER, &efer)) {
		return false;
	}
	if (!bit(cr0, 31)) {
		return refuse(image, RULE_PAGING_OFF, context->at, "CR0 0x%llx: paging off",
			      (unsigned long long)cr0);
	}
	/* Long mode (LMA) with PAE, four levels (no LA57). */
	if (!bit(efer, 10) || !bit(cr4, 5) || bit(cr4, 12)) {
		return refuse(image, RULE_PAGING_MODE, context->at, "CR4 0x%llx, EFER 0x%llx",
			      (unsigned long long)cr4, (unsigned long long)efer);
	}
	walk->va_bits = 48;
	walk->root = cr3 & UINT64_C(0x000FFFFFFFFFF000);
	return true;
}

static bool check_tables_present(struct image *image, const struct region *tables)
{
	uint64_t done;
	uint32_t file_offset;

	for (done = 0; done < tables->used; done += PAGE) {
		const uint64_t gpa = tables->gpa + done;

		if (!memory_find_page(image, tables->mask, gpa, &file_offset)) {
			return refuse(image, RULE_TABLE_MISSING, image->data_start,
				      "page 0x%llx of the page tables is not imported",
				      (unsigned long long)gpa);
		}
	}
	return true;
}

/* Every region that moves with this context must be mapped as a whole. */
static bool check_regions_mapped(struct image *image, struct walk *walk, uint8_t vtl)
{
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		struct region r;

		if (!region_read(image, &image->headers[i], &r) || (r.mask & walk->mask) == 0 ||
		    r.vtl != vtl) {
			continue;
		}
		walk->target = r.gpa;
		walk->target_size = r.size;
		if (!walk_tables(image, walk)) {
			return false;
		}
		if (walk->mapped != r.size) {
			return refuse(image, RULE_REGION_UNMAPPED, image->headers[i].at,
				      "0x%llx of 0x%llx bytes of the %s are mapped",
				      (unsigned long long)walk->mapped, (unsigned long long)r.size,
				      image->headers[i].kind->name);
		}
	}
	return true;
}

static bool check_paging(struct image *image, const struct header *context,
			 const struct region *tables, uint64_t pc)
{
	struct walk walk = { 0 };
	bool read;

	walk.mask = header_mask(image, context);
	read = image->arch == ARCH_AARCH64 ? read_arm64(image, context, &walk) :
					     read_x64(image, context, &walk);
	if (!read) {
		return false;
	}
	if (walk.root % PAGE != 0 || !range_holds(tables->gpa, tables->used, walk.root, PAGE)) {
		return refuse(image, RULE_ROOT_TABLE, context->at,
			      "root table at 0x%llx, outside the page-table region",
			      (unsigned long long)walk.root);
	}
	if (!check_tables_present(image, tables)) {
		return false;
	}
	walk.tables_gpa = tables->gpa;
	walk.tables_used = tables->used;
	/* The page of PC lies in an imported page, so this cannot wrap. */
	walk.target = pc & ~(PAGE - 1);
	walk.target_size = PAGE;
	if (!walk_tables(image, &walk)) {
		return false;
	}
	if (walk.executable != PAGE) {
		return refuse(image, RULE_ENTRY_UNMAPPED, context->at,
			      "PC 0x%llx is not mapped executable", (unsigned long long)pc);
	}
	return check_regions_mapped(image, &walk, tables->vtl);
}

static bool check_context(struct image *image, const struct header *context)
{
	const uint32_t mask = header_mask(image, context);
	const uint32_t pc_name = image->arch == ARCH_AARCH64 ? ARM64_PC : X64_RIP;
	struct region tables;
	uint32_t file_offset;
	uint64_t pc;
	size_t i;

	if (!need_register(image, context, pc_name, &pc)) {
		return false;
	}
	if (!memory_find_page(image, mask, pc & ~(PAGE - 1), &file_offset)) {
		return refuse(image, RULE_ENTRY_PAGE, context->at, "PC 0x%llx is in no page",
			      (unsigned long long)pc);
	}
	for (i = 0; i < image->header_count; i++) {
		if (region_read(image, &image->headers[i], &tables) && tables.tables &&
		    (tables.mask & mask) != 0) {
			tables.mask = mask;
			return check_paging(image, context, &tables, pc);
		}
	}
	return true;
}

static const struct header *find_context(const struct image *image, uint32_t mask)
{
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];

		if (header_is(header, TYPE_VP_CONTEXT) && header_mask(image, header) == mask) {
			return header;
		}
	}
	return NULL;
}

bool entry_check_all(struct image *image)
{
	size_t i;

	for (i = 0; i < image->platform_count; i++) {
		const struct platform *platform = &image->platforms[i];
		const struct header *context;

		if (platform->type != PLATFORM_VSM_ISOLATION) {
			continue;
		}
		/* Its context is of VP 0, so there is only one. */
		context = find_context(image, platform->mask);
		if (context == NULL) {
			return refuse(image, RULE_ENTRY_CONTEXT, image->headers_start,
				      "platform 0x%x has no VP context", platform->mask);
		}
		if (!check_context(image, context)) {
			return false;
		}
	}
	return true;
}
