/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which functions may the compiler call although nobody wrote the call?
 *
 * Byte by byte on purpose: the MMU is off, so an unaligned wide access would fault.
 */
#include "tests/guest/lib/guest.h"

void *memcpy(void *to, const void *from, size_t size)
{
	volatile uint8_t *t = to;
	const uint8_t *f = from;

	for (size_t i = 0; i < size; i++) {
		t[i] = f[i];
	}
	return to;
}

void *memset(void *to, int byte, size_t size)
{
	volatile uint8_t *t = to;

	for (size_t i = 0; i < size; i++) {
		t[i] = (uint8_t)byte;
	}
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const volatile uint8_t *x = a;
	const volatile uint8_t *y = b;

	for (size_t i = 0; i < size; i++) {
		if (x[i] != y[i]) {
			return x[i] < y[i] ? -1 : 1;
		}
	}
	return 0;
}

size_t strlen(const char *text)
{
	const volatile char *t = text;
	size_t size = 0;

	while (t[size] != '\0') {
		size++;
	}
	return size;
}

int strcmp(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] != '\0' && a[i] == b[i]) {
		i++;
	}
	return (int)(uint8_t)a[i] - (int)(uint8_t)b[i];
}

bool starts_with(const char *text, const char *prefix)
{
	size_t i = 0;

	while (prefix[i] != '\0') {
		if (text[i] != prefix[i]) {
			return false;
		}
		i++;
	}
	return true;
}
