/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the loader tell us about serial ports, interrupts and buses?
 *
 * May assume that fdt_check() passed; bootinfo_interrupts() and bootinfo_buses() also that
 * processors and memory were read. Must never accept a device that lies on memory.
 */
#include "dt/bootinfo.h"

#include <string.h>

#include "core/kconfig.h"

#include <libfdt.h>

/* An interrupt of a GIC has three cells: kind, number within the kind, trigger. */
#define GIC_SPI 0u
#define GIC_PPI 1u

static bool lies_on_memory(const struct platform *p, struct range range)
{
	uint32_t i;

	for (i = 0; i < p->mem_count; i++) {
		if (range_overlaps(p->mem[i].range, range)) {
			return true;
		}
	}
	return false;
}

/* Whole pages, at least one, that do not wrap. */
static bool is_pages(struct range range)
{
	return range.size != 0 && (range.base | range.size) % HV_HYP_PAGE_SIZE == 0 &&
	       range_end(range) > range.base;
}

/* One interrupt of the given kind as an absolute number; 0 where absent. */
static uint32_t read_intid(struct prop_reader *r, int node, enum prop_need need, uint32_t kind)
{
	uint32_t first = kind == GIC_SPI ? 32 : 16;
	uint32_t count = kind == GIC_SPI ? 988 : 16;
	const uint8_t *cells =
		prop_exactly(r, node, "interrupts", need, 12, "not one interrupt of three cells");

	if (cells == NULL) {
		return 0;
	}
	prop_require(r, node, "interrupts", prop_load32(cells) == kind,
		     kind == GIC_SPI ? "not an SPI" : "not a PPI");
	prop_require(r, node, "interrupts", prop_load32(cells + 4) < count,
		     "no such interrupt number");
	return r->err == OK ? first + prop_load32(cells + 4) : 0;
}

static void read_uart(struct prop_reader *r, int node, struct platform *p)
{
	struct platform_uart uart = { .present = true };
	struct range registers = { 0 };
	const uint8_t *reg;
	uint32_t i;

	reg = prop_exactly(r, node, "reg", PROP_REQUIRED, 16, "not one pair of address and size");
	if (reg != NULL) {
		registers.base = prop_load64(reg);
		registers.size = prop_load64(reg + 8);
	}
	prop_require(r, node, "reg", is_pages(registers), "empty, not 4 KiB aligned, or wraps");
	uart.base = registers.base;
	uart.intid = read_intid(r, node, PROP_REQUIRED, GIC_SPI);
	uart.baud = prop_u32(r, node, "current-speed", PROP_REQUIRED);
	for (i = 0; i < p->uart_count; i++) {
		prop_require(r, node, "",
			     p->uart[i].base != uart.base && p->uart[i].intid != uart.intid,
			     "shares registers or interrupt with another port");
	}
	if (r->err == OK) {
		p->uart[p->uart_count++] = uart;
	}
}

void bootinfo_uarts(struct prop_reader *r, struct platform *p)
{
	const char *status;
	int node;

	if (IS_ENABLED(CONFIG_UART_16550)) {
		bootinfo_ports(r, p);
		return;
	}
	for (node = 0; (node = prop_next(r, 0, node)) != 0;) {
		if (p->uart_count == PLATFORM_MAX_UARTS) {
			break; /* more ports than we use is no defect */
		}
		if (!prop_lists(r, node, "compatible", "arm,sbsa-uart") &&
		    !prop_lists(r, node, "compatible", "arm,pl011")) {
			continue;
		}
		status = prop_string(r, node, "status", PROP_OPTIONAL);
		if (status[0] == '\0' || prop_string_is(status, "okay")) {
			read_uart(r, node, p);
		}
	}
}

/* No port may lie on memory: printing there would be worse than silence. */
static void check_uarts(struct prop_reader *r, struct platform *p)
{
	uint32_t i;

	for (i = 0; i < p->uart_count; i++) {
		struct range registers = { p->uart[i].base, BOOTINFO_UART_SIZE };

		if (lies_on_memory(p, registers)) {
			p->uart_count = 0;
			prop_refuse(r, 0, "", "a serial port lies on memory");
		}
	}
}

static void read_gic(struct prop_reader *r, int node, struct platform *p)
{
	static const struct {
		const char *name;
		uint32_t value;
		const char *what;
	} fixed[] = {
		{ "#redistributor-regions", 1, "not 1" },
		{ "#address-cells", 2, "not 2" },
		{ "#size-cells", 2, "not 2" },
		{ "#interrupt-cells", 3, "not 3" },
	};
	const uint8_t *reg;
	uint32_t i;

	prop_require(r, node, "compatible", prop_lists(r, node, "compatible", "arm,gic-v3"),
		     "not arm,gic-v3");
	for (i = 0; i < ARRAY_SIZE(fixed); i++) {
		prop_require(r, node, fixed[i].name,
			     prop_u32(r, node, fixed[i].name, PROP_REQUIRED) == fixed[i].value,
			     fixed[i].what);
	}
	prop_require(r, node, "redistributor-stride",
		     prop_u64(r, node, "redistributor-stride", PROP_REQUIRED) ==
			     BOOTINFO_GICR_STRIDE,
		     "not 0x20000");
	reg = prop_exactly(r, node, "reg", PROP_REQUIRED, 32, "not distributor and redistributors");
	if (reg == NULL) {
		return;
	}
	p->gic.from_tree = true;
	p->gic.gicd_base = prop_load64(reg);
	p->gic.gicr_base = prop_load64(reg + 16);
	prop_require(r, node, "reg", prop_load64(reg + 8) == BOOTINFO_GICD_SIZE,
		     "distributor is not 0x10000 bytes");
	prop_require(r, node, "reg",
		     prop_load64(reg + 24) == (uint64_t)BOOTINFO_GICR_STRIDE * p->cpu_count,
		     "redistributors are not 0x20000 bytes per enabled processor");
}

static void find_gic(struct prop_reader *r, struct platform *p)
{
	struct range gicd = { .size = BOOTINFO_GICD_SIZE };
	struct range gicr = { .size = (uint64_t)BOOTINFO_GICR_STRIDE * p->cpu_count };
	int node, intc = 0; /* the root stands for the defaults */

	p->gic.gicd_base = BOOTINFO_DEFAULT_GICD;
	p->gic.gicr_base = BOOTINFO_DEFAULT_GICR;
	for (node = 0; (node = prop_next(r, 0, node)) != 0;) {
		if (strncmp(prop_name(r, node), "intc@", 5) == 0) {
			prop_require(r, node, "", intc == 0, "a second interrupt controller");
			read_gic(r, node, p);
			intc = node;
		}
	}
	gicd.base = p->gic.gicd_base;
	gicr.base = p->gic.gicr_base;
	prop_require(r, intc, "reg", is_pages(gicd) && is_pages(gicr),
		     "misaligned, or runs past the end of the address space");
	prop_require(r, intc, "reg",
		     !range_overlaps(gicd, gicr) && !lies_on_memory(p, gicd) &&
			     !lies_on_memory(p, gicr),
		     "interrupt controller overlaps itself or memory");
}

static void read_psci(struct prop_reader *r, struct platform *p)
{
	int node = prop_child(r, 0, "psci");
	const char *method;

	if (node < 0) {
		return;
	}
	method = prop_string(r, node, "method", PROP_REQUIRED);
	p->psci_conduit_hvc = prop_string_is(method, "hvc");
	p->psci_conduit_smc = prop_string_is(method, "smc");
	prop_require(r, node, "method", p->psci_conduit_hvc || p->psci_conduit_smc,
		     "neither hvc nor smc");
}

void bootinfo_interrupts(struct prop_reader *r, struct platform *p)
{
	if (IS_ENABLED(CONFIG_UART_16550)) {
		return; /* ports are not memory, and no other controller is described */
	}
	check_uarts(r, p);
	find_gic(r, p);
	read_psci(r, p);
}

static void read_aperture(struct prop_reader *r, int node, const uint8_t *triple, uint32_t cells,
			  const struct platform *p, struct platform_vmbus *bus)
{
	struct range range = { prop_load64(triple),
			       cells == 1 ? prop_load32(triple + 16) : prop_load64(triple + 16) };
	uint32_t i;

	prop_require(r, node, "ranges", range.base == prop_load64(triple + 8),
		     "child and parent address differ");
	prop_require(r, node, "ranges", is_pages(range), "empty, not 4 KiB aligned, or wraps");
	prop_require(r, node, "ranges", !lies_on_memory(p, range), "overlaps memory");
	for (i = 0; i < bus->aperture_count; i++) {
		prop_require(r, node, "ranges", !range_overlaps(bus->aperture[i], range),
			     "overlaps itself");
	}
	bus->aperture[bus->aperture_count++] = range;
}

static void read_vmbus(struct prop_reader *r, int node, struct platform *p)
{
	uint32_t vtl = prop_u32(r, node, "microsoft,vtl", PROP_REQUIRED);
	struct platform_vmbus *bus = vtl == 0 ? &p->vmbus_vtl0 : &p->vmbus_vtl2;
	const uint8_t *ranges;
	uint32_t size, pos, cells, triple;

	prop_require(r, node, "microsoft,vtl", vtl == 0 || vtl == 2, "neither 0 nor 2");
	prop_require(r, node, "microsoft,vtl", !bus->present, "a second VMBus for this VTL");
	bus->present = true;
	bus->connection_id = prop_u32(r, node, "microsoft,message-connection-id", PROP_REQUIRED);
	prop_require(r, node, "#address-cells",
		     prop_u32(r, node, "#address-cells", PROP_REQUIRED) == 2, "not 2");
	/* OpenHCL reads two, Linux's binding has one. */
	cells = prop_u32(r, node, "#size-cells", PROP_REQUIRED);
	prop_require(r, node, "#size-cells", cells == 1 || cells == 2, "neither 1 nor 2");
	triple = cells == 1 ? 20 : 24;
	/* Elsewhere it is not the tree's to choose (Linux does not look at it either). */
	bus->intid = IS_ENABLED(CONFIG_GIC) ? read_intid(r, node, PROP_OPTIONAL, GIC_PPI) : 0;
	ranges = prop_bytes(r, node, "ranges", PROP_OPTIONAL, &size);
	prop_require(r, node, "ranges",
		     size % triple == 0 && size <= triple * PLATFORM_MAX_APERTURES,
		     "not up to two triples");
	for (pos = 0; r->err == OK && pos < size; pos += triple) {
		read_aperture(r, node, ranges + pos, cells, p, bus);
	}
}

/* No aperture of one VTL may overlap one of the other's. */
static void check_apertures(struct prop_reader *r, const struct platform *p)
{
	uint32_t i, j;

	for (i = 0; i < p->vmbus_vtl0.aperture_count; i++) {
		for (j = 0; j < p->vmbus_vtl2.aperture_count; j++) {
			prop_require(r, 0, "",
				     !range_overlaps(p->vmbus_vtl0.aperture[i],
						     p->vmbus_vtl2.aperture[j]),
				     "apertures of the two VMBuses overlap");
		}
	}
}

void bootinfo_buses(struct prop_reader *r, struct platform *p)
{
	uint32_t size;
	int bus, node;

	for (bus = 0; (bus = prop_next(r, 0, bus)) != 0;) {
		/* A bus that translates addresses is one that we cannot use. */
		if (!prop_lists(r, bus, "compatible", "simple-bus") ||
		    prop_bytes(r, bus, "ranges", PROP_REQUIRED, &size) == NULL || size != 0) {
			continue;
		}
		for (node = 0; (node = prop_next(r, bus, node)) != 0;) {
			if (prop_lists(r, node, "compatible", "microsoft,vmbus")) {
				read_vmbus(r, node, p);
			}
		}
	}
	p->has_vmbus_vtl2 = p->vmbus_vtl2.present;
	check_apertures(r, p);
}
