/* SPDX-License-Identifier: BSD-2-Clause */
/* Sequential writing of a flattened tree; fdt_write.h says what this file may and may not do. */
#include "tests/host/common/fdt_write.h"

#include "tests/host/common/bytes.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/mem.h"

/* Offsets in the header, version 17. */
#define FDT_MAGIC 0
#define FDT_TOTAL_SIZE 4
#define FDT_STRUCT_OFFSET 8
#define FDT_STRINGS_OFFSET 12
#define FDT_RESERVE_OFFSET 16
#define FDT_VERSION 20
#define FDT_LAST_COMPATIBLE 24
#define FDT_BOOT_CPUID 28
#define FDT_STRINGS_SIZE 32
#define FDT_STRUCT_SIZE 36
#define FDT_HEADER_SIZE 40U

#define MAGIC 0xD00DFEEDU
#define VERSION 17U
#define LAST_COMPATIBLE 16U
#define RESERVE_ENTRY 16U

#define TOKEN_BEGIN 1U
#define TOKEN_END 2U
#define TOKEN_PROP 3U
#define TOKEN_LAST 9U

#define NAME_AT_MAX 64U

static const char no_room[] = "the tree does not fit its buffer";

static void fail(struct fdt_writer *w, const char *text)
{
	if (w->error == NULL) {
		w->error = text;
	}
}

/* Room for `size` bytes and the padding behind them, zeroed; NULL when there is none. */
static uint8_t *take(struct fdt_writer *w, size_t size)
{
	size_t padded = (size + 3) & ~(size_t)3;
	uint8_t *at;

	if (w->error != NULL) {
		return NULL;
	}
	if (padded < size || padded > w->cap - w->used) {
		fail(w, no_room);
		return NULL;
	}
	at = w->buf + w->used;
	memset(at, 0, padded);
	w->used += padded;
	return at;
}

static void put_token(struct fdt_writer *w, uint32_t token)
{
	uint8_t *at = take(w, 4);

	if (at != NULL) {
		bytes_put_be32(at, token);
	}
}

void fdt_write_init(struct fdt_writer *w, void *buf, size_t cap, uint32_t boot_cpuid)
{
	memset(w, 0, sizeof(*w));
	w->buf = buf;
	w->cap = cap & ~(size_t)3;
	w->boot_cpuid = boot_cpuid;
	(void)take(w, FDT_HEADER_SIZE);
}

void fdt_write_reserve(struct fdt_writer *w, uint64_t address, uint64_t size)
{
	uint8_t *at;

	if (w->struct_offset != 0) {
		fail(w, "a memory reservation behind the first node");
		return;
	}
	at = take(w, RESERVE_ENTRY);
	if (at != NULL) {
		bytes_put_be64(at, address);
		bytes_put_be64(at + 8, size);
	}
}

void fdt_write_begin(struct fdt_writer *w, const char *name)
{
	size_t length = host_strlen(name);
	uint8_t *at;

	if (w->struct_offset == 0) {
		(void)take(w, RESERVE_ENTRY); /* an entry of zeros ends the reservations */
		w->struct_offset = w->used;
	}
	put_token(w, TOKEN_BEGIN);
	at = take(w, length + 1);
	if (at != NULL) {
		memcpy(at, name, length);
		w->depth++;
	}
}

void fdt_write_begin_at(struct fdt_writer *w, const char *name, uint64_t address)
{
	char text[NAME_AT_MAX];

	if (host_snprintf(text, sizeof(text), "%s@%lx", name, address) >= (int)sizeof(text)) {
		fail(w, "the name of a node is too long");
	}
	fdt_write_begin(w, text);
}

void fdt_write_end(struct fdt_writer *w)
{
	if (w->depth == 0) {
		fail(w, "the end of a node that was not begun");
		return;
	}
	w->depth--;
	put_token(w, TOKEN_END);
}

/* The offset of a property's name, entered when it is new. */
static uint32_t name_offset(struct fdt_writer *w, const char *name)
{
	size_t size = host_strlen(name) + 1;
	uint32_t at = 0;

	while (at < w->strings_size) {
		if (host_streq(w->strings + at, name)) {
			return at;
		}
		at += (uint32_t)host_strlen(w->strings + at) + 1;
	}
	if (size > FDT_WRITE_STRINGS_MAX - w->strings_size) {
		fail(w, "too many names of properties");
		return 0;
	}
	memcpy(w->strings + at, name, size);
	w->strings_size += (uint32_t)size;
	return at;
}

void fdt_write_prop(struct fdt_writer *w, const char *name, const void *data, size_t size)
{
	uint32_t offset = name_offset(w, name);
	uint8_t *at;

	if (w->depth == 0) {
		fail(w, "a property outside of all nodes");
		return;
	}
	if (size > UINT32_MAX) {
		fail(w, no_room);
		return;
	}
	put_token(w, TOKEN_PROP);
	at = take(w, 8);
	if (at != NULL) {
		bytes_put_be32(at, (uint32_t)size);
		bytes_put_be32(at + 4, offset);
	}
	at = take(w, size);
	if (at != NULL && size > 0) {
		memcpy(at, data, size);
	}
}

void fdt_write_string(struct fdt_writer *w, const char *name, const char *text)
{
	fdt_write_prop(w, name, text, host_strlen(text) + 1);
}

void fdt_write_u32(struct fdt_writer *w, const char *name, uint32_t value)
{
	fdt_write_u32s(w, name, &value, 1);
}

void fdt_write_u64(struct fdt_writer *w, const char *name, uint64_t value)
{
	fdt_write_u64s(w, name, &value, 1);
}

/* A property of `size` zero bytes to be filled in place, NULL when something is wrong. */
static uint8_t *blank(struct fdt_writer *w, const char *name, size_t size)
{
	fdt_write_prop(w, name, NULL, 0);
	if (w->error == NULL) {
		/* The size stands in front of the name's offset, right behind us. */
		bytes_put_be32(w->buf + w->used - 8, (uint32_t)size);
	}
	return take(w, size);
}

void fdt_write_fill(struct fdt_writer *w, const char *name, uint8_t byte, size_t size)
{
	uint8_t *at = size > w->cap ? NULL : blank(w, name, size);

	if (at == NULL) {
		fail(w, no_room);
		return;
	}
	memset(at, byte, size);
}

void fdt_write_u32s(struct fdt_writer *w, const char *name, const uint32_t *values, size_t count)
{
	uint8_t *at = count > w->cap ? NULL : blank(w, name, count * sizeof(uint32_t));
	size_t i;

	for (i = 0; at != NULL && i < count; i++) {
		bytes_put_be32(at + i * sizeof(uint32_t), values[i]);
	}
	if (at == NULL) {
		fail(w, no_room);
	}
}

void fdt_write_u64s(struct fdt_writer *w, const char *name, const uint64_t *values, size_t count)
{
	uint8_t *at = count > w->cap ? NULL : blank(w, name, count * sizeof(uint64_t));
	size_t i;

	for (i = 0; at != NULL && i < count; i++) {
		bytes_put_be64(at + i * sizeof(uint64_t), values[i]);
	}
	if (at == NULL) {
		fail(w, no_room);
	}
}

static void put_header(struct fdt_writer *w, size_t strings_offset, size_t total)
{
	uint8_t *head = w->buf;

	bytes_put_be32(head + FDT_MAGIC, MAGIC);
	bytes_put_be32(head + FDT_TOTAL_SIZE, (uint32_t)total);
	bytes_put_be32(head + FDT_STRUCT_OFFSET, (uint32_t)w->struct_offset);
	bytes_put_be32(head + FDT_STRINGS_OFFSET, (uint32_t)strings_offset);
	bytes_put_be32(head + FDT_RESERVE_OFFSET, FDT_HEADER_SIZE);
	bytes_put_be32(head + FDT_VERSION, VERSION);
	bytes_put_be32(head + FDT_LAST_COMPATIBLE, LAST_COMPATIBLE);
	bytes_put_be32(head + FDT_BOOT_CPUID, w->boot_cpuid);
	bytes_put_be32(head + FDT_STRINGS_SIZE, w->strings_size);
	bytes_put_be32(head + FDT_STRUCT_SIZE, (uint32_t)(strings_offset - w->struct_offset));
}

bool fdt_write_finish(struct fdt_writer *w, size_t *size)
{
	size_t strings_offset;
	uint8_t *at;

	if (w->struct_offset == 0) {
		fail(w, "a tree without a node");
	}
	if (w->depth != 0) {
		fail(w, "a node without its end");
	}
	put_token(w, TOKEN_LAST);
	strings_offset = w->used;
	at = take(w, w->strings_size);
	if (at == NULL || w->used > UINT32_MAX) {
		fail(w, no_room);
		return false;
	}
	memcpy(at, w->strings, w->strings_size);
	put_header(w, strings_offset, w->used);
	*size = w->used;
	return true;
}
