/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VTL2's device tree; tree.h says what it is made from.
 *
 * Each function writes one node. A deliberate defect is an `is(b, X)` where it is made,
 * so that the good tree can be read by skipping those lines.
 */
#include "tests/host/common/tree.h"

#include "tests/host/common/fdt_write.h"
#include "tests/host/common/tree_defect.h"
#include "tests/host/common/tree_kernel.h"
#include "tests/host/common/tree_ports.h"

#define PAGE_SIZE 4096ULL
#define GIC_PHANDLE 1U
#define GICD_SIZE 0x10000ULL
#define GICR_STRIDE 0x20000ULL
#define UART_SIZE 0x1000U
#define UART_SPEED 115200U
#define SPI_FIRST 32U
#define IRQ_SPI 0U
#define IRQ_PPI 1U
#define IRQ_EDGE_RISING 1U
#define VMBUS_PPI 7U /* INTID 23: not the usual one */
#define IRQ_LEVEL_HIGH 4U
#define CONNECTION_VTL0 1U
#define CONNECTION_VTL2 4U

#define DEFECT_CPUS 65U	     /* cpu-many */
#define DEFECT_DEPTH 1000U   /* nested */
#define DEFECT_ARGS 0x10000U /* bootargs-long */
#define DEFECT_MPIDR 0xFFFFU /* cpu-no-boot */
#define DEFECT_TYPE 77U	     /* memory-bad-type */

struct build {
	struct fdt_writer w;
	const struct tree_params *params;
	enum tree_defect_id defect;
};

static bool is(const struct build *b, enum tree_defect_id defect)
{
	return b->defect == defect;
}

static void write_cpu_reg(struct build *b, uint64_t reg, bool last)
{
	if (is(b, TREE_CPU_NO_REG) && last) {
		return;
	}
	if (is(b, TREE_CPU_REG_ODD) && last) {
		fdt_write_fill(&b->w, "reg", 0, 3);
	} else if (b->params->cpu_cells == 1) {
		fdt_write_u32(&b->w, "reg", (uint32_t)reg);
	} else {
		fdt_write_u64(&b->w, "reg", reg);
	}
}

static void write_cpu(struct build *b, uint32_t vp, uint64_t reg, bool last)
{
	const char *status = is(b, TREE_CPU_NONE_OKAY) ? "disabled" : "okay";

	/* The name is one more than the index: it means nothing, and must not be taken for reg. */
	fdt_write_begin_at(&b->w, "cpu", vp + 1);
	fdt_write_string(&b->w, "device_type", "cpu");
	if (!is(b, TREE_CPU_NO_STATUS) || !last) {
		fdt_write_string(&b->w, "status", status);
	}
	write_cpu_reg(b, reg, last);
	if (b->params->kernel_nodes && b->params->timer_intid != 0) {
		fdt_write_string(&b->w, "enable-method", "psci");
	}
	fdt_write_u32(&b->w, "numa-node-id", 0);
	fdt_write_end(&b->w);
}

static void write_cpus(struct build *b)
{
	const struct tree_params *p = b->params;
	uint32_t count = is(b, TREE_CPU_NONE) ? 0 : p->vp_count;
	uint32_t i;

	if (is(b, TREE_CPUS_NONE)) {
		return;
	}
	fdt_write_begin(&b->w, "cpus");
	if (!is(b, TREE_CPU_CELLS_NONE)) {
		fdt_write_u32(&b->w, "#address-cells", is(b, TREE_CPU_CELLS) ? 3 : p->cpu_cells);
	}
	fdt_write_u32(&b->w, "#size-cells", 0);
	for (i = 0; i < count; i++) {
		uint32_t vp = p->cpus_reversed ? count - 1 - i : i;

		write_cpu(b, vp, p->hw_id[vp], i == count - 1);
	}
	if (is(b, TREE_CPU_REG_TWICE)) {
		write_cpu(b, count, p->hw_id[0], false);
	}
	for (i = 0; is(b, TREE_CPU_MANY) && i < DEFECT_CPUS; i++) {
		write_cpu(b, count + i, 0x100 + i, false);
	}
	fdt_write_end(&b->w);
}

/* One memory node; `odd` marks the one in which a defect of the node's form is made. */
static void write_memory_node(struct build *b, const struct tree_range *range, bool odd)
{
	uint64_t reg[2] = { range->base, range->size };

	fdt_write_begin_at(&b->w, "memory", range->base);
	fdt_write_string(&b->w, "device_type", "memory");
	if (odd && is(b, TREE_MEMORY_REG_ODD)) {
		fdt_write_fill(&b->w, "reg", 0, 12);
	} else if (!odd || !is(b, TREE_MEMORY_NO_REG)) {
		fdt_write_u64s(&b->w, "reg", reg, 2);
	}
	fdt_write_u32(&b->w, "numa-node-id", 0);
	if (odd && is(b, TREE_MEMORY_TYPE_ODD)) {
		fdt_write_fill(&b->w, "microsoft,igvm-type", 0, 2);
	} else if (range->type != TREE_MEMORY || !b->params->types_vtl2) {
		fdt_write_u32(&b->w, "microsoft,igvm-type", range->type);
	}
	fdt_write_end(&b->w);
}

/* VTL2's memory, whose kind or begin may be wrong. */
static void write_vtl2_node(struct build *b, const struct tree_range *range)
{
	struct tree_range part = *range;

	if (is(b, TREE_VTL2_SHORT)) {
		part.size = range->size / 2 & ~(PAGE_SIZE - 1);
		part.type = TREE_MEMORY;
		write_memory_node(b, &part, false);
		part.base = range->base + part.size;
		part.size = range->size - part.size;
		part.type = TREE_MEMORY_VTL2;
	} else if (is(b, TREE_VTL2_NONE)) {
		part.type = TREE_MEMORY;
	}
	write_memory_node(b, &part, false);
}

/* A defect of a memory range stands in a node of its own, above the good ones. */
static void write_memory_defect(struct build *b)
{
	const struct tree_range *last = &b->params->memory[b->params->memory_count - 1];
	struct tree_range range = { last->base + last->size + 0x100000, 0x100000, TREE_MEMORY };

	switch (b->defect) {
	case TREE_MEMORY_NO_REG:
	case TREE_MEMORY_REG_ODD:
	case TREE_MEMORY_TYPE_ODD:
		break;
	case TREE_MEMORY_EMPTY:
		range.size = 0;
		break;
	case TREE_MEMORY_UNALIGNED:
		range.base += PAGE_SIZE / 2;
		break;
	case TREE_MEMORY_WRAP:
		range.base = 0 - PAGE_SIZE;
		break;
	case TREE_MEMORY_OVERLAP:
		range.base = last->base + last->size - PAGE_SIZE;
		break;
	case TREE_MEMORY_BAD_TYPE:
		range.type = DEFECT_TYPE;
		break;
	default:
		return;
	}
	write_memory_node(b, &range, true);
}

static void write_memory(struct build *b)
{
	uint32_t i;

	if (is(b, TREE_MEMORY_NONE)) {
		return;
	}
	write_memory_defect(b);
	for (i = b->params->memory_count; i > 0; i--) {
		const struct tree_range *range = &b->params->memory[i - 1];

		if (range->type == TREE_MEMORY_VTL2) {
			write_vtl2_node(b, range);
		} else {
			write_memory_node(b, range, false);
		}
	}
}

static void write_intc(struct build *b)
{
	const struct tree_params *p = b->params;
	uint64_t reg[4] = { p->gicd_base, GICD_SIZE, p->gicr_base, GICR_STRIDE * p->vp_count };

	if (!p->gic) {
		return;
	}
	fdt_write_begin_at(&b->w, "intc", p->gicd_base);
	fdt_write_string(&b->w, "compatible", "arm,gic-v3");
	fdt_write_u32(&b->w, "#redistributor-regions", 1);
	fdt_write_u64(&b->w, "redistributor-stride", GICR_STRIDE);
	fdt_write_u32(&b->w, "#address-cells", 2);
	fdt_write_u32(&b->w, "#size-cells", 2);
	fdt_write_u32(&b->w, "#interrupt-cells", 3);
	fdt_write_prop(&b->w, "interrupt-controller", NULL, 0);
	fdt_write_u64s(&b->w, "reg", reg, 4);
	fdt_write_prop(&b->w, "ranges", NULL, 0);
	fdt_write_u32(&b->w, "phandle", GIC_PHANDLE);
	fdt_write_end(&b->w);
}

/* Two cells, two cells, one; and the interrupt that the binding requires. */
static void write_vmbus_binding(struct build *b, const struct tree_range *mmio)
{
	uint32_t high = (uint32_t)(mmio->base >> 32);
	uint32_t low = (uint32_t)mmio->base;
	uint32_t ranges[5] = { high, low, high, low, (uint32_t)mmio->size };
	uint32_t interrupt[3] = { IRQ_PPI, VMBUS_PPI, IRQ_EDGE_RISING };

	fdt_write_u32s(&b->w, "ranges", ranges, mmio->size != 0 ? 5 : 0);
	fdt_write_prop(&b->w, "dma-coherent", NULL, 0);
	if (b->params->ports) {
		return; /* x86 has a vector of its own for it */
	}
	fdt_write_u32(&b->w, "interrupt-parent", GIC_PHANDLE);
	fdt_write_u32s(&b->w, "interrupts", interrupt, 3);
}

static void write_vmbus_ranges(struct build *b, const struct tree_range *mmio, bool odd)
{
	uint64_t ranges[3] = { mmio->base, mmio->base, mmio->size };

	if (odd && is(b, TREE_VMBUS_RANGES_ODD)) {
		fdt_write_fill(&b->w, "ranges", 0, 20);
		return;
	}
	if (odd && is(b, TREE_VMBUS_RANGES_RAM)) {
		ranges[0] = b->params->memory[0].base;
		ranges[1] = ranges[0];
		ranges[2] = PAGE_SIZE;
		fdt_write_u64s(&b->w, "ranges", ranges, 3);
		return;
	}
	if (b->params->vmbus_size1) {
		write_vmbus_binding(b, mmio);
		return;
	}
	fdt_write_u64s(&b->w, "ranges", ranges, mmio->size != 0 ? 3 : 0);
}

static void write_vmbus(struct build *b, uint32_t vtl, const struct tree_range *mmio)
{
	const char *name = vtl == 2 ? "vmbus-vtl2" : "vmbus-vtl0";
	uint32_t connection = vtl == 2 ? CONNECTION_VTL2 : CONNECTION_VTL0;
	bool odd = vtl == 2; /* VTL2's node is the one with the defect, but for those below */
	uint32_t shown = vtl;

	if (is(b, TREE_VMBUS_BAD_VTL) && !odd) {
		shown = 1;
	} else if (is(b, TREE_VMBUS_TWICE)) {
		shown = 2;
	}
	if (mmio->size != 0) {
		fdt_write_begin_at(&b->w, name, mmio->base);
	} else {
		fdt_write_begin(&b->w, name);
	}
	fdt_write_string(&b->w, "compatible", "microsoft,vmbus");
	fdt_write_u32(&b->w, "#address-cells", 2);
	fdt_write_u32(&b->w, "#size-cells", b->params->vmbus_size1 ? 1 : 2);
	write_vmbus_ranges(b, mmio, odd);
	if (!odd || !is(b, TREE_VMBUS_NO_VTL)) {
		fdt_write_u32(&b->w, "microsoft,vtl", shown);
	}
	fdt_write_u32(&b->w, "microsoft,message-connection-id", connection);
	fdt_write_end(&b->w);
}

static void write_bus(struct build *b)
{
	fdt_write_begin(&b->w, "bus");
	fdt_write_string(&b->w, "compatible", "simple-bus");
	fdt_write_u32(&b->w, "#address-cells", 2);
	fdt_write_u32(&b->w, "#size-cells", 2);
	fdt_write_prop(&b->w, "ranges", NULL, 0);
	if (!is(b, TREE_VMBUS_NONE) && !is(b, TREE_NO_EVIDENCE)) {
		write_vmbus(b, 0, &b->params->vmbus_vtl0);
		write_vmbus(b, 2, &b->params->vmbus_vtl2);
	}
	fdt_write_end(&b->w);
}

static void write_uart(struct build *b, const struct tree_uart *uart, bool first)
{
	uint32_t base = (uint32_t)uart->base;
	uint32_t reg[4] = { 0, base, 0, UART_SIZE };
	uint32_t irq[3] = { IRQ_SPI, uart->intid - SPI_FIRST, IRQ_LEVEL_HIGH };

	if (first && is(b, TREE_UART_REG_RAM)) {
		reg[1] = (uint32_t)b->params->memory[0].base;
	}
	fdt_write_begin_at(&b->w, "serial", base);
	fdt_write_string(&b->w, "compatible", "arm,sbsa-uart");
	if (first && is(b, TREE_UART_REG_ODD)) {
		fdt_write_u32(&b->w, "reg", base);
	} else if (!first || !is(b, TREE_UART_NO_REG)) {
		fdt_write_u32s(&b->w, "reg", reg, 4);
	}
	fdt_write_u32(&b->w, "current-speed", UART_SPEED);
	if (!first || !is(b, TREE_UART_NO_IRQ)) {
		fdt_write_u32(&b->w, "interrupt-parent", GIC_PHANDLE);
		fdt_write_u32s(&b->w, "interrupts", irq, 3);
	}
	fdt_write_end(&b->w);
}

static void write_openhcl(struct build *b)
{
	const struct tree_params *p = b->params;

	if (is(b, TREE_NO_EVIDENCE)) {
		return;
	}
	fdt_write_begin(&b->w, "openhcl");
	if (!is(b, TREE_MODE_NONE)) {
		fdt_write_string(&b->w, "memory-allocation-mode",
				 is(b, TREE_MODE_BAD) ? "guest" : "host");
	}
	if (p->entropy_size != 0) {
		fdt_write_begin(&b->w, "entropy");
		if (!is(b, TREE_ENTROPY_NO_REG)) {
			fdt_write_prop(&b->w, "reg", p->entropy, p->entropy_size);
		}
		fdt_write_end(&b->w);
	}
	fdt_write_end(&b->w);
}

static void write_chosen(struct build *b)
{
	const char *args = b->params->bootargs;

	if (is(b, TREE_BOOTARGS_LONG) || is(b, TREE_BOOTARGS_OPEN)) {
		fdt_write_begin(&b->w, "chosen");
		fdt_write_fill(&b->w, "bootargs", 'a', is(b, TREE_BOOTARGS_LONG) ? DEFECT_ARGS : 8);
		fdt_write_end(&b->w);
	} else if (args != NULL && args[0] != '\0') {
		fdt_write_begin(&b->w, "chosen");
		fdt_write_string(&b->w, "bootargs", args);
		fdt_write_end(&b->w);
	}
}

static void write_nested(struct build *b)
{
	uint32_t i;

	if (!is(b, TREE_NESTED)) {
		return;
	}
	for (i = 0; i < DEFECT_DEPTH; i++) {
		fdt_write_begin(&b->w, "n");
	}
	for (i = 0; i < DEFECT_DEPTH; i++) {
		fdt_write_end(&b->w);
	}
}

static void write_root(struct build *b)
{
	static const char model[] = "microsoft,hyperv";

	fdt_write_begin(&b->w, "");
	fdt_write_u32(&b->w, "#address-cells", is(b, TREE_ROOT_CELLS) ? 3 : 2);
	fdt_write_u32(&b->w, "#size-cells", 2);
	if (!is(b, TREE_NO_EVIDENCE)) {
		fdt_write_prop(&b->w, "model", model,
			       sizeof(model) - (is(b, TREE_STRING_OPEN) ? 1 : 0));
	}
	if (b->params->kernel_nodes) {
		tree_write_kernel(&b->w, GIC_PHANDLE, b->params->timer_intid);
	}
	write_cpus(b);
	write_memory(b);
	write_intc(b);
	write_bus(b);
	if (b->params->ports && !is(b, TREE_UART_NONE)) {
		tree_write_ports(&b->w, b->params->uart, b->defect);
	} else if (!is(b, TREE_UART_NONE)) {
		write_uart(b, &b->params->uart[0], true);
		write_uart(b, &b->params->uart[1], false);
	}
	write_openhcl(b);
	write_chosen(b);
	write_nested(b);
	fdt_write_end(&b->w);
}

const char *tree_build(const struct tree_params *params, void *buf, size_t cap, size_t *size)
{
	struct build b;

	b.params = params;
	b.defect = tree_defect_find(params->defect);
	if (b.defect == TREE_DEFECT_COUNT) {
		return "the tree has no defect of that name";
	}
	if (params->ports && (b.defect == TREE_UART_REG_RAM || b.defect == TREE_UART_NO_IRQ)) {
		return "a UART at ports has no defect of that name";
	}
	if (params->vp_count == 0 || params->memory_count == 0) {
		return "a tree needs a processor and memory";
	}
	fdt_write_init(&b.w, buf, cap,
		       is(&b, TREE_CPU_NO_BOOT) ? DEFECT_MPIDR : params->boot_cpuid);
	write_root(&b);
	if (!fdt_write_finish(&b.w, size)) {
		return b.w.error;
	}
	tree_defect_spoil(b.defect, buf, *size);
	return NULL;
}

/* Page aligned, ascending, without overlap and wrap. */
static bool ranges_ok(const struct tree_range *range, uint32_t count)
{
	uint64_t end = 0;
	uint32_t i;

	for (i = 0; i < count; i++) {
		if (range[i].base % PAGE_SIZE != 0 || range[i].size % PAGE_SIZE != 0 ||
		    range[i].size == 0 || range[i].base < end ||
		    range[i].size > UINT64_MAX - range[i].base) {
			return false;
		}
		end = range[i].base + range[i].size;
	}
	return true;
}

/* Appends [base, end) unless it is empty; false when there is no room. */
static bool append(struct tree_range *out, uint32_t *count, uint32_t max, uint64_t base,
		   uint64_t end, uint32_t type)
{
	if (base == end) {
		return true;
	}
	if (*count == max) {
		return false;
	}
	out[*count].base = base;
	out[*count].size = end - base;
	out[*count].type = type;
	(*count)++;
	return true;
}

uint32_t tree_split_memory(const struct tree_range *ram, uint32_t ram_count,
			   const struct tree_range *vtl2, uint32_t vtl2_count,
			   struct tree_range *out, uint32_t out_max)
{
	uint32_t count = 0;
	uint32_t next = 0; /* of vtl2 */
	bool room = true;
	uint32_t i;

	if (!ranges_ok(ram, ram_count) || !ranges_ok(vtl2, vtl2_count)) {
		return 0;
	}
	for (i = 0; i < ram_count; i++) {
		uint64_t at = ram[i].base;
		uint64_t end = at + ram[i].size;

		for (; next < vtl2_count && vtl2[next].base >= at && vtl2[next].base < end &&
		       vtl2[next].size <= end - vtl2[next].base;
		     next++) {
			uint64_t vtl2_end = vtl2[next].base + vtl2[next].size;

			room = room &&
			       append(out, &count, out_max, at, vtl2[next].base, TREE_MEMORY) &&
			       append(out, &count, out_max, vtl2[next].base, vtl2_end,
				      TREE_MEMORY_VTL2);
			at = vtl2_end;
		}
		room = room && append(out, &count, out_max, at, end, TREE_MEMORY);
	}
	return room && next == vtl2_count ? count : 0;
}
