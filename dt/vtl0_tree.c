/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which tree does VTL0 get?
 *
 * May assume that addresses were checked by whoever fills the input. Must never copy a byte of
 * the host's tree. Written front to back; what does not fit makes the remaining steps do nothing,
 * so that only the end asks. Not libfdt's writer: that one looks for each name in all bytes of all
 * names, which was a third of a boot.
 */
#include "dt/vtl0_tree.h"

#include "paravane/services.h"

#include <string.h>

#include <libfdt.h>

#define PHANDLE_GIC 1u
#define PHANDLE_CLOCK 2u

#define GIC_SPI 0u
#define GIC_PPI 1u
#define IRQ_LEVEL_HIGH 4u
#define IRQ_LEVEL_LOW 8u
#define IRQ_EDGE_RISING 1u

#define GICD_SIZE 0x10000u
#define GICR_STRIDE 0x20000u
#define UART_SIZE 0x1000u
#define UART_CLOCK_HZ 24000000u

#define NODE_NAME_SIZE 32

#define NAMES_MAX 48 /* property names, one for each place below that writes one */

struct writer {
	uint8_t *at;
	size_t room;
	bool full;
	uint32_t name_count;
	uint32_t names_size;
	const char *name[NAMES_MAX];
	uint32_t offset[NAMES_MAX]; /* of the name in the strings block */
};

/* size: a multiple of 4. NULL: it does not fit, and nothing after it will. */
static void *room(struct writer *w, size_t size)
{
	uint8_t *at = w->at;

	w->full = w->full || size > w->room;
	if (w->full) {
		return NULL;
	}
	w->at += size;
	w->room -= size;
	return at;
}

static void raw(struct writer *w, const void *data, size_t size)
{
	size_t padding = -size & 3;
	uint8_t *at = room(w, size + padding);

	if (at != NULL) {
		memcpy(at, data, size);
		memset(at + size, 0, padding);
	}
}

static void cell(struct writer *w, uint32_t value)
{
	fdt32_t *at = room(w, sizeof(*at));

	if (at != NULL) {
		*at = cpu_to_fdt32(value);
	}
}

static void begin(struct writer *w, const char *name)
{
	cell(w, FDT_BEGIN_NODE);
	raw(w, name, strlen(name) + 1);
}

/* "serial@effeb000": the address in hexadecimal without leading zeros. */
static void name_at(char full[NODE_NAME_SIZE], const char *name, uint64_t address)
{
	static const char digits[] = "0123456789abcdef";
	size_t size = strlen(name);
	int shift = 60;

	memcpy(full, name, size);
	full[size++] = '@';
	while (shift > 0 && (address >> shift) == 0) {
		shift -= 4;
	}
	for (; shift >= 0; shift -= 4) {
		full[size++] = digits[(address >> shift) & 0xf];
	}
	full[size] = '\0';
}

static void begin_at(struct writer *w, const char *name, uint64_t address)
{
	char full[NODE_NAME_SIZE];

	name_at(full, name, address);
	begin(w, full);
}

static void end(struct writer *w)
{
	cell(w, FDT_END_NODE);
}

/* The newest names first: processors repeat theirs. The same text twice is no error. */
static uint32_t name_offset(struct writer *w, const char *name)
{
	uint32_t i = w->name_count;
	uint32_t offset = w->names_size;

	while (i > 0 && w->name[i - 1] != name) {
		i--;
	}
	if (i > 0) {
		return w->offset[i - 1];
	}
	w->full = w->full || w->name_count == NAMES_MAX;
	if (!w->full) {
		w->name[w->name_count] = name;
		w->offset[w->name_count++] = offset;
		w->names_size += (uint32_t)strlen(name) + 1;
	}
	return offset;
}

static void property(struct writer *w, const char *name, size_t size)
{
	cell(w, FDT_PROP);
	cell(w, (uint32_t)size);
	cell(w, name_offset(w, name));
}

static void bytes(struct writer *w, const char *name, const void *value, size_t size)
{
	property(w, name, size);
	raw(w, value, size);
}

static void string(struct writer *w, const char *name, const char *value)
{
	bytes(w, name, value, strlen(value) + 1);
}

static void u32(struct writer *w, const char *name, uint32_t value)
{
	property(w, name, 4);
	cell(w, value);
}

/* Addresses and sizes; every parent here has two cells for each. */
static void u64_list(struct writer *w, const char *name, const uint64_t *values, uint32_t count)
{
	uint32_t i;

	property(w, name, 8 * (size_t)count);
	for (i = 0; i < count; i++) {
		cell(w, (uint32_t)(values[i] >> 32));
		cell(w, (uint32_t)values[i]);
	}
}

static void u64(struct writer *w, const char *name, uint64_t value)
{
	u64_list(w, name, &value, 1);
}

static void reg(struct writer *w, uint64_t base, uint64_t size)
{
	const uint64_t pair[] = { base, size };

	u64_list(w, "reg", pair, 2);
}

static void interrupt(struct writer *w, uint32_t intid, uint32_t trigger)
{
	property(w, "interrupts", 12);
	cell(w, intid < 32 ? GIC_PPI : GIC_SPI);
	cell(w, intid < 32 ? intid - 16 : intid - 32);
	cell(w, trigger);
}

static void write_chosen(struct writer *w, const struct vtl0_tree_input *in)
{
	const struct vtl0_tree_efi *efi = &in->efi;
	char path[NODE_NAME_SIZE];

	begin(w, "chosen");
	string(w, "bootargs", in->bootargs != NULL ? in->bootargs : "");
	if (in->initrd.size != 0) {
		u64(w, "linux,initrd-start", in->initrd.base);
		u64(w, "linux,initrd-end", range_end(in->initrd));
	}
	if (in->kaslr_seed != 0) {
		u64(w, "kaslr-seed", in->kaslr_seed);
	}
	if (in->rng_seed_size != 0) {
		bytes(w, "rng-seed", in->rng_seed, in->rng_seed_size);
	}
	if (efi->system_table != 0) {
		u64(w, "linux,uefi-system-table", efi->system_table);
		u64(w, "linux,uefi-mmap-start", efi->memory_map);
		u32(w, "linux,uefi-mmap-size", efi->memory_map_size);
		u32(w, "linux,uefi-mmap-desc-size", efi->descriptor_size);
		u32(w, "linux,uefi-mmap-desc-ver", efi->descriptor_version);
		/* 2: off. Without it Linux 6.1 ignores the whole set. */
		u32(w, "linux,uefi-secure-boot", 2);
	} else if (in->has_uart) {
		name_at(path, "/serial", in->uart_base);
		string(w, "stdout-path", path);
	}
	end(w);
}

static void write_cpus(struct writer *w, const struct vtl0_tree_input *in)
{
	uint32_t i;

	begin(w, "cpus");
	u32(w, "#address-cells", 2);
	u32(w, "#size-cells", 0);
	for (i = 0; i < in->cpu_count; i++) {
		begin_at(w, "cpu", in->cpus[i].v);
		string(w, "device_type", "cpu");
		string(w, "compatible", "arm,armv8");
		u64(w, "reg", in->cpus[i].v);
		string(w, "enable-method", "psci");
		end(w);
	}
	end(w);

	begin(w, "psci");
	bytes(w, "compatible", "arm,psci-1.0\0arm,psci-0.2", sizeof("arm,psci-1.0\0arm,psci-0.2"));
	string(w, "method", "hvc");
	end(w);
}

static void write_memory(struct writer *w, const struct vtl0_tree_input *in)
{
	uint32_t i;

	for (i = 0; i < in->memory_count; i++) {
		begin_at(w, "memory", in->memory[i].base);
		string(w, "device_type", "memory");
		reg(w, in->memory[i].base, in->memory[i].size);
		end(w);
	}
}

static void write_interrupts(struct writer *w, const struct vtl0_tree_input *in)
{
	const uint64_t regions[] = { in->gicd_base, GICD_SIZE, in->gicr_base,
				     (uint64_t)GICR_STRIDE * in->gicr_count };

	begin_at(w, "intc", in->gicd_base);
	string(w, "compatible", "arm,gic-v3");
	u64_list(w, "reg", regions, 4);
	property(w, "interrupt-controller", 0);
	u32(w, "#interrupt-cells", 3);
	u32(w, "#address-cells", 0);
	u32(w, "phandle", PHANDLE_GIC);
	end(w);

	/* The virtual timer is the only one that the hypervisor gives; naming it alone keeps VTL0
	 * from waiting for another. */
	begin(w, "timer");
	string(w, "compatible", "arm,armv8-timer");
	interrupt(w, in->timer_intid, IRQ_LEVEL_LOW);
	string(w, "interrupt-names", "virt");
	property(w, "always-on", 0);
	end(w);
}

static void write_uart(struct writer *w, const struct vtl0_tree_input *in)
{
	const fdt32_t clocks[] = { cpu_to_fdt32(PHANDLE_CLOCK), cpu_to_fdt32(PHANDLE_CLOCK) };

	if (!in->has_uart) {
		return;
	}
	begin(w, "clock");
	string(w, "compatible", "fixed-clock");
	u32(w, "#clock-cells", 0);
	u32(w, "clock-frequency", UART_CLOCK_HZ);
	u32(w, "phandle", PHANDLE_CLOCK);
	end(w);

	begin_at(w, "serial", in->uart_base);
	bytes(w, "compatible", "arm,pl011\0arm,primecell", sizeof("arm,pl011\0arm,primecell"));
	reg(w, in->uart_base, UART_SIZE);
	interrupt(w, in->uart_intid, IRQ_LEVEL_HIGH);
	bytes(w, "clocks", clocks, sizeof(clocks));
	bytes(w, "clock-names", "uartclk\0apb_pclk", sizeof("uartclk\0apb_pclk"));
	end(w);
}

static void write_services(struct writer *w, const struct vtl0_tree_input *in)
{
	static const char both[] = PARAVANE_DT_METHOD_DOOR_PAGE "\0" PARAVANE_DT_METHOD_VTL_CALL;

	if (in->door_page == 0 && !in->has_vtl_call) {
		return;
	}
	begin(w, "firmware");
	u32(w, "#address-cells", 2);
	u32(w, "#size-cells", 2);
	property(w, "ranges", 0);
	begin(w, "paravane");
	string(w, "compatible", PARAVANE_DT_COMPATIBLE);
	if (in->door_page != 0 && in->has_vtl_call) {
		bytes(w, "method", both, sizeof(both));
	} else {
		string(w, "method",
		       in->has_vtl_call ? PARAVANE_DT_METHOD_VTL_CALL :
					  PARAVANE_DT_METHOD_DOOR_PAGE);
	}
	if (in->door_page != 0) {
		reg(w, in->door_page, HV_HYP_PAGE_SIZE);
	}
	if (in->services_intid != 0) {
		interrupt(w, in->services_intid, IRQ_EDGE_RISING);
	}
	end(w);
	end(w);
}

static bool is_spi(uint32_t intid)
{
	return intid >= 32 && intid <= 1019;
}

static enum err check_input(const struct vtl0_tree_input *in)
{
	uint32_t i;
	bool boot_cpu_listed = false;

	for (i = 0; i < in->cpu_count; i++) {
		boot_cpu_listed = boot_cpu_listed || in->cpus[i].v == in->boot_cpu.v;
	}
	if (!boot_cpu_listed || in->memory_count == 0) {
		return ERR_INVALID;
	}
	for (i = 0; i < in->memory_count; i++) {
		if (in->memory[i].size == 0) {
			return ERR_INVALID;
		}
	}
	if (in->timer_intid < 16 || in->timer_intid > 31 ||
	    (in->has_uart && !is_spi(in->uart_intid)) ||
	    (in->services_intid != 0 && !is_spi(in->services_intid)) ||
	    in->door_page % HV_HYP_PAGE_SIZE != 0) {
		return ERR_INVALID;
	}
	return OK;
}

static void write_root(struct writer *w, const struct vtl0_tree_input *in)
{
	begin(w, "");
	u32(w, "#address-cells", 2);
	u32(w, "#size-cells", 2);
	string(w, "compatible", "paravane,vtl0");
	string(w, "model", "Paravane VTL0");
	if (in->efi.system_table == 0) {
		u32(w, "interrupt-parent", PHANDLE_GIC);
	}
	write_chosen(w, in);
	if (in->efi.system_table == 0) {
		write_cpus(w, in);
		write_memory(w, in);
		write_interrupts(w, in);
		write_uart(w, in);
		write_services(w, in);
	}
	end(w);
}

/* Header, an empty list of reservations, structure, strings. */
enum err vtl0_tree_build(const struct vtl0_tree_input *in, void *buffer, size_t buffer_size,
			 uint32_t *used)
{
	static const uint8_t head[sizeof(struct fdt_header) + 16];
	struct writer w = { .at = buffer, .room = buffer_size };
	uint32_t structure, i;
	enum err e = check_input(in);

	*used = 0;
	if (e != OK) {
		return e;
	}
	raw(&w, head, sizeof(head));
	write_root(&w, in);
	cell(&w, FDT_END);
	structure = (uint32_t)(w.at - (uint8_t *)buffer);
	if (w.full || w.names_size > w.room) {
		return ERR_NO_MEMORY;
	}
	for (i = 0; i < w.name_count; i++) {
		memcpy(w.at + w.offset[i], w.name[i], strlen(w.name[i]) + 1);
	}
	*used = structure + w.names_size;
	/* The head again, now that it is known: the fields of struct fdt_header in order. */
	w = (struct writer){ .at = buffer, .room = sizeof(head) };
	cell(&w, FDT_MAGIC);
	cell(&w, *used);
	cell(&w, sizeof(head));
	cell(&w, structure);
	cell(&w, sizeof(struct fdt_header));
	cell(&w, 17);
	cell(&w, 16);
	cell(&w, (uint32_t)in->boot_cpu.v);
	cell(&w, *used - structure);
	cell(&w, structure - (uint32_t)sizeof(head));
	return OK;
}
