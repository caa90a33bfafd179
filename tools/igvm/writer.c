/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are headers and data laid out, linked and summed? See writer.h. Knows no header's meaning.
 */
#include "tools/igvm/writer.h"

#include <stdlib.h>
#include <string.h>

#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"

#define CRC_POLYNOMIAL 0xEDB88320u

/* Space for `size` more bytes, zeroed; NULL when there is none. */
static uint8_t *extend(struct writer *w, struct writer_part *part, size_t size)
{
	uint8_t *at;

	if (w->broken) {
		return NULL;
	}
	if (size > part->room - part->size) {
		size_t room = (part->size + size) * 2;
		uint8_t *bytes = realloc(part->bytes, room);

		if (bytes == NULL) {
			w->broken = true;
			return NULL;
		}
		part->bytes = bytes;
		part->room = room;
	}
	at = part->bytes + part->size;
	memset(at, 0, size);
	part->size += size;
	return at;
}

void writer_header(struct writer *w, uint32_t type, const uint8_t *content, size_t size)
{
	uint8_t *at = extend(w, &w->headers, 8 + (size + 7) / 8 * 8);

	if (at != NULL) {
		put32(at, type);
		put32(at + 4, (uint32_t)size);
		memcpy(at + 8, content, size);
	}
}

void writer_header_data(struct writer *w, uint32_t type, const uint8_t *content, size_t size,
			size_t link, const uint8_t *data, size_t data_size)
{
	size_t field = w->headers.size + 8 + link;
	size_t position = w->data.size;
	uint8_t *bytes;
	uint8_t *links;

	writer_header(w, type, content, size);
	links = extend(w, &w->links, sizeof(field));
	bytes = extend(w, &w->data, data_size);
	if (links == NULL || bytes == NULL) {
		return;
	}
	memcpy(bytes, data, data_size);
	memcpy(links, &field, sizeof(field));
	/* From the start of the data until the headers' size is known. Above 4 GiB the number is
	 * cut, and writer_finish refuses the file. */
	put32(w->headers.bytes + field, (uint32_t)position);
}

static uint32_t crc32_of(const uint8_t *bytes, size_t size)
{
	uint32_t crc = 0xFFFFFFFFu;
	size_t i;
	int bit;

	for (i = 0; i < size; i++) {
		crc ^= bytes[i];
		for (bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ (crc & 1 ? CRC_POLYNOMIAL : 0);
		}
	}
	return ~crc;
}

static size_t fixed_size(uint32_t version)
{
	return version == IGVM_VERSION_1 ? IGVM_FIXED_SIZE_1 : IGVM_FIXED_SIZE;
}

static void fill_fixed_header(uint8_t *file, uint32_t version, size_t headers_size,
			      size_t file_size)
{
	size_t size = fixed_size(version);

	put32(file, IGVM_MAGIC);
	put32(file + IGVM_FIXED_VERSION, version);
	put32(file + IGVM_FIXED_HEADERS_OFFSET, (uint32_t)size);
	put32(file + IGVM_FIXED_HEADERS_SIZE, (uint32_t)headers_size);
	put32(file + IGVM_FIXED_FILE_SIZE, (uint32_t)file_size);
	put32(file + IGVM_FIXED_CHECKSUM, 0);
	if (version != IGVM_VERSION_1) {
		put32(file + IGVM_FIXED_ARCH, IGVM_ARCH_AARCH64);
		put32(file + IGVM_FIXED_PAGE_SIZE, IGVM_PAGE);
	}
	/* The variable headers follow without a gap, so one run covers both. */
	put32(file + IGVM_FIXED_CHECKSUM, crc32_of(file, size + headers_size));
}

bool writer_finish(struct writer *w, uint32_t version, uint8_t **out, size_t *out_size,
		   struct failure *f)
{
	size_t start = fixed_size(version);
	size_t data_start = start + w->headers.size;
	size_t size = data_start + w->data.size;
	uint8_t *file;
	size_t i;

	if (w->broken) {
		return fail_with(f, "out of memory");
	}
	if (size > UINT32_MAX) {
		return fail_with(f, "the file would be 4 GiB or more");
	}
	file = malloc(size);
	if (file == NULL) {
		return fail_with(f, "out of memory");
	}
	memcpy(file + start, w->headers.bytes, w->headers.size);
	memcpy(file + data_start, w->data.bytes, w->data.size);
	for (i = 0; i < w->links.size; i += sizeof(size_t)) {
		size_t field;
		uint8_t *at;

		memcpy(&field, w->links.bytes + i, sizeof(field));
		at = file + start + field;
		put32(at, get32(at) + (uint32_t)data_start);
	}
	fill_fixed_header(file, version, w->headers.size, size);
	*out = file;
	*out_size = size;
	return true;
}

void writer_free(struct writer *w)
{
	free(w->headers.bytes);
	free(w->data.bytes);
	free(w->links.bytes);
	memset(w, 0, sizeof(*w));
}
