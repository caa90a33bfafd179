/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whoever copies or compares memory is seen doing so: put before each file of one_read_test.
 *
 * Loads and stores are seen because the compiler calls a function before each of them
 * (-fsanitize=thread); what the C library does inside is not compiled by us.
 */
#ifndef TESTS_UNIT_CORE_ONE_READ_H
#define TESTS_UNIT_CORE_ONE_READ_H

#include <stddef.h>
#include <string.h>

void *seen_memcpy(void *to, const void *from, size_t size);
void *seen_memmove(void *to, const void *from, size_t size);
void *seen_memset(void *to, int byte, size_t size);
int seen_memcmp(const void *a, const void *b, size_t size);

#define memcpy seen_memcpy
#define memmove seen_memmove
#define memset seen_memset
#define memcmp seen_memcmp

#endif
