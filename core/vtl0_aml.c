/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which devices does VTL0's DSDT describe?
 *
 * AML assembled by hand: a scope \_SB with the serial port (ARMH0011, the SBSA UART) and, for
 * Paravane's services, a device that says "look at my device tree properties" (PRP0001). May
 * assume a checked input. Must never need an interpreter: names, strings, buffers and packages
 * only, no methods.
 */
#include "core/vtl0_block.h"

#include "paravane/services.h"

#include <string.h>

/* AML opcodes: ACPI 6.3, section 20.2. */
#define AML_ZERO 0x00u
#define AML_NAME 0x08u
#define AML_BYTE 0x0au
#define AML_STRING 0x0du
#define AML_SCOPE 0x10u
#define AML_BUFFER 0x11u
#define AML_PACKAGE 0x12u
#define AML_DEVICE 0x825bu /* two bytes, 0x5b first */

/* Resource descriptors: section 6.4. */
#define RES_INTERRUPT 0x89u
#define RES_QWORD_SPACE 0x8au
#define RES_END 0x79u

#define UART_SIZE 0x1000u

/* A package length is written as two bytes whatever it is: room is left here and filled by
 * aml_end(). Returns where. */
static size_t aml_begin(struct block *b, uint32_t opcode)
{
	block_put(b, opcode, opcode > 0xff ? 2 : 1);
	block_put_zeros(b, 2);
	return b->used - 2;
}

static void aml_end(struct block *b, size_t at)
{
	size_t length = b->used - at;

	/* Low four bits with "one byte follows", then the other eight. */
	b->full = b->full || length > 0xfff;
	block_set(b, at, 0x40 | (length & 0xf), 1);
	block_set(b, at + 1, length >> 4, 1);
}

static void aml_name(struct block *b, const char *name)
{
	block_put(b, AML_NAME, 1);
	block_put_bytes(b, name, 4);
}

static void aml_string(struct block *b, const char *text)
{
	block_put(b, AML_STRING, 1);
	block_put_bytes(b, text, strlen(text) + 1);
}

static void aml_named_string(struct block *b, const char *name, const char *text)
{
	aml_name(b, name);
	aml_string(b, text);
}

static void aml_named_zero(struct block *b, const char *name)
{
	aml_name(b, name);
	block_put(b, AML_ZERO, 1);
}

static size_t aml_package(struct block *b, uint32_t count)
{
	size_t at = aml_begin(b, AML_PACKAGE);

	block_put(b, count, 1);
	return at;
}

/* A fixed range of addresses: device memory, not cached, may be written. */
static void put_memory(struct block *b, uint64_t base, uint64_t size)
{
	block_put(b, RES_QWORD_SPACE, 1);
	block_put(b, 43, 2);
	block_put(b, 0, 1);    /* memory */
	block_put(b, 0x0d, 1); /* consumer; minimum and maximum are fixed */
	block_put(b, 0x01, 1); /* read and write */
	block_put(b, 0, 8);    /* granularity */
	block_put(b, base, 8);
	block_put(b, base + size - 1, 8);
	block_put(b, 0, 8); /* translation */
	block_put(b, size, 8);
}

static void put_interrupt(struct block *b, uint32_t intid)
{
	block_put(b, RES_INTERRUPT, 1);
	block_put(b, 6, 2);
	block_put(b, 0x01, 1); /* consumer; level, active high, exclusive */
	block_put(b, 1, 1);
	block_put(b, intid, 4);
}

static void put_resources(struct block *b, uint64_t base, uint64_t size, uint32_t intid)
{
	size_t buffer, start;

	aml_name(b, "_CRS");
	buffer = aml_begin(b, AML_BUFFER);
	block_put(b, AML_BYTE, 1);
	block_put_zeros(b, 1);
	start = b->used;
	put_memory(b, base, size);
	if (intid != 0) {
		put_interrupt(b, intid);
	}
	block_put(b, RES_END, 2); /* and a checksum of 0: not used */
	block_set(b, start - 1, b->used - start, 1);
	aml_end(b, buffer);
}

static void put_uart(struct block *b, const struct vtl0_acpi_input *in)
{
	size_t device = aml_begin(b, AML_DEVICE);

	block_put_bytes(b, "COM0", 4);
	aml_named_string(b, "_HID", "ARMH0011");
	aml_named_zero(b, "_UID");
	put_resources(b, in->uart_base, UART_SIZE, in->uart_intid);
	aml_end(b, device);
}

/* { "method", { "door-page", "vtl-call" } } with what there is. */
static void put_method(struct block *b, const struct vtl0_acpi_input *in)
{
	size_t pair = aml_package(b, 2);
	size_t list;

	aml_string(b, "method");
	list = aml_package(b, (in->door_page != 0) + in->has_vtl_call);
	if (in->door_page != 0) {
		aml_string(b, PARAVANE_DT_METHOD_DOOR_PAGE);
	}
	if (in->has_vtl_call) {
		aml_string(b, PARAVANE_DT_METHOD_VTL_CALL);
	}
	aml_end(b, list);
	aml_end(b, pair);
}

static void put_services(struct block *b, const struct vtl0_acpi_input *in)
{
	/* daffd814-6eba-4d8c-8a91-bc9bbf4aa301: device properties follow. */
	static const uint8_t properties[16] = { 0x14, 0xd8, 0xff, 0xda, 0xba, 0x6e, 0x8c, 0x4d,
						0x8a, 0x91, 0xbc, 0x9b, 0xbf, 0x4a, 0xa3, 0x01 };
	size_t device = aml_begin(b, AML_DEVICE);
	size_t data, uuid, list, pair;

	block_put_bytes(b, "PRVN", 4);
	aml_named_string(b, "_HID", "PRP0001");
	aml_named_zero(b, "_UID");
	if (in->door_page != 0) {
		put_resources(b, in->door_page, HV_HYP_PAGE_SIZE, 0);
	}
	aml_name(b, "_DSD");
	data = aml_package(b, 2);
	uuid = aml_begin(b, AML_BUFFER);
	block_put(b, AML_BYTE | sizeof(properties) << 8, 2);
	block_put_bytes(b, properties, sizeof(properties));
	aml_end(b, uuid);
	list = aml_package(b, 2);
	pair = aml_package(b, 2);
	aml_string(b, "compatible");
	aml_string(b, PARAVANE_DT_COMPATIBLE);
	aml_end(b, pair);
	put_method(b, in);
	aml_end(b, list);
	aml_end(b, data);
	aml_end(b, device);
}

void vtl0_aml_put(struct block *b, const struct vtl0_acpi_input *in)
{
	size_t scope = aml_begin(b, AML_SCOPE);

	block_put_bytes(b, "\\_SB_", 5);
	if (in->has_uart) {
		put_uart(b, in);
	}
	if (in->door_page != 0 || in->has_vtl_call) {
		put_services(b, in);
	}
	aml_end(b, scope);
}
