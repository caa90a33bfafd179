/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is a file to the checker, and how is a byte of it read?
 *
 * All bytes go through the functions below, which never read outside the file: outside is 0. That
 * is the second line; the rules are the first, and a rule that looks at data has checked before
 * that they lie in the file.
 */
#ifndef TOOLS_IGVMCHECK_IMAGE_H
#define TOOLS_IGVMCHECK_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/igvmcheck/rules.h"

#define PAGE UINT64_C(4096)
#define PLATFORMS_MAX 7 /* each type at most once */

enum arch {
	ARCH_X64 = 0,
	ARCH_AARCH64 = 1
};

enum platform_type {
	PLATFORM_NATIVE = 0,
	PLATFORM_VSM_ISOLATION = 1,
	PLATFORM_SEV_SNP = 2,
	PLATFORM_TDX = 3,
	PLATFORM_SEV = 4,
	PLATFORM_SEV_ES = 5,
	PLATFORM_CCA = 6,
};

/* Why a file is refused. */
struct verdict {
	enum rule rule;
	size_t offset; /* in the file */
	char text[160];
};

struct kind;

/* One variable header. */
struct header {
	const struct kind *kind;
	size_t at; /* file offset of its content, which is kind->length bytes */
};

struct platform {
	uint32_t mask;
	uint8_t type;
	uint8_t highest_vtl;
};

struct image {
	const uint8_t *bytes;
	size_t size;
	uint32_t version;
	enum arch arch;
	size_t headers_start;
	size_t data_start; /* where the headers end */
	struct header *headers;
	size_t header_count;
	struct platform platforms[PLATFORMS_MAX];
	size_t platform_count;
	struct verdict verdict; /* valid once a check has said no */
};

uint8_t read8(const struct image *image, size_t at);
uint16_t read16(const struct image *image, size_t at);
uint32_t read32(const struct image *image, size_t at);
uint64_t read64(const struct image *image, size_t at);

/* Are these bytes of the file all zero? Bytes outside count as zero. */
bool is_zero(const struct image *image, size_t at, size_t size);

/* Fills the verdict and returns false, so that a check can `return refuse(...)`. */
bool refuse(struct image *image, enum rule rule, size_t offset, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Does [a, a + a_size) meet [b, b + b_size)? Neither may wrap. */
static inline bool ranges_meet(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a_size != 0 && b_size != 0 && a < b + b_size && b < a + a_size;
}

/* Is [b, b + b_size) inside [a, a + a_size)? Neither may wrap. */
static inline bool range_holds(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return b >= a && b_size <= a_size && b - a <= a_size - b_size;
}

/* Does gpa + size stay within 64 bits? */
static inline bool range_wraps(uint64_t gpa, uint64_t size)
{
	return size > UINT64_MAX - gpa;
}

#endif
