/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of the C library's <string.h> that the firmware and its libraries use. Only the
 * firmware's build sees this folder; unit tests take the machine's own header.
 */
#ifndef CORE_LIBC_STRING_H
#define CORE_LIBC_STRING_H

#include <stddef.h>

void *memcpy(void *restrict dst, const void *restrict src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
char *strchr(const char *s, int c);
int strcmp(const char *a, const char *b);
/* Named by a part of libfdt that is not built: declared, and nowhere defined. */
char *strrchr(const char *s, int c);
int strncmp(const char *a, const char *b, size_t n);

#endif
