/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which ACPI tables does VTL0 get? (ACPI 6.5, chapter 5)
 *
 * May assume: no more processors than there is room for (PLATFORM_MAX_CPUS); it is known what the
 * hypervisor granted. Must never: name a processor that is not ready in VTL2, or a device or a door
 * that nobody answers.
 */
#include "arch/x86_64/acpi.h"

#include "arch/x86_64/icept.h"
#include "arch/x86_64/power.h"
#include "core/dev_16550.h"
#include "core/dev_cmos.h"
#include "core/vtl0_aml.h"

#include "paravane/services.h"

#define RSDP_SIZE 36
#define FADT_SIZE 276
#define X2APIC_TYPE 9
#define X2APIC_SIZE 16
#define X2APIC_ENABLED 1

#define FADT_WBINVD (1U << 0)
#define FADT_RESET_REG_SUP (1U << 10)
#define FADT_HW_REDUCED (1U << 20)
#define FADT_NO_VGA (1U << 2)
#define FADT_NO_CMOS_RTC (1U << 5)

#define LOCAL_APIC 0xFEE00000U

/* Without an interrupt: in a machine without a PIC there is none to name. */
static void put_device(struct block *b, const char *name, const char *id, uint16_t first,
		       uint32_t count)
{
	size_t device = aml_begin(b, AML_DEVICE);
	size_t resources;

	block_put_bytes(b, name, 4);
	aml_named_string(b, "_HID", id);
	aml_named_zero(b, "_UID");
	resources = aml_begin_resources(b);
	aml_put_ports(b, first, count);
	aml_end_resources(b, resources);
	aml_end(b, device);
}

/* Off is sleep type 0. */
static void put_s5(struct block *b)
{
	size_t package;

	aml_name(b, "_S5_");
	package = aml_package(b, 4);
	block_put_zeros(b, 4);
	aml_end(b, package);
}

static size_t put_dsdt(struct block *b, const struct vtl0_facts *facts)
{
	const struct aml_services services = {
		.method = { facts->door_page.v != 0 ? PARAVANE_DT_METHOD_DOOR_MSR : NULL,
			    facts->has_vtl_call ? PARAVANE_DT_METHOD_VTL_CALL : NULL,
			    facts->has_forwarded ? PARAVANE_DT_METHOD_HYPERCALL : NULL },
	};
	size_t start = block_begin_table(b, "DSDT", 2);
	size_t scope;

	if (icept_port_is_ours(CONFIG_POWER_PORT)) {
		put_s5(b);
	}
	scope = aml_begin(b, AML_SCOPE);
	block_put_bytes(b, "\\_SB_", 5);
	if (icept_port_is_ours(COM1)) {
		put_device(b, "COM1", "PNP0501", COM1, DEV_16550_PORTS);
	}
	if (icept_port_is_ours(CMOS)) {
		put_device(b, "RTC0", "PNP0B00", CMOS, DEV_CMOS_PORTS);
	}
	if (facts->door_page.v != 0 || facts->has_vtl_call || facts->has_forwarded) {
		aml_put_services(b, &services);
	}
	aml_end(b, scope);
	block_end_table(b, start);
	return start;
}

/* A register of one byte at an I/O port. */
static void set_port(struct block *b, size_t at, uint32_t port)
{
	block_set(b, at, 1, 1);	    /* system I/O */
	block_set(b, at + 1, 8, 1); /* bits */
	block_set(b, at + 3, 1, 1); /* access by byte */
	block_set(b, at + 4, port, 8);
}

static size_t put_fadt(struct block *b, uint64_t dsdt)
{
	size_t start = block_begin_table(b, "FACP", 6);
	bool resets = icept_port_is_ours(RESET_CONTROL);

	block_put_zeros(b, FADT_SIZE - (b->used - start));
	if (icept_port_is_ours(CMOS)) {
		block_set(b, start + 108, DEV_CMOS_CENTURY, 1);
		block_set(b, start + 109, FADT_NO_VGA, 2);
	} else {
		block_set(b, start + 109, FADT_NO_VGA | FADT_NO_CMOS_RTC, 2);
	}
	block_set(b, start + 112, FADT_WBINVD | FADT_HW_REDUCED | (resets ? FADT_RESET_REG_SUP : 0),
		  4);
	if (resets) {
		set_port(b, start + 116, RESET_CONTROL);
		block_set(b, start + 128, RESET_CONTROL_CPU | RESET_CONTROL_HARD, 1);
	}
	block_set(b, start + 131, 5, 1); /* minor revision */
	block_set(b, start + 140, dsdt, 8);
	if (icept_port_is_ours(CONFIG_POWER_PORT)) {
		/* The sleep control register has what PM1a control has in its upper byte. */
		set_port(b, start + 244, CONFIG_POWER_PORT + 1);
		set_port(b, start + 256, CONFIG_POWER_PORT);
	}
	block_end_table(b, start);
	return start;
}

static size_t put_madt(struct block *b, const struct vtl0_facts *facts)
{
	size_t start = block_begin_table(b, "APIC", 5);
	uint32_t i;

	block_put(b, LOCAL_APIC, 8); /* no flags */
	for (i = 0; i < facts->cpu_count; i++) {
		block_put(b, X2APIC_TYPE | X2APIC_SIZE << 8, 4);
		block_put(b, facts->cpus[i].v, 4);
		block_put(b, X2APIC_ENABLED, 4);
		block_put(b, i, 4); /* its _UID */
	}
	block_end_table(b, start);
	return start;
}

enum err acpi_build(uint8_t *bytes, uint64_t gpa, const struct vtl0_facts *facts)
{
	struct block b = { .bytes = bytes, .size = ACPI_SIZE };
	size_t tables[2];

	block_put_zeros(&b, RSDP_SIZE);
	tables[0] = put_fadt(&b, gpa + put_dsdt(&b, facts));
	tables[1] = put_madt(&b, facts);
	block_put_roots(&b, 0, gpa, tables, ARRAY_SIZE(tables));
	return b.full ? ERR_NO_MEMORY : OK;
}
