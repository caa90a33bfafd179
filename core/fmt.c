/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do numbers become text?
 *
 * May assume: a format string of ours (the compiler checks it against the arguments).
 * Must never: write past the buffer, or take a format string from outside.
 */
#include "core/fmt.h"

#include <stdbool.h>
#include <stdint.h>

struct out {
	char *buf;
	size_t size; /* room, the NUL included */
	size_t used;
};

/* One conversion, between '%' and its letter. */
struct spec {
	bool zero;
	bool is_long;
	unsigned int width;
};

static void out_char(struct out *o, char c)
{
	if (o->used + 1 < o->size) {
		o->buf[o->used++] = c;
	}
}

static void out_string(struct out *o, const char *s, unsigned int width)
{
	size_t len = 0;

	for (; s[len] != '\0'; len++) {
		out_char(o, s[len]);
	}
	for (; len < width; len++) {
		out_char(o, ' ');
	}
}

static void out_number(struct out *o, uint64_t v, unsigned int base, bool minus, struct spec s)
{
	char digits[20]; /* 2^64 - 1 has 20 decimal digits */
	unsigned int n = 0;
	unsigned int len;

	do {
		digits[n++] = "0123456789abcdef"[v % base];
		v /= base;
	} while (v != 0);
	len = n + (minus ? 1U : 0U);
	if (minus && s.zero) {
		out_char(o, '-');
	}
	for (; len < s.width; len++) {
		out_char(o, s.zero ? '0' : ' ');
	}
	if (minus && !s.zero) {
		out_char(o, '-');
	}
	while (n > 0) {
		out_char(o, digits[--n]);
	}
}

static const char *parse_spec(const char *f, struct spec *s)
{
	*s = (struct spec){ 0 };
	if (*f == '0') {
		s->zero = true;
		f++;
	}
	while (*f >= '0' && *f <= '9' && s->width < 64) {
		s->width = s->width * 10 + (unsigned int)(*f - '0');
		f++;
	}
	while (*f == 'l' || *f == 'z') {
		s->is_long = true;
		f++;
	}
	return f;
}

size_t fmt_vprint(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct out o = { .buf = buf, .size = size };
	const char *f = fmt;

	if (size == 0) {
		return 0;
	}
	for (; *f != '\0'; f++) {
		struct spec s;

		if (*f != '%') {
			out_char(&o, *f);
			continue;
		}
		f = parse_spec(f + 1, &s);
		switch (*f) {
		case 's':
			out_string(&o, va_arg(ap, const char *), s.width);
			break;
		case 'c':
			out_char(&o, (char)va_arg(ap, int));
			break;
		case 'd': {
			int64_t v = s.is_long ? va_arg(ap, long) : va_arg(ap, int);
			uint64_t magnitude = v < 0 ? UINT64_C(0) - (uint64_t)v : (uint64_t)v;

			out_number(&o, magnitude, 10, v < 0, s);
			break;
		}
		case 'u':
		case 'x': {
			uint64_t v = s.is_long ? va_arg(ap, unsigned long) :
						 va_arg(ap, unsigned int);

			out_number(&o, v, *f == 'x' ? 16 : 10, false, s);
			break;
		}
		case 'p':
			out_number(&o, (uintptr_t)va_arg(ap, void *), 16, false, s);
			break;
		case '%':
			out_char(&o, '%');
			break;
		default:
			/* Not a conversion of ours. The arguments no longer match: stop here. */
			o.buf[o.used] = '\0';
			return o.used;
		}
	}
	o.buf[o.used] = '\0';
	return o.used;
}

size_t fmt_print(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	n = fmt_vprint(buf, size, fmt, ap);
	va_end(ap);
	return n;
}
