/* SPDX-License-Identifier: BSD-2-Clause */
/* How do numbers become text? A small printf without floating point, allocation or locale. */
#ifndef CORE_FMT_H
#define CORE_FMT_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Formats into buf, always NUL-terminated when size > 0; what does not fit is cut.
 * Conversions: %s %c %d %u %x %p %%, with l or ll, a zero pad and a width below 64.
 * Returns the number of characters written without the NUL (never more than size - 1).
 */
size_t fmt_vprint(char *buf, size_t size, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));
size_t fmt_print(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
