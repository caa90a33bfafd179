/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Are the initialization headers sound that only confidential platforms have?
 */
#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/kinds.h"

bool policy_check_guest(struct image *image, const struct header *header)
{
	if (read32(image, header->at + 12) != 0) {
		return refuse(image, RULE_POLICY_RESERVED, header->at + 12,
			      "reserved field of GUEST_POLICY is not zero");
	}
	return true;
}

/* A document before its signature, at most one of each for a platform. */
bool policy_check_corim(struct image *image, const struct header *header)
{
	const uint32_t mask = header_mask(image, header);
	bool has_document = false;
	const struct header *other;

	for (other = image->headers; other != header; other++) {
		if ((header_mask(image, other) & mask) == 0) {
			continue;
		}
		if (other->kind == header->kind) {
			return refuse(image, RULE_CORIM_REPEATED, header->at, "second %s",
				      header->kind->name);
		}
		has_document = has_document || header_is(other, TYPE_CORIM_DOCUMENT);
	}
	if (header_is(header, TYPE_CORIM_SIGNATURE) && !has_document) {
		return refuse(image, RULE_CORIM_ORDER, header->at,
			      "CORIM_SIGNATURE without a document before it");
	}
	return true;
}

bool policy_check_cca(struct image *image, const struct header *header)
{
	const uint32_t mask = header_mask(image, header);
	const uint64_t both = read64(image, header->at + 8) & read64(image, header->at + 16);
	size_t i;

	for (i = 0; i < image->platform_count; i++) {
		if ((image->platforms[i].mask & mask) != 0 &&
		    image->platforms[i].type != PLATFORM_CCA) {
			return refuse(image, RULE_CCA_PLATFORM, header->at,
				      "CCA_POLICY for platform type %u", image->platforms[i].type);
		}
	}
	if (both != 0) {
		return refuse(image, RULE_CCA_POLICY, header->at + 8,
			      "attributes 0x%llx required both zero and one",
			      (unsigned long long)both);
	}
	if (read32(image, header->at + 4) != 0 || !is_zero(image, header->at + 26, 6)) {
		return refuse(image, RULE_POLICY_RESERVED, header->at,
			      "reserved bytes of CCA_POLICY are not zero");
	}
	if (read8(image, header->at + 24) > 2) {
		return refuse(image, RULE_CCA_POLICY, header->at + 24, "hash algorithm %u",
			      read8(image, header->at + 24));
	}
	return true;
}
