/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory and string functions that the compiler and the libraries expect.
 *
 * May assume: nothing about alignment. Must never: be replaced by a version that uses vector
 * registers, they belong to VTL0.
 */
#include <stdint.h>
#include <string.h>

/* Four words at a time where both pointers allow it: a kernel of 30 MiB goes through here. */
#define WORD sizeof(uint64_t)

static int is_word_aligned(const void *a, const void *b)
{
	return (((uintptr_t)a | (uintptr_t)b) & (WORD - 1)) == 0;
}

void *memcpy(void *restrict dst, const void *restrict src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	if (is_word_aligned(d, s)) {
		uint64_t *to = dst;
		const uint64_t *from = src;

		for (; n >= 4 * WORD; n -= 4 * WORD, to += 4, from += 4) {
			uint64_t w0 = from[0];
			uint64_t w1 = from[1];
			uint64_t w2 = from[2];
			uint64_t w3 = from[3];

			to[0] = w0;
			to[1] = w1;
			to[2] = w2;
			to[3] = w3;
		}
		for (; n >= WORD; n -= WORD) {
			*to++ = *from++;
		}
		d = (unsigned char *)to;
		s = (const unsigned char *)from;
	}
	while (n-- > 0) {
		*d++ = *s++;
	}
	return dst;
}

void *memmove(void *dst, const void *src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	if ((uintptr_t)d <= (uintptr_t)s || (uintptr_t)d - (uintptr_t)s >= n) {
		while (n-- > 0) {
			*d++ = *s++;
		}
		return dst;
	}
	while (n-- > 0) {
		d[n] = s[n];
	}
	return dst;
}

void *memset(void *dst, int c, size_t n)
{
	unsigned char *d = dst;

	if (is_word_aligned(d, d)) {
		uint64_t word = (unsigned char)c * UINT64_C(0x0101010101010101);

		uint64_t *to = dst;

		for (; n >= 4 * WORD; n -= 4 * WORD, to += 4) {
			to[0] = word;
			to[1] = word;
			to[2] = word;
			to[3] = word;
		}
		for (; n >= WORD; n -= WORD) {
			*to++ = word;
		}
		d = (unsigned char *)to;
	}
	while (n-- > 0) {
		*d++ = (unsigned char)c;
	}
	return dst;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a;
	const unsigned char *y = b;

	for (; n > 0; n--, x++, y++) {
		if (*x != *y) {
			return *x < *y ? -1 : 1;
		}
	}
	return 0;
}

void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n > 0; n--, p++) {
		if (*p == (unsigned char)c) {
			return (void *)(uintptr_t)p;
		}
	}
	return NULL;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n] != '\0') {
		n++;
	}
	return n;
}

size_t strlen(const char *s)
{
	return strnlen(s, SIZE_MAX);
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++) {
		if (*s == '\0') {
			return NULL;
		}
	}
	return (char *)(uintptr_t)s;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		if (*a != *b) {
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		}
		if (*a == '\0') {
			return 0;
		}
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}
