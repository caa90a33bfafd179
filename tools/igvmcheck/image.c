/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a byte of the file read, and how is a refusal kept? See image.h. The only file of the
 * checker that indexes the file's bytes.
 */
#include "tools/igvmcheck/image.h"

#include <stdarg.h>
#include <stdio.h>

uint8_t read8(const struct image *image, size_t at)
{
	return at < image->size ? image->bytes[at] : 0;
}

uint16_t read16(const struct image *image, size_t at)
{
	return (uint16_t)(read8(image, at) | read8(image, at + 1) << 8);
}

uint32_t read32(const struct image *image, size_t at)
{
	return (uint32_t)read16(image, at) | (uint32_t)read16(image, at + 2) << 16;
}

uint64_t read64(const struct image *image, size_t at)
{
	return (uint64_t)read32(image, at) | (uint64_t)read32(image, at + 4) << 32;
}

bool is_zero(const struct image *image, size_t at, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (read8(image, at + i) != 0) {
			return false;
		}
	}
	return true;
}

bool refuse(struct image *image, enum rule rule, size_t offset, const char *format, ...)
{
	va_list args;

	image->verdict.rule = rule;
	image->verdict.offset = offset;
	va_start(args, format);
	vsnprintf(image->verdict.text, sizeof(image->verdict.text), format, args);
	va_end(args);
	return false;
}
