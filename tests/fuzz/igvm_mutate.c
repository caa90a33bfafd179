/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is an IGVM file changed so that it stays one?
 *
 * Blind changes break the checksum or the frame of a header, and nothing behind it is seen. Here a
 * field, a header, a register of the VP context or an entry of the page tables changes; file
 * offsets follow, and the checksum is made good. Shares no source with the two readers.
 */
#include "tests/fuzz/igvm_mutate.h"

#include <stdbool.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

#define HEADERS_AT 0x08
#define FILE_SIZE_AT 0x10
#define CRC_AT 0x14
#define FIXED_MIN 0x18
#define FRAME 8
#define DATA_FIELD 12 /* where the file offset stands in each header that has one */
#define RECORD 32     /* of the register list */
#define SPANS_MAX 1024

#define PAGE_TABLES 0x103
#define PARAMETER_AREA 0x301
#define PAGE_DATA 0x302
#define VP_CONTEXT 0x304

static const struct {
	uint16_t type;
	uint16_t length;
} kinds[] = {
	{ 0x001, 16 }, { 0x101, 16 },  { 0x102, 48 }, { 0x103, 32 }, { 0x104, 16 }, { 0x105, 16 },
	{ 0x106, 32 }, { 0x301, 16 },  { 0x302, 24 }, { 0x303, 16 }, { 0x304, 20 }, { 0x305, 24 },
	{ 0x307, 8 },  { 0x308, 8 },   { 0x309, 8 },  { 0x30A, 8 },  { 0x30C, 8 },  { 0x30D, 16 },
	{ 0x30E, 8 },  { 0x30F, 8 },   { 0x310, 8 },  { 0x312, 8 },  { 0x313, 8 },  { 0x302, 24 },
	{ 0x304, 20 }, { 0x30B, 696 },
};

struct span {
	size_t body;
	uint32_t type;
	uint32_t length;
};

struct file {
	uint8_t *bytes;
	size_t size;
	size_t max;
	uint32_t random;
	size_t end; /* of the headers */
	uint32_t count;
	struct span spans[SPANS_MAX];
};

static uint32_t get32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void put32(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)value;
	p[1] = (uint8_t)(value >> 8);
	p[2] = (uint8_t)(value >> 16);
	p[3] = (uint8_t)(value >> 24);
}

static uint64_t get(const uint8_t *p, size_t size)
{
	uint64_t value = 0;

	while (size-- > 0) {
		value = value << 8 | p[size];
	}
	return value;
}

static void put(uint8_t *p, uint64_t value, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		p[i] = (uint8_t)(value >> (8 * i));
	}
}

static uint32_t pick(struct file *f, uint32_t below)
{
	f->random ^= f->random << 13;
	f->random ^= f->random >> 17;
	f->random ^= f->random << 5;
	return f->random % below;
}

static uint32_t padded(uint32_t length)
{
	return (length + 7) & ~7U;
}

/* Notes the headers up to the first that is none. */
static void read_list(struct file *f)
{
	size_t at = get32(f->bytes + HEADERS_AT);

	f->end = at + get32(f->bytes + HEADERS_AT + 4);
	f->count = 0;
	if (f->end > f->size) {
		f->end = 0;
	}
	while (at + FRAME <= f->end && f->count < SPANS_MAX) {
		uint32_t length = get32(f->bytes + at + 4);

		if (length > f->end - at - FRAME) {
			return;
		}
		f->spans[f->count++] = (struct span){ at + FRAME, get32(f->bytes + at), length };
		at += FRAME + padded(length);
	}
}

static const struct span *find(struct file *f, uint32_t type)
{
	uint32_t from = f->count > 0 ? pick(f, f->count) : 0;
	uint32_t i;

	for (i = 0; i < f->count; i++) {
		const struct span *s = &f->spans[(from + i) % f->count];

		if (s->type == type) {
			return s;
		}
	}
	return NULL;
}

static void flip(struct file *f, uint8_t *at, size_t size)
{
	at[pick(f, (uint32_t)size)] ^= (uint8_t)(1 << pick(f, 8));
}

static void change(struct file *f, uint8_t *at, size_t size)
{
	static const uint64_t values[] = { 0,	   1,	       2,	   3,
					   4,	   8,	       0xFF,	   0x1000,
					   0xFFF,  0x200000,   0x10000000, 0xFFFFF000,
					   1 << 8, UINT64_MAX, 0x8000,	   UINT64_C(1) << 47 };
	uint64_t value = get(at, size);

	switch (pick(f, 6)) {
	case 0:
		value = values[pick(f, sizeof(values) / sizeof(values[0]))];
		break;
	case 1:
		value += pick(f, 2) == 0 ? 1 : UINT64_MAX;
		break;
	case 2:
		value += pick(f, 2) == 0 ? 0x1000 : UINT64_MAX - 0xFFF;
		break;
	case 3:
		value ^= UINT64_C(1) << pick(f, (uint32_t)size * 8);
		break;
	case 4:
		value = get(f->bytes + pick(f, (uint32_t)(f->size - 8)), size);
		break;
	default: {
		/* What another header has in its place: addresses, masks, indices that meet. */
		const struct span *s = &f->spans[pick(f, f->count)];
		size_t offset = pick(f, 3) * 8 + (size < 8 ? pick(f, 2) * 4 : 0);

		if (offset + size <= s->length) {
			value = get(f->bytes + s->body + offset, size);
		}
		break;
	}
	}
	put(at, value, size);
}

static void change_field(struct file *f)
{
	static const uint8_t sizes[] = { 1, 2, 4, 4, 8, 8 };
	const struct span *s = &f->spans[pick(f, f->count)];
	size_t size = sizes[pick(f, sizeof(sizes))];

	if (pick(f, 16) == 0) {
		change(f, f->bytes + s->body - FRAME + pick(f, 2) * 4, 4);
	} else if (s->length >= size) {
		change(f, f->bytes + s->body + pick(f, s->length / (uint32_t)size) * size, size);
	}
}

/* A register of the VP context, or their count. */
static void change_register(struct file *f)
{
	static const uint8_t fields[][2] = { { 0, 1 }, { 1, 4 }, { 5, 1 }, { 16, 8 }, { 24, 8 } };
	const struct span *s = find(f, VP_CONTEXT);
	size_t list;
	uint32_t count;
	uint32_t field = pick(f, 5);

	if (s == NULL || s->length < 16) {
		return;
	}
	list = get32(f->bytes + s->body + DATA_FIELD);
	if (list < f->end || list + 4 + RECORD > f->size) {
		return;
	}
	count = get32(f->bytes + list);
	if (pick(f, 16) == 0 || count == 0 || count > (f->size - list - 4) / RECORD) {
		change(f, f->bytes + list, 4);
		return;
	}
	list += 4 + (size_t)pick(f, count) * RECORD;
	if (pick(f, 2) == 0) {
		/* Control registers are bits. */
		flip(f, f->bytes + list + 16, 8);
	} else {
		change(f, f->bytes + list + fields[field][0], fields[field][1]);
	}
}

/* One bit of all entries of a table: those of one kind must often agree. */
static void flip_all(struct file *f, uint8_t *table)
{
	uint32_t bit = pick(f, 64);
	uint32_t i;

	for (i = 0; i < 512; i++) {
		if (get(table + i * 8, 8) != 0) {
			table[i * 8 + bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

/* An entry of a page table, rather one that is not empty. */
static void change_entry(struct file *f)
{
	const struct span *tables = find(f, PAGE_TABLES);
	const struct span *page = find(f, PAGE_DATA);
	uint32_t index = pick(f, 512);
	uint32_t tries;
	uint64_t gpa;
	size_t data;

	if (tables == NULL || page == NULL || tables->length < 32 || page->length < 24) {
		return;
	}
	gpa = get(f->bytes + tables->body + 8, 8);
	data = get32(f->bytes + page->body + DATA_FIELD);
	if (get(f->bytes + page->body, 8) - gpa >= get(f->bytes + tables->body + 24, 8) ||
	    data < f->end || data + 4096 > f->size) {
		return;
	}
	for (tries = pick(f, 4) * 512; tries > 0 && get(f->bytes + data + index * 8, 8) == 0;
	     tries--) {
		index = (index + 1) % 512;
	}
	switch (pick(f, 4)) {
	case 0:
		/* A pointer to a table of the region, which may have one already. */
		put(f->bytes + data + index * 8, (gpa + pick(f, 8) * 0x1000) | 3, 8);
		break;
	case 1:
		flip_all(f, f->bytes + data);
		break;
	case 2:
		flip(f, f->bytes + data + index * 8, 8);
		break;
	default:
		change(f, f->bytes + data + index * 8, 8);
		break;
	}
}

/* Makes room for `insert` bytes at a place among the headers, in place of `removed` ones. */
static bool splice(struct file *f, size_t at, size_t removed, size_t insert)
{
	size_t size = f->size - removed + insert;
	uint32_t i;

	if (size > f->max || f->end == 0) {
		return false;
	}
	memmove(f->bytes + at + insert, f->bytes + at + removed, f->size - at - removed);
	memset(f->bytes + at, 0, insert);
	put32(f->bytes + HEADERS_AT + 4,
	      get32(f->bytes + HEADERS_AT + 4) + (uint32_t)(insert - removed));
	f->size = size;
	for (i = 0; i < f->count; i++) {
		struct span *s = &f->spans[i];
		uint8_t *data = f->bytes + s->body + DATA_FIELD;

		if (s->body - FRAME >= at + removed) {
			s->body += insert - removed;
			data = f->bytes + s->body + DATA_FIELD;
		} else if (s->body - FRAME >= at) {
			continue;
		}
		if ((s->type == PARAMETER_AREA || s->type == PAGE_DATA || s->type == VP_CONTEXT) &&
		    s->length >= 16 && get32(data) != 0) {
			put32(data, get32(data) + (uint32_t)(insert - removed));
		}
	}
	return true;
}

/* One header more: a copy, or a new one of any kind, in front of another or at the end. */
static void add_header(struct file *f)
{
	struct span from = f->spans[pick(f, f->count)];
	uint32_t which = pick(f, f->count + 1);
	size_t at = which == f->count ? f->end : f->spans[which].body - FRAME;
	uint32_t kind = pick(f, sizeof(kinds) / sizeof(kinds[0]));
	uint32_t length = pick(f, 2) == 0 ? from.length : kinds[kind].length;
	uint8_t copy[1024] = { 0 };
	const struct span *like;

	if (length != from.length) {
		from = (struct span){ 0, kinds[kind].type, length };
		like = find(f, from.type);
		copy[0] = 1; /* a mask, mostly */
		copy[8] = 1;
		if (like != NULL && like->length == length) {
			memcpy(copy, f->bytes + like->body, length);
		}
	} else if (length <= sizeof(copy)) {
		memcpy(copy, f->bytes + from.body, length);
	}
	if (length > sizeof(copy) || !splice(f, at, 0, FRAME + padded(length))) {
		return;
	}
	put32(f->bytes + at, from.type);
	put32(f->bytes + at + 4, length);
	memcpy(f->bytes + at + FRAME, copy, length);
	/* Its own data field did not follow. */
	if (copy[DATA_FIELD] + copy[DATA_FIELD + 1] + copy[DATA_FIELD + 2] != 0 &&
	    (from.type == PARAMETER_AREA || from.type == PAGE_DATA || from.type == VP_CONTEXT)) {
		put32(f->bytes + at + FRAME + DATA_FIELD,
		      get32(copy + DATA_FIELD) + FRAME + padded(length));
	}
}

static void drop_header(struct file *f)
{
	const struct span *s = &f->spans[pick(f, f->count)];

	if (s->body + padded(s->length) <= f->end) {
		(void)splice(f, s->body - FRAME, FRAME + padded(s->length), 0);
	}
}

/* CRC-32 over everything in front of the data, its own field taken as 0. */
static void seal(struct file *f)
{
	uint64_t end = (uint64_t)get32(f->bytes + HEADERS_AT) + get32(f->bytes + HEADERS_AT + 4);
	uint32_t crc = UINT32_MAX;
	uint64_t i;
	int bit;

	put32(f->bytes + FILE_SIZE_AT, (uint32_t)f->size);
	put32(f->bytes + CRC_AT, 0);
	for (i = 0; i < end && i < f->size; i++) {
		crc ^= f->bytes[i];
		for (bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
		}
	}
	put32(f->bytes + CRC_AT, ~crc);
}

size_t igvm_mutate(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	static struct file f;
	uint32_t left;

	f.bytes = data;
	f.size = size;
	f.max = max_size;
	f.random = seed | 1;
	/* One change mostly: two break two things, and only the first is looked at. */
	for (left = 1 + (pick(&f, 4) == 0 ? pick(&f, 3) : 0); left > 0; left--) {
		read_list(&f);
		if (f.count == 0) {
			f.size = LLVMFuzzerMutate(data, f.size, max_size);
			break;
		}
		switch (pick(&f, 16)) {
		case 0:
			f.size = LLVMFuzzerMutate(data, f.size, max_size);
			break;
		case 1:
		case 2:
			add_header(&f);
			break;
		case 3:
			drop_header(&f);
			break;
		case 4:
		case 5:
			change_register(&f);
			break;
		case 6:
		case 7:
		case 8:
			change_entry(&f);
			break;
		case 9:
			change(&f, data + pick(&f, 8) * 4, 4);
			break;
		default:
			change_field(&f);
			break;
		}
		if (f.size < FIXED_MIN + 16) {
			break;
		}
	}
	if (f.size >= FIXED_MIN && seed % 16 != 1) {
		seal(&f);
	}
	return f.size;
}
