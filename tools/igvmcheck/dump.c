/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a file printed? One line per header, fields by name, register lists below their header.
 *
 * May be called for a refused file: believes nothing but that the contents of the listed headers
 * lie in the file.
 */
#include "tools/igvmcheck/dump.h"

#include <inttypes.h>

#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/context.h"
#include "tools/igvmcheck/kinds.h"

#define CONTEXT_AT_FILE_OFFSET 12
#define REGISTERS_SHOWN_MAX 64 /* more than there are names */

static void dump_fixed(const struct image *image, FILE *out)
{
	fprintf(out, "IGVM version %u, %s, %zu bytes, headers 0x%zx to 0x%zx, checksum 0x%08x\n",
		image->version, image->arch == ARCH_AARCH64 ? "AArch64" : "x64", image->size,
		image->headers_start, image->data_start, read32(image, 20));
}

static uint64_t read_field(const struct image *image, size_t at, uint8_t size)
{
	switch (size) {
	case 1:
		return read8(image, at);
	case 2:
		return read16(image, at);
	case 4:
		return read32(image, at);
	default:
		return read64(image, at);
	}
}

static void dump_registers(const struct image *image, uint32_t list, FILE *out)
{
	const uint32_t count = read32(image, list);
	uint32_t i;

	for (i = 0; i < count && i < REGISTERS_SHOWN_MAX; i++) {
		struct context_record r;
		const char *name;

		context_record(image, list, i, &r);
		name = register_name(image->arch, r.name);
		fprintf(out, "              VTL%u %-18s", r.vtl, name == NULL ? "?" : name);
		fprintf(out, " 0x%08" PRIx32 " = 0x%016" PRIx64, r.name, r.low);
		if (r.high != 0) {
			fprintf(out, " high 0x%016" PRIx64, r.high);
		}
		fprintf(out, "\n");
	}
	if (i < count) {
		fprintf(out, "              ... of %" PRIu32 " registers\n", count);
	}
}

static void dump_header(const struct image *image, const struct header *header, FILE *out)
{
	const struct field *field;

	/* Offset of the prefix, which is where hexadecimal dumps find the header. */
	fprintf(out, "0x%08zx  0x%03x %s", header->at - 8, header->kind->type, header->kind->name);
	for (field = header->kind->fields; field->name != NULL; field++) {
		fprintf(out, " %s=0x%" PRIx64, field->name,
			read_field(image, header->at + field->at, field->size));
	}
	if (header->kind->fields[0].name == NULL) {
		fprintf(out, " %u bytes", header->kind->length);
	}
	fprintf(out, "\n");
	if (header_is(header, TYPE_VP_CONTEXT)) {
		const struct platform *platform = platform_find(image, header_mask(image, header));

		if (platform != NULL && platform->type == PLATFORM_VSM_ISOLATION) {
			dump_registers(image, read32(image, header->at + CONTEXT_AT_FILE_OFFSET),
				       out);
		}
	}
}

void dump_image(const struct image *image, FILE *out)
{
	size_t i;

	/* Set only once the fixed header was understood. */
	if (image->data_start == 0) {
		return;
	}
	dump_fixed(image, out);
	for (i = 0; i < image->header_count; i++) {
		dump_header(image, &image->headers[i], out);
	}
}
