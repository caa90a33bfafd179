/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a DSDT assembled, and how does it describe Paravane's services?
 *
 * The services are a device that says "look at my device tree properties" (PRP0001). May assume a
 * checked input. Must never need an interpreter: names, strings, buffers and packages only, no
 * methods.
 */
#include "core/vtl0_aml.h"

#include "paravane/services.h"

#include <string.h>

/* Opcodes: section 20.2. */
#define AML_NAME 0x08u
#define AML_BYTE 0x0au
#define AML_STRING 0x0du
#define AML_BUFFER 0x11u
#define AML_PACKAGE 0x12u

/* Resource descriptors: section 6.4. */
#define RES_INTERRUPT 0x89u
#define RES_QWORD_SPACE 0x8au
#define RES_PORTS 0x47u
#define RES_END 0x79u

/* A package length is written as two bytes whatever it is: room is left here. */
size_t aml_begin(struct block *b, uint32_t opcode)
{
	block_put(b, opcode, opcode > 0xff ? 2 : 1);
	block_put_zeros(b, 2);
	return b->used - 2;
}

void aml_end(struct block *b, size_t at)
{
	size_t length = b->used - at;

	/* Low four bits with "one byte follows", then the other eight. */
	b->full = b->full || length > 0xfff;
	block_set(b, at, 0x40 | (length & 0xf), 1);
	block_set(b, at + 1, length >> 4, 1);
}

void aml_name(struct block *b, const char *name)
{
	block_put(b, AML_NAME, 1);
	block_put_bytes(b, name, 4);
}

static void aml_string(struct block *b, const char *text)
{
	block_put(b, AML_STRING, 1);
	block_put_bytes(b, text, strlen(text) + 1);
}

void aml_named_string(struct block *b, const char *name, const char *text)
{
	aml_name(b, name);
	aml_string(b, text);
}

void aml_named_zero(struct block *b, const char *name)
{
	aml_name(b, name);
	block_put(b, AML_ZERO, 1);
}

size_t aml_package(struct block *b, uint32_t count)
{
	size_t at = aml_begin(b, AML_PACKAGE);

	block_put(b, count, 1);
	return at;
}

size_t aml_begin_resources(struct block *b)
{
	size_t at;

	aml_name(b, "_CRS");
	at = aml_begin(b, AML_BUFFER);
	block_put(b, AML_BYTE, 1);
	block_put_zeros(b, 1);
	return at;
}

void aml_end_resources(struct block *b, size_t at)
{
	size_t start = at + 2 + 2; /* behind the package's length and the buffer's size */

	block_put(b, RES_END, 2); /* and a checksum of 0: not used */
	block_set(b, start - 1, b->used - start, 1);
	aml_end(b, at);
}

void aml_put_memory(struct block *b, uint64_t base, uint64_t size)
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

void aml_put_interrupt(struct block *b, uint32_t intid)
{
	block_put(b, RES_INTERRUPT, 1);
	block_put(b, 6, 2);
	block_put(b, 0x01, 1); /* consumer; level, active high, exclusive */
	block_put(b, 1, 1);
	block_put(b, intid, 4);
}

void aml_put_ports(struct block *b, uint32_t first, uint32_t count)
{
	block_put(b, RES_PORTS, 1);
	block_put(b, 1, 1); /* decodes 16 bits */
	block_put(b, first, 2);
	block_put(b, first, 2);
	block_put(b, 1, 1); /* alignment */
	block_put(b, count, 1);
}

/* { "method", { "door-page", "vtl-call" } } with what there is. */
static void put_methods(struct block *b, const struct aml_services *services)
{
	size_t pair = aml_package(b, 2);
	uint32_t i, count = 0;
	size_t list;

	for (i = 0; i < AML_METHODS_MAX; i++) {
		count += services->method[i] != NULL;
	}
	aml_string(b, "method");
	list = aml_package(b, count);
	for (i = 0; i < AML_METHODS_MAX; i++) {
		if (services->method[i] != NULL) {
			aml_string(b, services->method[i]);
		}
	}
	aml_end(b, list);
	aml_end(b, pair);
}

void aml_put_services(struct block *b, const struct aml_services *services)
{
	/* daffd814-6eba-4d8c-8a91-bc9bbf4aa301: device properties follow. */
	static const uint8_t properties[16] = { 0x14, 0xd8, 0xff, 0xda, 0xba, 0x6e, 0x8c, 0x4d,
						0x8a, 0x91, 0xbc, 0x9b, 0xbf, 0x4a, 0xa3, 0x01 };
	size_t device = aml_begin(b, AML_DEVICE);
	size_t at, data, list;

	block_put_bytes(b, "PRVN", 4);
	aml_named_string(b, "_HID", "PRP0001");
	aml_named_zero(b, "_UID");
	if (services->door_page != 0) {
		at = aml_begin_resources(b);
		aml_put_memory(b, services->door_page, HV_HYP_PAGE_SIZE);
		aml_end_resources(b, at);
	}
	aml_name(b, "_DSD");
	data = aml_package(b, 2);
	at = aml_begin(b, AML_BUFFER);
	block_put(b, AML_BYTE | sizeof(properties) << 8, 2);
	block_put_bytes(b, properties, sizeof(properties));
	aml_end(b, at);
	list = aml_package(b, 2);
	at = aml_package(b, 2);
	aml_string(b, "compatible");
	aml_string(b, PARAVANE_DT_COMPATIBLE);
	aml_end(b, at);
	put_methods(b, services);
	aml_end(b, list);
	aml_end(b, data);
	aml_end(b, device);
}
