/* SPDX-License-Identifier: BSD-2-Clause */
/* Formatting; fmt.h says what is understood. */
#include "tests/host/common/fmt.h"

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/mem.h"

#define DIGITS_MAX 24U /* 2^64 in decimal has 20 */

struct out {
	char *buf;
	size_t size;
	size_t length; /* of the whole text, whether it fits or not */
};

struct spec {
	bool left;
	bool zero;
	bool prefix;	/* # */
	bool has_limit; /* a precision */
	bool upper;
	uint32_t width;
	uint32_t limit;
	bool is_long; /* l, ll or z */
};

static void put(struct out *out, char c)
{
	if (out->length + 1 < out->size) {
		out->buf[out->length] = c;
	}
	out->length++;
}

static void fill(struct out *out, char c, size_t used, size_t width)
{
	for (; used < width; used++) {
		put(out, c);
	}
}

static void put_text(struct out *out, const struct spec *spec, const char *text)
{
	size_t length;
	size_t i;

	if (text == NULL) {
		text = "(null)";
	}
	length = host_strnlen(text, spec->has_limit ? spec->limit : (size_t)-1);
	if (!spec->left) {
		fill(out, ' ', length, spec->width);
	}
	for (i = 0; i < length; i++) {
		put(out, text[i]);
	}
	if (spec->left) {
		fill(out, ' ', length, spec->width);
	}
}

static void put_number(struct out *out, const struct spec *spec, uint64_t value, uint32_t base,
		       bool negative)
{
	const char *digits = spec->upper ? "0123456789ABCDEF" : "0123456789abcdef";
	char text[DIGITS_MAX];
	size_t count = 0;
	size_t length;

	do {
		text[count++] = digits[value % base];
		value /= base;
	} while (value != 0);
	length = count + (negative ? 1 : 0) + (spec->prefix ? 2 : 0);
	if (!spec->left && !spec->zero) {
		fill(out, ' ', length, spec->width);
	}
	if (negative) {
		put(out, '-');
	}
	if (spec->prefix) {
		put(out, '0');
		put(out, spec->upper ? 'X' : 'x');
	}
	if (!spec->left && spec->zero) {
		fill(out, '0', length, spec->width);
	}
	while (count > 0) {
		put(out, text[--count]);
	}
	if (spec->left) {
		fill(out, ' ', length, spec->width);
	}
}

static uint32_t read_number(const char **at)
{
	uint32_t value = 0;

	while (**at >= '0' && **at <= '9') {
		/* A width that large is nonsense anyway; it must only not overflow. */
		value = value < 10000 ? value * 10 + (uint32_t)(**at - '0') : value;
		(*at)++;
	}
	return value;
}

/* Flags and width, from behind the '%'. */
static const char *read_flags(const char *at, struct spec *spec)
{
	for (;; at++) {
		if (*at == '-') {
			spec->left = true;
		} else if (*at == '0') {
			spec->zero = true;
		} else if (*at == '#') {
			spec->prefix = true;
		} else {
			break;
		}
	}
	spec->width = read_number(&at);
	return at;
}

/* From behind the '%' up to the letter of the conversion. */
static const char *read_spec(const char *at, struct spec *spec, va_list *args)
{
	at = read_flags(at, spec);
	if (*at == '.') {
		at++;
		spec->has_limit = true;
		if (*at == '*') {
			int limit = va_arg(*args, int);

			spec->has_limit = limit >= 0;
			spec->limit = (uint32_t)limit;
			at++;
		} else {
			spec->limit = read_number(&at);
		}
	}
	while (*at == 'l' || *at == 'z') {
		spec->is_long = true;
		at++;
	}
	return at;
}

/* long, long long and size_t are 64 bits wide wherever this is built. */
static void put_signed(struct out *out, struct spec *spec, va_list *args)
{
	int64_t value = spec->is_long ? va_arg(*args, long) : va_arg(*args, int);

	spec->prefix = false;
	put_number(out, spec, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10, value < 0);
}

static void put_unsigned(struct out *out, struct spec *spec, uint32_t base, va_list *args)
{
	uint64_t value = spec->is_long ? va_arg(*args, unsigned long) : va_arg(*args, unsigned int);

	spec->prefix = spec->prefix && base == 16;
	put_number(out, spec, value, base, false);
}

/* One conversion; false when the letter is none of ours. */
static bool convert(struct out *out, struct spec *spec, char letter, va_list *args)
{
	switch (letter) {
	case 's':
		put_text(out, spec, va_arg(*args, const char *));
		return true;
	case 'c':
		put(out, (char)va_arg(*args, int));
		return true;
	case 'd':
	case 'i':
		put_signed(out, spec, args);
		return true;
	case 'u':
		put_unsigned(out, spec, 10, args);
		return true;
	case 'x':
	case 'X':
		spec->upper = letter == 'X';
		put_unsigned(out, spec, 16, args);
		return true;
	case 'p':
		spec->prefix = true;
		put_number(out, spec, (uintptr_t)va_arg(*args, void *), 16, false);
		return true;
	case '%':
		put(out, '%');
		return true;
	default:
		return false;
	}
}

int host_vsnprintf(char *buf, size_t size, const char *format, va_list args)
{
	struct out out = { buf, size, 0 };
	const char *at = format;
	va_list list;

	va_copy(list, args);
	while (*at != '\0') {
		const char *start = at;
		struct spec spec = { 0 };

		if (*at++ != '%') {
			put(&out, *start);
			continue;
		}
		at = read_spec(at, &spec, &list);
		if (*at != '\0' && convert(&out, &spec, *at, &list)) {
			at++;
			continue;
		}
		/* Not one of ours: as it stands, from the '%' on. */
		for (; start < at; start++) {
			put(&out, *start);
		}
	}
	va_end(list);
	if (size > 0) {
		buf[out.length < size ? out.length : size - 1] = '\0';
	}
	return (int)out.length;
}

int host_snprintf(char *buf, size_t size, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = host_vsnprintf(buf, size, format, args);
	va_end(args);
	return length;
}
