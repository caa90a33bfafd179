/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which EFI and ACPI tables does VTL0 get?
 *
 * Offsets are those of UEFI 2.7 (section 4) and ACPI 6.3 (section 5.2). May assume that addresses
 * were checked to be VTL0's. Must never put anything of VTL2 into the block: it is zeroed first
 * and holds nothing but what the input says.
 */
#include "core/vtl0_acpi.h"

#include "core/vtl0_aml.h"

#include "paravane/services.h"

#include <string.h>

#define EFI_CONVENTIONAL 7u
#define EFI_LOADER_DATA 2u
#define EFI_ACPI_RECLAIM 9u
#define EFI_WRITE_BACK 0x8u

#define UART_SIZE 0x1000u
#define GICR_STRIDE 0x20000u

#define GTDT_LEVEL_LOW 2u
#define GTDT_ALWAYS_ON 4u

uint32_t vtl0_acpi_crc32(const uint8_t *bytes, size_t size)
{
	uint32_t crc = 0xffffffff;
	uint32_t bit;
	size_t i;

	for (i = 0; i < size; i++) {
		crc ^= bytes[i];
		for (bit = 0; bit < 8; bit++) {
			crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
		}
	}
	return ~crc;
}

/* ---- The memory map -------------------------------------------------------------------------- */

static void put_descriptor(struct block *b, uint32_t type, struct range r)
{
	if (r.size == 0) {
		return;
	}
	block_put(b, type, 8); /* and four bytes of padding */
	block_put(b, r.base, 8);
	block_put(b, 0, 8); /* virtual address: not set */
	block_put(b, r.size / HV_HYP_PAGE_SIZE, 8);
	block_put(b, EFI_WRITE_BACK, 8);
}

/* One range of RAM, cut where the tree and the block lie in it. */
static void put_memory(struct block *b, struct range ram, struct range first, uint32_t first_type,
		       struct range second, uint32_t second_type)
{
	struct range rest = ram;

	if (range_contains(ram, first)) {
		put_descriptor(b, EFI_CONVENTIONAL,
			       (struct range){ rest.base, first.base - rest.base });
		put_descriptor(b, first_type, first);
		rest.base = range_end(first);
	}
	if (range_contains(ram, second)) {
		put_descriptor(b, EFI_CONVENTIONAL,
			       (struct range){ rest.base, second.base - rest.base });
		put_descriptor(b, second_type, second);
		rest.base = range_end(second);
	}
	rest.size = range_end(ram) - rest.base;
	put_descriptor(b, EFI_CONVENTIONAL, rest);
}

static void put_memory_map(struct block *b, const struct vtl0_acpi_input *in)
{
	const struct range block = { in->block_gpa, VTL0_ACPI_SIZE };
	uint32_t i;

	for (i = 0; i < in->memory_count; i++) {
		if (block.base < in->tree.base) {
			put_memory(b, in->memory[i], block, EFI_ACPI_RECLAIM, in->tree,
				   EFI_LOADER_DATA);
		} else {
			put_memory(b, in->memory[i], in->tree, EFI_LOADER_DATA, block,
				   EFI_ACPI_RECLAIM);
		}
	}
}

/* ---- EFI ------------------------------------------------------------------------------------- */

/* The system table, its vendor string and its one configuration table entry. Room for the
 * pointers that are known later is zero. */
static void put_system_table(struct block *b, uint64_t gpa, uint64_t rsdp)
{
	/* 8868e871-e4f1-11d3-bc22-0080c73c8881: ACPI 2.0 and later. */
	static const uint8_t acpi_guid[16] = { 0x71, 0xe8, 0x68, 0x88, 0xf1, 0xe4, 0xd3, 0x11,
					       0xbc, 0x22, 0x00, 0x80, 0xc7, 0x3c, 0x88, 0x81 };
	static const char vendor[] = "Paravane"; /* with its NUL, as 16-bit characters */
	uint64_t entry = gpa + 120;
	size_t i;

	block_put_bytes(b, "IBI SYST", 8);
	block_put(b, 2u << 16 | 70, 4); /* revision 2.70 */
	block_put(b, 120, 4);		/* size of this table */
	block_put(b, 0, 8);		/* its CRC-32, set below; reserved */
	block_put(b, entry + 24, 8);	/* vendor */
	block_put(b, 0, 8);		/* vendor's revision */
	block_put_zeros(b, 64);		/* consoles, runtime and boot services: none */
	block_put(b, 1, 8);		/* entries of the configuration table */
	block_put(b, entry, 8);
	block_set(b, 16, vtl0_acpi_crc32(b->bytes, 120), 4);
	block_put_bytes(b, acpi_guid, sizeof(acpi_guid));
	block_put(b, rsdp, 8);
	for (i = 0; i < sizeof(vendor); i++) {
		block_put(b, (uint8_t)vendor[i], 2);
	}
}

/* ---- ACPI ------------------------------------------------------------------------------------ */

static void put_uart(struct block *b, const struct vtl0_acpi_input *in)
{
	size_t device = aml_begin(b, AML_DEVICE);
	size_t resources;

	block_put_bytes(b, "COM0", 4);
	aml_named_string(b, "_HID", "ARMH0011");
	aml_named_zero(b, "_UID");
	resources = aml_begin_resources(b);
	aml_put_memory(b, in->uart_base, UART_SIZE);
	aml_put_interrupt(b, in->uart_intid);
	aml_end_resources(b, resources);
	aml_end(b, device);
}

static size_t put_dsdt(struct block *b, const struct vtl0_acpi_input *in)
{
	const struct aml_services services = {
		.door_page = in->door_page,
		.method = { in->door_page != 0 ? PARAVANE_DT_METHOD_DOOR_PAGE : NULL,
			    in->has_vtl_call ? PARAVANE_DT_METHOD_VTL_CALL : NULL },
	};
	size_t start = block_begin_table(b, "DSDT", 2);
	size_t scope = aml_begin(b, AML_SCOPE);

	block_put_bytes(b, "\\_SB_", 5);
	if (in->has_uart) {
		put_uart(b, in);
	}
	if (in->door_page != 0 || in->has_vtl_call) {
		aml_put_services(b, &services);
	}
	aml_end(b, scope);
	block_end_table(b, start);
	return start;
}

static size_t put_fadt(struct block *b, uint64_t dsdt)
{
	size_t start = block_begin_table(b, "FACP", 6);

	block_put_zeros(b, 276 - 36);
	block_set(b, start + 112, UINT32_C(1) << 20, 4); /* hardware-reduced ACPI */
	block_set(b, start + 129, 3, 2);		 /* PSCI, by HVC */
	block_set(b, start + 131, 3, 1);		 /* minor version: 6.3 */
	block_set(b, start + 140, dsdt, 8);
	block_set(b, start + 268, UINT64_C(0x567265707948734d), 8); /* "MsHyperV" */
	block_end_table(b, start);
	return start;
}

static size_t put_madt(struct block *b, const struct vtl0_acpi_input *in)
{
	size_t start = block_begin_table(b, "APIC", 5);
	uint32_t i;

	block_put(b, 0, 8); /* no local APIC address, no flags */

	block_put(b, 24u << 8 | 0x0c, 4); /* distributor */
	block_put(b, 0, 4);
	block_put(b, in->gicd_base, 8);
	block_put(b, 0, 4);
	block_put(b, 3, 4); /* GICv3 */

	for (i = 0; i < in->cpu_count; i++) {
		block_put(b, 80u << 8 | 0x0b, 4); /* processor */
		block_put(b, i, 4);
		block_put(b, i, 4); /* its _UID */
		block_put(b, 1, 4); /* enabled */
		block_put_zeros(b, 52);
		block_put(b, in->cpus[i].v, 8);
		block_put_zeros(b, 4);
	}

	block_put(b, 16u << 8 | 0x0e, 4); /* redistributors */
	block_put(b, in->gicr_base, 8);
	block_put(b, (uint64_t)GICR_STRIDE * in->gicr_count, 4);
	block_end_table(b, start);
	return start;
}

/* Of the four timers VTL0 has the virtual one only. Linux asks for two others all the same and
 * calls an interrupt number of 0 a firmware bug, so these get the numbers that are usual. */
static size_t put_gtdt(struct block *b, const struct vtl0_acpi_input *in)
{
	size_t start = block_begin_table(b, "GTDT", 2);

	block_put(b, UINT64_MAX, 8); /* no memory-mapped counter */
	block_put_zeros(b, 4);
	block_put_zeros(b, 8); /* secure physical: nobody asks */
	block_put(b, 30, 4);   /* physical */
	block_put(b, GTDT_LEVEL_LOW, 4);
	block_put(b, in->timer_intid, 4);
	block_put(b, GTDT_LEVEL_LOW | GTDT_ALWAYS_ON, 4);
	block_put(b, 26, 4); /* EL2's */
	block_put(b, GTDT_LEVEL_LOW, 4);
	block_put(b, UINT64_MAX, 8);
	block_put_zeros(b, 8);
	block_end_table(b, start);
	return start;
}

/* ---- The whole block ------------------------------------------------------------------------- */

static bool in_memory(const struct vtl0_acpi_input *in, struct range r)
{
	uint32_t i;

	for (i = 0; i < in->memory_count; i++) {
		if (range_contains(in->memory[i], r)) {
			return true;
		}
	}
	return false;
}

static enum err check_input(const struct vtl0_acpi_input *in)
{
	const struct range block = { in->block_gpa, VTL0_ACPI_SIZE };
	uint32_t i;

	if (in->cpu_count > VTL0_ACPI_MAX_CPUS || in->memory_count > VTL0_ACPI_MAX_RANGES) {
		return ERR_NO_MEMORY;
	}
	if (in->cpu_count == 0 || in->timer_intid < 16 || in->timer_intid > 31 ||
	    (in->has_uart && (in->uart_intid < 32 || in->uart_intid > 1019))) {
		return ERR_INVALID;
	}
	for (i = 0; i < in->memory_count; i++) {
		if ((in->memory[i].base | in->memory[i].size) % HV_HYP_PAGE_SIZE != 0) {
			return ERR_ALIGN;
		}
	}
	if ((block.base | in->tree.base | in->tree.size | in->door_page) % HV_HYP_PAGE_SIZE != 0) {
		return ERR_ALIGN;
	}
	if (in->tree.size == 0 || !in_memory(in, block) || !in_memory(in, in->tree) ||
	    range_overlaps(block, in->tree)) {
		return ERR_RANGE;
	}
	return OK;
}

enum err vtl0_acpi_build(const struct vtl0_acpi_input *in, uint8_t *block,
			 struct vtl0_acpi_layout *layout)
{
	struct block b = { .bytes = block, .size = VTL0_ACPI_SIZE };
	size_t map, rsdp, dsdt;
	size_t tables[3];
	enum err e = check_input(in);

	memset(layout, 0, sizeof(*layout));
	if (e != OK) {
		return e;
	}
	memset(block, 0, VTL0_ACPI_SIZE);
	/* The root pointer follows the fixed-size system table, so its place is known. */
	rsdp = 256;
	put_system_table(&b, in->block_gpa, in->block_gpa + rsdp);
	block_put_zeros(&b, rsdp + 40 - b.used);
	map = b.used;
	put_memory_map(&b, in);
	layout->memory_map_size = (uint32_t)(b.used - map);
	dsdt = put_dsdt(&b, in);
	tables[0] = put_fadt(&b, in->block_gpa + dsdt);
	tables[1] = put_madt(&b, in);
	tables[2] = put_gtdt(&b, in);
	block_put_roots(&b, rsdp, in->block_gpa, tables, ARRAY_SIZE(tables));
	if (b.full) {
		return ERR_NO_MEMORY;
	}
	layout->system_table = in->block_gpa;
	layout->memory_map = in->block_gpa + map;
	layout->rsdp = in->block_gpa + rsdp;
	return OK;
}
