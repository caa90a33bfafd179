/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the loader tell us about the machine, its processors and its memory?
 *
 * May assume nothing about the tree. Must never keep a pointer into it, and never take a value
 * that is not exactly of the shape described (boot-time tables are treated as hostile).
 */
#include "dt/bootinfo.h"

#include "dt/fdt_check.h"

#include <string.h>

#include <libfdt.h>

static const struct fdt_limits host_tree_limits = {
	.size = BOOTINFO_MAX_SIZE, .tags = BOOTINFO_MAX_SIZE / 4, /* as many as fit */
};

static void read_root(struct prop_reader *r, struct platform *p)
{
	int node;

	prop_require(r, 0, "#address-cells", prop_u32(r, 0, "#address-cells", PROP_REQUIRED) == 2,
		     "not 2");
	prop_require(r, 0, "#size-cells", prop_u32(r, 0, "#size-cells", PROP_REQUIRED) == 2,
		     "not 2");
	p->model_is_hyperv =
		prop_string_is(prop_string(r, 0, "model", PROP_OPTIONAL), "microsoft,hyperv");
	node = prop_child(r, 0, "hypervisor");
	p->has_hypervisor = node >= 0 && prop_lists(r, node, "compatible", "microsoft,hyperv");
}

static void read_cpu(struct prop_reader *r, int node, uint32_t address_cells, struct platform *p)
{
	struct prop property[] = {
		{ .name = "status" },
		{ .name = "reg", .need = PROP_OPTIONAL },
		{ .name = "numa-node-id", .need = PROP_OPTIONAL },
	};
	struct platform_cpu cpu = { 0 };
	uint32_t i;

	prop_find(r, node, property, ARRAY_SIZE(property));
	if (!prop_string_is(prop_text(r, node, &property[0]), "okay")) {
		return;
	}
	for (i = 1; i < ARRAY_SIZE(property); i++) {
		prop_require(r, node, property[i].name, property[i].value != NULL, "missing");
	}
	cpu.hw_id.v = prop_number(r, node, &property[1], 4 * address_cells);
	cpu.numa_node = (uint32_t)prop_number(r, node, &property[2], 4);
	for (i = 0; i < p->cpu_count; i++) {
		if (p->cpu[i].hw_id.v == cpu.hw_id.v) {
			prop_refuse(r, node, "reg", "two processors have this number");
		}
	}
	prop_require(r, node, "", p->cpu_count < PLATFORM_MAX_CPUS,
		     "more processors than supported");
	if (r->err == OK) {
		p->cpu[p->cpu_count++] = cpu;
	}
}

/* The header has room for the low half only, so the match must be the only one. */
static void find_boot_cpu(struct prop_reader *r, int cpus, struct platform *p)
{
	uint32_t low = fdt_boot_cpuid_phys(r->fdt);
	uint32_t found = 0;
	uint32_t i;

	for (i = 0; i < p->cpu_count; i++) {
		if ((uint32_t)p->cpu[i].hw_id.v == low) {
			p->boot_hw_id = p->cpu[i].hw_id;
			found++;
		}
	}
	prop_require(r, cpus, "", found == 1, "the header's boot processor is not one of these");
}

static void read_cpus(struct prop_reader *r, struct platform *p)
{
	int cpus = prop_child(r, 0, "cpus");
	uint32_t address_cells;
	int node;

	prop_require(r, 0, "", cpus >= 0, "no /cpus node");
	if (r->err != OK) {
		return;
	}
	address_cells = prop_u32(r, cpus, "#address-cells", PROP_REQUIRED);
	prop_require(r, cpus, "#address-cells", address_cells == 1 || address_cells == 2,
		     "neither 1 nor 2");
	/* Every child is a processor, whatever its name: the name says nothing by agreement. */
	for (node = 0; (node = prop_next(r, cpus, node)) != 0;) {
		read_cpu(r, node, address_cells, p);
	}
	prop_require(r, cpus, "", p->cpu_count > 0, "no processor with status okay");
	find_boot_cpu(r, cpus, p);
}

/* Puts the range where it belongs; the table stays sorted and free of overlaps. */
static void insert_memory(struct prop_reader *r, int node, struct platform *p, struct mem_range m)
{
	uint32_t at = 0;

	while (at < p->mem_count && p->mem[at].range.base < m.range.base) {
		at++;
	}
	/* Among sorted ranges only the two neighbours can overlap. */
	if ((at > 0 && range_overlaps(p->mem[at - 1].range, m.range)) ||
	    (at < p->mem_count && range_overlaps(p->mem[at].range, m.range))) {
		prop_refuse(r, node, "reg", "overlaps another memory range");
	}
	prop_require(r, node, "reg", p->mem_count < PLATFORM_MAX_MEM_RANGES,
		     "more memory ranges than supported");
	if (r->err == OK) {
		memmove(&p->mem[at + 1], &p->mem[at], (p->mem_count - at) * sizeof(p->mem[0]));
		p->mem[at] = m;
		p->mem_count++;
	}
}

static void read_memory_node(struct prop_reader *r, int node, struct platform *p)
{
	struct mem_range m = { 0 };
	uint32_t size, pos, type;
	const uint8_t *reg = prop_bytes(r, node, "reg", PROP_REQUIRED, &size);

	prop_require(r, node, "reg", size != 0 && size % 16 == 0,
		     "not whole pairs of address and size");
	m.numa_node = prop_u32(r, node, "numa-node-id", PROP_REQUIRED);
	type = prop_u32(r, node, "microsoft,igvm-type", PROP_OPTIONAL);
	prop_require(r, node, "microsoft,igvm-type", type <= MEM_VTL2, "unknown type of memory");
	m.type = (enum mem_type)type;
	for (pos = 0; r->err == OK && pos < size; pos += 16) {
		m.range.base = prop_load64(reg + pos);
		m.range.size = prop_load64(reg + pos + 8);
		prop_require(r, node, "reg", m.range.size != 0, "empty range");
		prop_require(r, node, "reg", (m.range.base | m.range.size) % HV_HYP_PAGE_SIZE == 0,
			     "not 4 KiB aligned");
		prop_require(r, node, "reg", range_end(m.range) > m.range.base,
			     "runs past the end of the address space");
		insert_memory(r, node, p, m);
	}
}

static void read_memory(struct prop_reader *r, struct platform *p)
{
	int node;

	for (node = 0; (node = prop_next(r, 0, node)) != 0;) {
		if (strncmp(prop_name(r, node), "memory@", 7) == 0) {
			read_memory_node(r, node, p);
		}
	}
	prop_require(r, 0, "", p->mem_count > 0, "no /memory@ node");
}

/* Where in the tree the seed lies, to wipe it there. */
static struct {
	size_t offset;
	uint32_t size;
} seed;

static void read_openhcl(struct prop_reader *r, struct platform *p)
{
	int node = prop_child(r, 0, "openhcl");
	const uint8_t *entropy;
	const char *mode;
	uint32_t size;

	if (node < 0) {
		return;
	}
	p->has_openhcl = true;
	mode = prop_string(r, node, "memory-allocation-mode", PROP_REQUIRED);
	p->vtl2_chooses_memory = prop_string_is(mode, "vtl2");
	prop_require(r, node, "memory-allocation-mode",
		     p->vtl2_chooses_memory || prop_string_is(mode, "host"),
		     "neither host nor vtl2");

	node = prop_child(r, node, "entropy");
	if (node < 0) {
		return;
	}
	entropy = prop_bytes(r, node, "reg", PROP_REQUIRED, &size);
	if (entropy != NULL) {
		seed.offset = (size_t)(entropy - (const uint8_t *)r->fdt);
		seed.size = size;
		p->entropy_size = size < PLATFORM_MAX_ENTROPY ? size : PLATFORM_MAX_ENTROPY;
		memcpy(p->entropy, entropy, p->entropy_size);
	}
}

/* Where the host chooses, what it gives us must be there. */
static void check_vtl2_memory(struct prop_reader *r, const struct platform *p)
{
	bool given = false;
	uint32_t i;

	for (i = 0; i < p->mem_count; i++) {
		given = given || p->mem[i].type == MEM_VTL2;
	}
	prop_require(r, 0, "", given || p->vtl2_chooses_memory, "no memory of VTL2's type");
}

static void read_chosen(struct prop_reader *r, struct platform *p)
{
	int node = prop_child(r, 0, "chosen");
	const char *bootargs;
	size_t size;

	if (node < 0) {
		return;
	}
	bootargs = prop_string(r, node, "bootargs", PROP_OPTIONAL);
	size = strlen(bootargs) + 1;
	prop_require(r, node, "bootargs", size <= sizeof(p->bootargs), "longer than supported");
	if (r->err == OK) {
		memcpy(p->bootargs, bootargs, size);
	}
}

/* What remains of *p after a refusal. */
static void keep_uarts_only(struct platform *p)
{
	struct platform_uart uart[PLATFORM_MAX_UARTS];
	uint32_t count = p->uart_count;

	memcpy(uart, p->uart, sizeof(uart));
	memset(p, 0, sizeof(*p));
	memcpy(p->uart, uart, sizeof(uart));
	p->uart_count = count;
}

enum err bootinfo_read(const void *fdt, size_t size, struct platform *p, struct dt_defect *defect)
{
	struct prop_reader r;

	memset(p, 0, sizeof(*p));
	seed.size = 0;
	prop_open(&r, fdt, size, &host_tree_limits, defect);
	if (r.err != OK) {
		return r.err;
	}
	/* Serial ports first: after them a refusal can be printed. Devices are compared with
	 * memory, and redistributors with processors, so those come later. */
	bootinfo_uarts(&r, p);
	read_root(&r, p);
	read_cpus(&r, p);
	read_memory(&r, p);
	bootinfo_interrupts(&r, p);
	bootinfo_buses(&r, p);
	read_openhcl(&r, p);
	check_vtl2_memory(&r, p);
	read_chosen(&r, p);
	if (r.err != OK) {
		keep_uarts_only(p);
	}
	return r.err;
}

void bootinfo_wipe_entropy(void *fdt)
{
	memset((uint8_t *)fdt + seed.offset, 0, seed.size);
}
