/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which platforms does the file support, and does every mask name some of them?
 */
#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/kinds.h"

#define AT_MASK 0
#define AT_VTL 4
#define AT_TYPE 5
#define AT_VERSION 6
#define AT_BOUNDARY 8

/* Which platform exists on which architecture: a bit per architecture, by platform type. */
static const uint8_t archs_of[] = {
	[PLATFORM_NATIVE] = 1 << ARCH_X64,
	[PLATFORM_VSM_ISOLATION] = 1 << ARCH_X64 | 1 << ARCH_AARCH64,
	[PLATFORM_SEV_SNP] = 1 << ARCH_X64,
	[PLATFORM_TDX] = 1 << ARCH_X64,
	[PLATFORM_SEV] = 1 << ARCH_X64,
	[PLATFORM_SEV_ES] = 1 << ARCH_X64,
	[PLATFORM_CCA] = 1 << ARCH_AARCH64,
};

static bool check_fields(struct image *image, size_t at)
{
	const uint32_t mask = read32(image, at + AT_MASK);
	const uint8_t vtl = read8(image, at + AT_VTL);
	const uint8_t type = read8(image, at + AT_TYPE);

	if (mask == 0 || (mask & (mask - 1)) != 0) {
		return refuse(image, RULE_PLATFORM_MASK, at + AT_MASK,
			      "platform mask 0x%x has not exactly one bit", mask);
	}
	if (vtl != 0 && vtl != 2) {
		return refuse(image, RULE_PLATFORM_VTL, at + AT_VTL, "highest VTL %u", vtl);
	}
	if (type > PLATFORM_CCA) {
		return refuse(image, RULE_PLATFORM_TYPE, at + AT_TYPE, "platform type %u", type);
	}
	if (read16(image, at + AT_VERSION) != 1) {
		return refuse(image, RULE_PLATFORM_VERSION, at + AT_VERSION, "platform version %u",
			      read16(image, at + AT_VERSION));
	}
	if ((type == PLATFORM_NATIVE || type == PLATFORM_VSM_ISOLATION) &&
	    read64(image, at + AT_BOUNDARY) != 0) {
		return refuse(image, RULE_PLATFORM_BOUNDARY, at + AT_BOUNDARY,
			      "platform type %u has no shared GPA boundary", type);
	}
	if ((archs_of[type] >> image->arch & 1) == 0) {
		return refuse(image, RULE_PLATFORM_ARCH, at + AT_TYPE,
			      "platform type %u on architecture %u", type,
			      (unsigned int)image->arch);
	}
	return true;
}

bool platforms_check(struct image *image, const struct header *header)
{
	const uint32_t mask = read32(image, header->at + AT_MASK);
	const uint8_t type = read8(image, header->at + AT_TYPE);
	struct platform *platform;
	size_t i;

	if (!check_fields(image, header->at)) {
		return false;
	}
	for (i = 0; i < image->platform_count; i++) {
		if (image->platforms[i].type == type) {
			return refuse(image, RULE_PLATFORM_REPEATED, header->at + AT_TYPE,
				      "platform type %u twice", type);
		}
		if (image->platforms[i].mask == mask) {
			return refuse(image, RULE_PLATFORM_MASK, header->at + AT_MASK,
				      "platform mask 0x%x twice", mask);
		}
	}
	/* There are as many slots as types, and no type comes twice. */
	platform = &image->platforms[image->platform_count++];
	platform->mask = mask;
	platform->type = type;
	platform->highest_vtl = read8(image, header->at + AT_VTL);
	return true;
}

bool platforms_check_all(struct image *image)
{
	uint32_t known = 0;
	size_t i;

	for (i = 0; i < image->platform_count; i++) {
		known |= image->platforms[i].mask;
	}
	if (known == 0) {
		return refuse(image, RULE_NO_PLATFORM, image->headers_start,
			      "no SUPPORTED_PLATFORM header");
	}
	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];
		uint32_t mask;

		if (header->kind->mask_at == NO_MASK) {
			continue;
		}
		mask = header_mask(image, header);
		if (mask == 0 || (mask & ~known) != 0) {
			return refuse(image, RULE_MASK, header->at + header->kind->mask_at,
				      "%s for mask 0x%x, but the platforms are 0x%x",
				      header->kind->name, mask, known);
		}
	}
	return true;
}

const struct platform *platform_find(const struct image *image, uint32_t mask)
{
	size_t i;

	for (i = 0; i < image->platform_count; i++) {
		if (image->platforms[i].mask == mask) {
			return &image->platforms[i];
		}
	}
	return NULL;
}
