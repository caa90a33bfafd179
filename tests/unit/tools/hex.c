/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are the hand-written files of tests/igvm read? See hex.h. Knows nothing of IGVM, so that the
 * bytes come from the hand that wrote them alone.
 */
#include "tests/unit/tools/hex.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_MAX_HEX (16u << 20) /* a slip of the pen should not fill the disk */
#define WORD_MAX 128

struct reader {
	struct hex *hex;
	const char *path;
	size_t position;
};

static bool complain(struct reader *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static bool complain(struct reader *r, const char *format, ...)
{
	va_list args;
	size_t used;

	snprintf(r->hex->error, sizeof(r->hex->error), "%s: ", r->path);
	used = strlen(r->hex->error);
	va_start(args, format);
	vsnprintf(r->hex->error + used, sizeof(r->hex->error) - used, format, args);
	va_end(args);
	return false;
}

/* The next word of the file; false: there is none. */
static bool next_word(FILE *stream, char word[WORD_MAX])
{
	size_t length = 0;
	bool comment = false;
	int c;

	while ((c = fgetc(stream)) != EOF) {
		comment = c == '\n' ? false : comment || c == '#';
		if (comment || c == ' ' || c == '\t' || c == '\n') {
			if (length != 0) {
				break;
			}
		} else if (length < WORD_MAX - 1) {
			word[length++] = (char)c;
		}
	}
	if (comment && c == '#') {
		ungetc(c, stream);
	}
	word[length] = '\0';
	return length != 0;
}

/* One byte more than asked for would hide a reader's overrun, so every size is exact. */
static bool resize(struct reader *r, size_t size)
{
	struct hex *hex = r->hex;
	uint8_t *bytes;

	if (size > SIZE_MAX_HEX) {
		return complain(r, "0x%zx bytes are too many", size);
	}
	bytes = realloc(hex->bytes, size == 0 ? 1 : size);
	if (bytes == NULL) {
		return complain(r, "out of memory");
	}
	if (size > hex->size) {
		memset(bytes + hex->size, 0, size - hex->size);
	}
	hex->bytes = bytes;
	hex->size = size;
	return true;
}

static bool number(struct reader *r, const char *text, int base, unsigned long max,
		   unsigned long *out)
{
	char *end;

	*out = strtoul(text, &end, base);
	if (end == text || *end != '\0' || *out > max) {
		return complain(r, "%s: not a number", text);
	}
	return true;
}

static bool next_number(struct reader *r, FILE *stream, unsigned long *out)
{
	char word[WORD_MAX];

	*out = 0;
	if (!next_word(stream, word)) {
		return complain(r, "a number is missing at the end");
	}
	return number(r, word, 0, SIZE_MAX_HEX, out);
}

/* HH or HH*N */
static bool put_bytes(struct reader *r, char *word)
{
	char *star = strchr(word, '*');
	unsigned long count = 1;
	unsigned long value;

	if (star != NULL) {
		*star = '\0';
		if (!number(r, star + 1, 10, SIZE_MAX_HEX, &count)) {
			return false;
		}
	}
	if (strlen(word) != 2 || !number(r, word, 16, 0xFF, &value)) {
		return complain(r, "%s: not two hexadecimal digits", word);
	}
	if (r->position + count > r->hex->size && !resize(r, r->position + count)) {
		return false;
	}
	memset(r->hex->bytes + r->position, (int)value, count);
	r->position += count;
	return true;
}

static bool move(struct reader *r, FILE *stream)
{
	unsigned long from;
	unsigned long end;
	unsigned long by;

	if (!next_number(r, stream, &from) || !next_number(r, stream, &end) ||
	    !next_number(r, stream, &by)) {
		return false;
	}
	if (from > end || end + by > r->hex->size) {
		return complain(r, "move leaves the file");
	}
	memmove(r->hex->bytes + from + by, r->hex->bytes + from, end - from);
	return true;
}

static bool take_word(struct reader *r, FILE *stream, char *word)
{
	unsigned long value;

	if (word[0] == '@') {
		if (!number(r, word + 1, 0, SIZE_MAX_HEX, &value)) {
			return false;
		}
		r->position = value;
		return true;
	}
	if (strcmp(word, "size") == 0) {
		return next_number(r, stream, &value) && resize(r, value);
	}
	if (strcmp(word, "move") == 0) {
		return move(r, stream);
	}
	if (strcmp(word, "refused") == 0) {
		if (!next_word(stream, word) || strlen(word) >= sizeof(r->hex->refused)) {
			return complain(r, "the name of a rule is missing");
		}
		memcpy(r->hex->refused, word, strlen(word) + 1);
		return true;
	}
	return put_bytes(r, word);
}

/* If the file begins with `base FILE`, the path of that file. A first word that is something
 * else is read again. */
static bool find_base(FILE *stream, const char *path, char base[2 * WORD_MAX])
{
	const char *slash = strrchr(path, '/');
	const int folder = slash == NULL ? 0 : (int)(slash - path + 1);
	char word[WORD_MAX];

	if (!next_word(stream, word) || strcmp(word, "base") != 0 || !next_word(stream, word)) {
		rewind(stream);
		return false;
	}
	snprintf(base, 2 * WORD_MAX, "%.*s%s", folder, path, word);
	return true;
}

static bool read_words(struct reader *r, FILE *stream)
{
	char word[WORD_MAX];

	while (next_word(stream, word)) {
		if (!take_word(r, stream, word)) {
			return false;
		}
	}
	return true;
}

static bool read_base(struct reader *r, const char *path)
{
	struct reader base = { r->hex, path, 0 };
	FILE *stream = fopen(path, "r");
	bool done;

	if (stream == NULL) {
		return complain(r, "cannot open %s", path);
	}
	done = read_words(&base, stream);
	fclose(stream);
	return done;
}

bool hex_read(const char *path, struct hex *out)
{
	struct reader r = { out, path, 0 };
	char base[2 * WORD_MAX];
	FILE *stream = fopen(path, "r");
	bool done;

	memset(out, 0, sizeof(*out));
	if (stream == NULL) {
		return complain(&r, "cannot be opened");
	}
	done = resize(&r, 0);
	if (done && find_base(stream, path, base)) {
		done = read_base(&r, base);
	}
	done = done && read_words(&r, stream);
	fclose(stream);
	if (!done) {
		free(out->bytes);
		out->bytes = NULL;
		out->size = 0;
	}
	return done;
}
