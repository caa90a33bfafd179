/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload write text and numbers? Character by character, by console_put().
 */
#include <stdarg.h>

#include "tests/guest/lib/guest.h"

static void put_text(const char *text)
{
	for (size_t i = 0; text[i] != '\0'; i++) {
		console_put(text[i]);
	}
}

static void put_number(uint64_t value, unsigned int base, unsigned int width)
{
	char digits[20];
	unsigned int count = 0;

	do {
		unsigned int digit = (unsigned int)(value % base);

		digits[count++] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
		value /= base;
	} while (value != 0 && count < sizeof(digits));
	for (; width > count; width--) {
		console_put('0');
	}
	while (count > 0) {
		console_put(digits[--count]);
	}
}

static void put_signed(int64_t value, unsigned int width)
{
	if (value < 0) {
		console_put('-');
		put_number(0 - (uint64_t)value, 10, width);
	} else {
		put_number((uint64_t)value, 10, width);
	}
}

void print(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	for (size_t i = 0; format[i] != '\0'; i++) {
		unsigned int width = 0;
		bool is_long = false;

		if (format[i] != '%') {
			console_put(format[i]);
			continue;
		}
		i++;
		while (format[i] >= '0' && format[i] <= '9') {
			width = width * 10 + (unsigned int)(format[i] - '0');
			i++;
		}
		if (format[i] == 'l') {
			is_long = true;
			i++;
		}
		if (format[i] == 's') {
			put_text(va_arg(list, const char *));
		} else if (format[i] == 'c') {
			console_put((char)va_arg(list, int));
		} else if (format[i] == 'd') {
			put_signed(is_long ? va_arg(list, long) : va_arg(list, int), width);
		} else if (format[i] == 'u' || format[i] == 'x') {
			put_number(is_long ? va_arg(list, unsigned long) :
					     va_arg(list, unsigned int),
				   format[i] == 'u' ? 10 : 16, width);
		} else {
			console_put(format[i]);
		}
	}
	va_end(list);
}
