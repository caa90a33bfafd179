/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory functions of the freestanding build; mem.h says what they mean.
 *
 * Whole words where both sides are aligned: images of some ten MiB go through here. The empty asm
 * keeps the compiler from seeing a copy or fill loop in the code and calling the very function
 * that it stands in.
 */
#include "tests/host/common/mem.h"

#include <stdint.h>

#define NO_IDIOM() __asm__ volatile("" ::: "memory")

/* Memory of any type may be looked at as words. */
struct word {
	uint64_t value;
} __attribute__((may_alias));

static size_t word_misfit(const void *p)
{
	return (uintptr_t)p % sizeof(struct word);
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if (word_misfit(t) == 0 && word_misfit(f) == 0) {
		for (; size >= sizeof(struct word); size -= sizeof(struct word)) {
			((struct word *)(void *)t)->value =
				((const struct word *)(const void *)f)->value;
			t += sizeof(struct word);
			f += sizeof(struct word);
			NO_IDIOM();
		}
	}
	for (; size > 0; size--) {
		*t++ = *f++;
		NO_IDIOM();
	}
	return to;
}

void *memmove(void *to, const void *from, size_t size)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if ((uintptr_t)t - (uintptr_t)f >= size) {
		/* It begins below the source, or behind its end: front to back will do. */
		for (; size > 0; size--) {
			*t++ = *f++;
			NO_IDIOM();
		}
		return to;
	}
	while (size > 0) {
		size--;
		t[size] = f[size];
		NO_IDIOM();
	}
	return to;
}

void *memset(void *to, int value, size_t size)
{
	uint8_t *t = to;
	uint64_t word = (uint8_t)value * 0x0101010101010101ULL;

	for (; size > 0 && word_misfit(t) != 0; size--) {
		*t++ = (uint8_t)value;
		NO_IDIOM();
	}
	for (; size >= sizeof(struct word); size -= sizeof(struct word)) {
		((struct word *)(void *)t)->value = word;
		t += sizeof(struct word);
		NO_IDIOM();
	}
	for (; size > 0; size--) {
		*t++ = (uint8_t)value;
		NO_IDIOM();
	}
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const uint8_t *x = a;
	const uint8_t *y = b;
	size_t i;

	for (i = 0; i < size; i++) {
		if (x[i] != y[i]) {
			return x[i] < y[i] ? -1 : 1;
		}
	}
	return 0;
}
