/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is each VP context sound?
 *
 * The form of its data depends on the platform: a VBS register list, a native or CCA structure
 * padded to a page, or a VMSA page.
 */
#include "tools/igvmcheck/context.h"

#include "tools/igvmcheck/checks.h"
#include "tools/igvmcheck/kinds.h"

#define AT_GPA 0
#define AT_FILE_OFFSET 12
#define AT_VP 16
#define AT_RESERVED 18

#define LIST_HEAD 4
#define RECORD_SIZE 32
#define RECORD_AT_NAME 1
#define RECORD_AT_ZERO 5
#define RECORD_ZERO_SIZE 11
#define RECORD_AT_VALUE 16

#define NATIVE_SIZE 232
#define CCA_SIZE 80

/* Register names of these groups have 16 bytes of value. */
#define GROUP(name) ((name) >> 16)
#define GROUP_SEGMENT 6u
#define GROUP_TABLE 7u

void context_record(const struct image *image, uint32_t list, uint32_t index,
		    struct context_record *out)
{
	const size_t at = (size_t)list + LIST_HEAD + (size_t)index * RECORD_SIZE;

	out->vtl = read8(image, at);
	out->name = read32(image, at + RECORD_AT_NAME);
	out->low = read64(image, at + RECORD_AT_VALUE);
	out->high = read64(image, at + RECORD_AT_VALUE + 8);
}

static bool check_zero_bytes(struct image *image, size_t at, const struct context_record *r)
{
	bool good = is_zero(image, at + RECORD_AT_ZERO, RECORD_ZERO_SIZE);

	if (GROUP(r->name) == GROUP_TABLE) {
		good = good && is_zero(image, at + RECORD_AT_VALUE, 6);
	} else if (GROUP(r->name) != GROUP_SEGMENT) {
		good = good && r->high == 0;
	}
	if (!good) {
		return refuse(image, RULE_CONTEXT_ZERO, at,
			      "must-be-zero bytes of register 0x%08x are not", r->name);
	}
	return true;
}

static bool check_record(struct image *image, uint32_t list, uint32_t index, uint8_t vtl)
{
	const size_t at = (size_t)list + LIST_HEAD + (size_t)index * RECORD_SIZE;
	struct context_record r;
	struct context_record other;
	uint32_t i;

	context_record(image, list, index, &r);
	if (r.vtl != vtl) {
		return refuse(image, RULE_CONTEXT_VTL, at,
			      "register of VTL %u, but the highest VTL is %u", r.vtl, vtl);
	}
	if (register_name(image->arch, r.name) == NULL) {
		return refuse(image, RULE_CONTEXT_REGISTER, at + RECORD_AT_NAME,
			      "register name 0x%08x", r.name);
	}
	if (!check_zero_bytes(image, at, &r)) {
		return false;
	}
	/* Known names are few, so a long list ends here soon. */
	for (i = 0; i < index; i++) {
		context_record(image, list, i, &other);
		if (other.name == r.name) {
			return refuse(image, RULE_CONTEXT_DUPLICATE, at + RECORD_AT_NAME,
				      "%s twice", register_name(image->arch, r.name));
		}
	}
	return true;
}

static bool check_list(struct image *image, const struct header *header,
		       const struct platform *platform)
{
	const size_t field = header->at + AT_FILE_OFFSET;
	const uint32_t list = read32(image, field);
	uint32_t count;
	uint32_t i;

	if (read16(image, header->at + AT_VP) != 0) {
		return refuse(image, RULE_CONTEXT_VP, header->at + AT_VP, "register list of VP %u",
			      read16(image, header->at + AT_VP));
	}
	if (!data_check(image, list, LIST_HEAD, field)) {
		return false;
	}
	count = read32(image, list);
	if (count == 0 || count > (image->size - list - LIST_HEAD) / RECORD_SIZE) {
		return refuse(image, RULE_CONTEXT_COUNT, list, "register list of %u", count);
	}
	for (i = 0; i < count; i++) {
		if (!check_record(image, list, i, platform->highest_vtl)) {
			return false;
		}
	}
	return true;
}

static bool check_page(struct image *image, const struct header *header, size_t used)
{
	const size_t field = header->at + AT_FILE_OFFSET;
	const uint32_t data = read32(image, field);

	if (!data_check(image, data, PAGE, field)) {
		return false;
	}
	if (!is_zero(image, data + used, PAGE - used)) {
		return refuse(image, RULE_CONTEXT_TAIL, data + used,
			      "bytes after the %zu of the VP context are not zero", used);
	}
	return true;
}

static bool check_fields(struct image *image, const struct header *header, bool has_vmsa)
{
	const size_t at = header->at;
	const uint64_t gpa = read64(image, at + AT_GPA);
	const struct header *other;

	if (read16(image, at + AT_RESERVED) != 0) {
		return refuse(image, RULE_CONTEXT_RESERVED, at + AT_RESERVED,
			      "reserved field of VP_CONTEXT is not zero");
	}
	if (has_vmsa ? gpa % PAGE != 0 : gpa != 0) {
		return refuse(image, RULE_CONTEXT_GPA, at + AT_GPA, "VP context at 0x%llx",
			      (unsigned long long)gpa);
	}
	if (read32(image, at + AT_FILE_OFFSET) == 0) {
		return refuse(image, RULE_CONTEXT_DATA, at + AT_FILE_OFFSET,
			      "VP context without data");
	}
	for (other = image->headers; other != header; other++) {
		if (header_is(other, TYPE_VP_CONTEXT) &&
		    header_mask(image, other) == header_mask(image, header) &&
		    read16(image, other->at + AT_VP) == read16(image, at + AT_VP)) {
			return refuse(image, RULE_CONTEXT_REPEATED, at, "second context of VP %u",
				      read16(image, at + AT_VP));
		}
	}
	return true;
}

bool context_check(struct image *image, const struct header *header)
{
	const uint32_t mask = header_mask(image, header);
	const struct platform *platform = platform_find(image, mask);
	bool has_vmsa;

	if (platform == NULL) {
		return refuse(image, RULE_CONTEXT_MASK, header->at,
			      "VP context for mask 0x%x, not one platform", mask);
	}
	if (platform->type == PLATFORM_TDX) {
		return refuse(image, RULE_CONTEXT_PLATFORM, header->at,
			      "VP context for TDX, which has none");
	}
	has_vmsa = platform->type == PLATFORM_SEV_SNP || platform->type == PLATFORM_SEV_ES;
	if (!check_fields(image, header, has_vmsa)) {
		return false;
	}
	switch (platform->type) {
	case PLATFORM_VSM_ISOLATION:
		return check_list(image, header, platform);
	case PLATFORM_NATIVE:
	case PLATFORM_SEV:
		return check_page(image, header, NATIVE_SIZE);
	case PLATFORM_CCA:
		return check_page(image, header, CCA_SIZE);
	default:
		return check_page(image, header, PAGE);
	}
}

const struct header *context_find(const struct image *image, uint32_t mask, uint8_t vtl)
{
	size_t i;

	for (i = 0; i < image->header_count; i++) {
		const struct header *header = &image->headers[i];
		struct context_record first;

		if (header_is(header, TYPE_VP_CONTEXT) && header_mask(image, header) == mask &&
		    read16(image, header->at + AT_VP) == 0) {
			context_record(image, read32(image, header->at + AT_FILE_OFFSET), 0,
				       &first);
			return first.vtl == vtl ? header : NULL;
		}
	}
	return NULL;
}

bool context_register(const struct image *image, const struct header *context, uint32_t name,
		      uint64_t *value)
{
	const uint32_t list = read32(image, context->at + AT_FILE_OFFSET);
	const uint32_t count = read32(image, list);
	struct context_record r;
	uint32_t i;

	for (i = 0; i < count; i++) {
		context_record(image, list, i, &r);
		if (r.name == name) {
			*value = r.low;
			return true;
		}
	}
	return false;
}
