/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which ACPI tables does VTL0 get? (ACPI 6.5, chapter 5)
 *
 * May assume: no more processors than there is room for (PLATFORM_MAX_CPUS). Must never: name a
 * processor that is not ready in VTL2, or a device that nobody answers.
 */
#include "arch/x86_64/acpi.h"

#include <string.h>

#include "arch/x86_64/power.h"
#include "arch/x86_64/setup_header.h"
#include "core/types.h"

/* Where each table lies in the block. */
#define AT_RSDP 0x000
#define AT_XSDT 0x040
#define AT_FADT 0x100
#define AT_DSDT 0x240
#define AT_MADT 0x800

#define HEAD_SIZE 36
#define HEAD_CHECKSUM 9
#define RSDP_SIZE 36
#define RSDP_SIZE_1 20 /* what the first checksum covers */
#define FADT_SIZE 276
#define MADT_SIZE 44
#define X2APIC_SIZE 16
#define X2APIC_TYPE 9
#define X2APIC_ENABLED 1

#define FADT_WBINVD (1U << 0)
#define FADT_RESET_REG_SUP (1U << 10)
#define FADT_HW_REDUCED (1U << 20)
#define FADT_NO_VGA (1U << 2)
#define FADT_NO_CMOS_RTC (1U << 5)

#define LOCAL_APIC 0xFEE00000U

_Static_assert(AT_MADT + MADT_SIZE + PLATFORM_MAX_CPUS * X2APIC_SIZE <= ACPI_SIZE, "room");

/* \_S5 (off is sleep type 0); \_SB.COM1 at port 0x3F8; \_SB.PRVN, our services, which says "look at
 * my device tree properties" (PRP0001). No method, so no interpreter is needed to read it. */
static const uint8_t dsdt[] = {
	/* Name (_S5, Package () { 0, 0, 0, 0 }) */
	0x08, '_', 'S', '5', '_', 0x12, 0x06, 0x04, 0x00, 0x00, 0x00, 0x00,
	/* Device (_SB.COM1) */
	0x5B, 0x82, 0x2D, 0x2E, '_', 'S', 'B', '_', 'C', 'O', 'M', '1',
	/* Name (_HID, EisaId ("PNP0501")), Name (_UID, 1) */
	0x08, '_', 'H', 'I', 'D', 0x0C, 0x41, 0xD0, 0x05, 0x01, 0x08, '_', 'U', 'I', 'D', 0x01,
	/* Name (_CRS, IO (Decode16, 0x3F8, 0x3F8, 1, 8)) */
	0x08, '_', 'C', 'R', 'S', 0x11, 0x0D, 0x0A, 0x0A, 0x47, 0x01, 0xF8, 0x03, 0xF8, 0x03, 0x01,
	0x08, 0x79, 0x00,
	/* Device (_SB.PRVN) */
	0x5B, 0x82, 0x46, 0x08, 0x2E, '_', 'S', 'B', '_', 'P', 'R', 'V', 'N',
	/* Name (_HID, "PRP0001"), Name (_UID, 0) */
	0x08, '_', 'H', 'I', 'D', 0x0D, 'P', 'R', 'P', '0', '0', '0', '1', 0x00, 0x08, '_', 'U',
	'I', 'D', 0x00,
	/* Name (_DSD, Package () { the UUID of device properties, Package () { */
	0x08, '_', 'D', 'S', 'D', 0x12, 0x41, 0x06, 0x02, 0x11, 0x13, 0x0A, 0x10, 0x14, 0xD8, 0xFF,
	0xDA, 0xBA, 0x6E, 0x8C, 0x4D, 0x8A, 0x91, 0xBC, 0x9B, 0xBF, 0x4A, 0xA3, 0x01, 0x12, 0x49,
	0x04, 0x02,
	/* Package () { "compatible", "paravane,services-1" }, */
	0x12, 0x23, 0x02, 0x0D, 'c', 'o', 'm', 'p', 'a', 't', 'i', 'b', 'l', 'e', 0x00, 0x0D, 'p',
	'a', 'r', 'a', 'v', 'a', 'n', 'e', ',', 's', 'e', 'r', 'v', 'i', 'c', 'e', 's', '-', '1',
	0x00,
	/* Package () { "method", Package () { "door-msr", "vtl-call" } } } }) */
	0x12, 0x21, 0x02, 0x0D, 'm', 'e', 't', 'h', 'o', 'd', 0x00, 0x12, 0x16, 0x02, 0x0D, 'd',
	'o', 'o', 'r', '-', 'm', 's', 'r', 0x00, 0x0D, 'v', 't', 'l', '-', 'c', 'a', 'l', 'l', 0x00
};
_Static_assert(AT_DSDT + HEAD_SIZE + sizeof(dsdt) <= AT_MADT, "room");

static void put_checksum(uint8_t *table, uint32_t size, uint32_t at)
{
	uint8_t sum = 0;
	uint32_t i;

	for (i = 0; i < size; i++) {
		sum += table[i];
	}
	table[at] = (uint8_t)(0 - sum);
}

/* Names in a table are as long as their field and have no end. */
static void put_text(uint8_t *to, const char *text)
{
	for (; *text != '\0'; text++) {
		*to++ = (uint8_t)*text;
	}
}

/* The head, after everything else of the table. */
static void finish(uint8_t *table, const char *signature, uint32_t size, uint8_t revision)
{
	put_text(table, signature);
	setup_put(table, 4, size, 4);
	table[8] = revision;
	put_text(table + 10, "PRVANEPARAVANE");
	setup_put(table, 24, 1, 4);
	put_text(table + 28, "PRVN");
	setup_put(table, 32, 1, 4);
	put_checksum(table, size, HEAD_CHECKSUM);
}

/* A register of one byte at an I/O port. */
static void put_port(uint8_t *fadt, uint32_t at, uint32_t port)
{
	fadt[at] = 1;	  /* system I/O */
	fadt[at + 1] = 8; /* bits */
	fadt[at + 3] = 1; /* access by byte */
	setup_put(fadt, at + 4, port, 8);
}

static void put_fadt(uint8_t *fadt, uint64_t dsdt_gpa)
{
	setup_put(fadt, 109, FADT_NO_VGA | FADT_NO_CMOS_RTC, 2);
	setup_put(fadt, 112, FADT_WBINVD | FADT_RESET_REG_SUP | FADT_HW_REDUCED, 4);
	put_port(fadt, 116, RESET_CONTROL);
	fadt[128] = RESET_CONTROL_CPU | RESET_CONTROL_HARD;
	fadt[131] = 5; /* minor revision */
	setup_put(fadt, 140, dsdt_gpa, 8);
	/* The sleep control register has the bits that PM1a control has in its upper byte. */
	put_port(fadt, 244, CONFIG_POWER_PORT + 1);
	put_port(fadt, 256, CONFIG_POWER_PORT);
	finish(fadt, "FACP", FADT_SIZE, 6);
}

static void put_madt(uint8_t *madt, const struct vtl0_facts *facts)
{
	uint64_t i;

	setup_put(madt, 36, LOCAL_APIC, 4);
	for (i = 0; i < facts->cpu_count; i++) {
		uint8_t *entry = madt + MADT_SIZE + i * X2APIC_SIZE;

		entry[0] = X2APIC_TYPE;
		entry[1] = X2APIC_SIZE;
		setup_put(entry, 4, facts->cpus[i].v, 4);
		setup_put(entry, 8, X2APIC_ENABLED, 4);
		setup_put(entry, 12, i, 4);
	}
	finish(madt, "APIC", MADT_SIZE + facts->cpu_count * X2APIC_SIZE, 5);
}

void acpi_build(uint8_t *bytes, uint64_t gpa, const struct vtl0_facts *facts)
{
	uint8_t *rsdp = bytes + AT_RSDP;
	uint8_t *xsdt = bytes + AT_XSDT;

	memcpy(bytes + AT_DSDT + HEAD_SIZE, dsdt, sizeof(dsdt));
	finish(bytes + AT_DSDT, "DSDT", HEAD_SIZE + sizeof(dsdt), 2);
	put_fadt(bytes + AT_FADT, gpa + AT_DSDT);
	put_madt(bytes + AT_MADT, facts);
	setup_put(xsdt, HEAD_SIZE, gpa + AT_FADT, 8);
	setup_put(xsdt, HEAD_SIZE + 8, gpa + AT_MADT, 8);
	finish(xsdt, "XSDT", HEAD_SIZE + 16, 1);
	put_text(rsdp, "RSD PTR ");
	put_text(rsdp + 9, "PRVANE");
	rsdp[15] = 2; /* revision */
	setup_put(rsdp, 20, RSDP_SIZE, 4);
	setup_put(rsdp, 24, gpa + AT_XSDT, 8);
	put_checksum(rsdp, RSDP_SIZE_1, 8);
	put_checksum(rsdp, RSDP_SIZE, 32);
}
