/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the host turn numbers into text?
 *
 * A small printf: %s %c %d %i %u %x %X %p and %%, the lengths l, ll and z, a width, the flags 0, -
 * and #, and a precision for %s only (%.8s, %.*s). Anything else is copied as it stands, so that a
 * mistake is seen in the output. A null string prints as "(null)". No floating point, no heap.
 */
#ifndef TESTS_HOST_COMMON_FMT_H
#define TESTS_HOST_COMMON_FMT_H

#include <stdarg.h>
#include <stddef.h>

/*
 * As in the C standard: writes at most `size` bytes, NUL included (nothing when size is 0), and
 * returns the length that the whole text has, NUL not counted.
 */
int host_vsnprintf(char *buf, size_t size, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));
int host_snprintf(char *buf, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
