/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which memory and string functions does the host have?
 *
 * The four mem* functions are those every C compiler may call on its own, with the meaning that the
 * C standard gives them; mem.c defines them for the freestanding build (a native build takes its
 * C library's). The others are the few string functions that the host needs, under names of its
 * own. Nothing here allocates.
 */
#ifndef TESTS_HOST_COMMON_MEM_H
#define TESTS_HOST_COMMON_MEM_H

#include <stdbool.h>
#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);

size_t host_strlen(const char *text);
/* Length, but never looks further than `max` bytes; `max` when there is no NUL among them. */
size_t host_strnlen(const char *text, size_t max);
bool host_streq(const char *a, const char *b);

#endif
