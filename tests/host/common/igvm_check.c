/* SPDX-License-Identifier: BSD-2-Clause */
/* First pass over the headers; igvm_check.h says what this file may and may not do. */
#include "tests/host/common/igvm_check.h"

#include "tests/host/common/bytes.h"
#include "tests/host/common/igvm_params.h"
#include "tests/host/common/igvm_vp.h"

/* Offsets in SUPPORTED_PLATFORM. */
#define PLATFORM_MASK 0
#define PLATFORM_VTL 4
#define PLATFORM_TYPE 5
#define PLATFORM_VERSION 6
#define PLATFORM_BOUNDARY 8

/* Offsets in PAGE_DATA besides those of igvm_check.h. */
#define PAGE_FLAGS 16
#define PAGE_TYPE 20
#define PAGE_RESERVED 22
#define PAGE_FLAG_UNMEASURED 0x2U

/* Offsets in REQUIRED_MEMORY. */
#define REQUIRED_GPA 0
#define REQUIRED_MASK 8
#define REQUIRED_SIZE 12
#define REQUIRED_FLAGS 16
#define REQUIRED_RESERVED 20
#define REQUIRED_FLAG_VTL2 0x1U

/* Offsets in ERROR_RANGE. */
#define ERROR_GPA 0
#define ERROR_MASK 8
#define ERROR_SIZE 12

/* Where the mask stands in the headers of which we look at nothing else. */
#define INIT_MASK 0
#define POLICY_MASK 8
#define VP_MASK 8

enum platform_type {
	TYPE_NATIVE,
	TYPE_VSM,
	TYPE_SNP,
	TYPE_TDX,
	TYPE_SEV,
	TYPE_SEV_ES,
	TYPE_CCA
};

#define VTL2 2U

/* Does a header with this mask concern us? Each mask may name only platforms of the file. */
static enum igvm_err check_mask(const struct igvm_load_state *state, uint32_t mask, bool *ours)
{
	if (mask == 0) {
		return IGVM_BAD_MASK_NONE;
	}
	if ((mask & ~state->all_masks) != 0) {
		return IGVM_BAD_MASK_UNKNOWN;
	}
	*ours = (mask & state->mask) != 0;
	return IGVM_OK;
}

static enum igvm_err check_platform_type(const struct igvm_load_state *state, uint8_t type)
{
	bool arm = state->request->arch == IGVM_ARCH_ARM64;

	if (type > TYPE_CCA || (type != TYPE_VSM && (type == TYPE_CCA) != arm)) {
		return IGVM_BAD_PLATFORM_TYPE;
	}
	if ((state->types_seen & 1U << type) != 0) {
		return IGVM_BAD_PLATFORM_TWICE;
	}
	return IGVM_OK;
}

static enum igvm_err check_platform(struct igvm_load_state *state, const uint8_t *body)
{
	uint32_t mask = bytes_le32(body + PLATFORM_MASK);
	uint8_t type = body[PLATFORM_TYPE];
	uint8_t vtl = body[PLATFORM_VTL];
	enum igvm_err err;

	if (mask == 0 || (mask & (mask - 1)) != 0 || (mask & state->all_masks) != 0) {
		return IGVM_BAD_PLATFORM_MASK;
	}
	err = check_platform_type(state, type);
	if (err != IGVM_OK) {
		return err;
	}
	if (bytes_le16(body + PLATFORM_VERSION) != 1) {
		return IGVM_BAD_PLATFORM_VERSION;
	}
	if ((vtl != 0 && vtl != VTL2) || (type == TYPE_VSM && vtl != VTL2)) {
		return IGVM_BAD_PLATFORM_VTL;
	}
	if (type <= TYPE_VSM && bytes_le64(body + PLATFORM_BOUNDARY) != 0) {
		return IGVM_BAD_PLATFORM_BOUNDARY;
	}
	state->all_masks |= mask;
	state->types_seen |= 1U << type;
	if (type == TYPE_VSM) {
		state->mask = mask;
		state->result->vtl = vtl;
	}
	return IGVM_OK;
}

static enum igvm_err check_init(struct igvm_load_state *state, const struct igvm_header *header)
{
	const uint8_t *body = header->body;
	uint32_t mask_at = header->type == IGVM_GUEST_POLICY ? POLICY_MASK : INIT_MASK;
	bool ours = false;
	enum igvm_err err = check_mask(state, bytes_le32(body + mask_at), &ours);

	if (err != IGVM_OK || !ours) {
		return err;
	}
	switch (header->type) {
	case IGVM_RELOCATABLE_REGION:
		return igvm_reloc_region(&state->reloc, body, state->request->arch);
	case IGVM_PAGE_TABLE_REGION:
		return igvm_reloc_tables(&state->reloc, body);
	default:
		/* Policies are for other platforms than ours. */
		return IGVM_BAD_HEADER_UNSUPPORTED;
	}
}

/* Once, in front of the first directive: what is moved, and how far? */
static enum igvm_err choose_relocation(struct igvm_load_state *state)
{
	const struct igvm_request *request = state->request;
	struct igvm_reloc *reloc = &state->reloc;
	enum igvm_err err;

	if (state->reloc_chosen) {
		return IGVM_OK;
	}
	state->reloc_chosen = true;
	if (state->mask == 0) {
		return IGVM_BAD_PLATFORM_MISSING;
	}
	state->result->value = request->base_set ? request->base : 0;
	err = igvm_reloc_choose(reloc, request->base_set, request->base);
	if (err != IGVM_OK) {
		return err;
	}
	state->result->value = 0;
	state->result->delta = reloc->delta;
	state->result->has_region = reloc->has_region;
	state->result->has_tables = reloc->has_tables;
	state->result->region = reloc->region;
	state->result->region.gpa += reloc->delta;
	state->result->tables = reloc->tables;
	if (reloc->has_tables) {
		state->result->tables.gpa += reloc->delta;
		return igvm_pt_init(&state->pt, reloc, request->arch, request->scratch,
				    request->scratch_size);
	}
	return IGVM_OK;
}

static enum igvm_err check_page(struct igvm_load_state *state, const uint8_t *body)
{
	uint64_t gpa = bytes_le64(body + IGVM_PAGE_GPA);
	uint32_t offset = bytes_le32(body + IGVM_PAGE_FILE_OFFSET);
	uint32_t flags = bytes_le32(body + PAGE_FLAGS);
	const uint8_t *data = NULL;
	bool ours = false;
	enum igvm_err err = check_mask(state, bytes_le32(body + IGVM_PAGE_MASK), &ours);

	state->result->value = gpa;
	if (err == IGVM_OK && offset != 0) {
		err = igvm_file_data(&state->file, offset, IGVM_PAGE_SIZE, &data);
	}
	if (err != IGVM_OK) {
		return err;
	}
	if (gpa % IGVM_PAGE_SIZE != 0) {
		return IGVM_BAD_PAGE_ALIGN;
	}
	if (bytes_le16(body + PAGE_RESERVED) != 0) {
		return IGVM_BAD_RESERVED;
	}
	if (bytes_le16(body + PAGE_TYPE) != 0) {
		return IGVM_BAD_PAGE_TYPE;
	}
	if ((flags & ~PAGE_FLAG_UNMEASURED) != 0) {
		return IGVM_BAD_PAGE_FLAGS;
	}
	if (!ours) {
		return IGVM_OK;
	}
	if (state->reloc.has_tables && igvm_range_holds(&state->reloc.tables, gpa, 1)) {
		igvm_pt_page(&state->pt, gpa, data);
	}
	state->result->page_count++;
	state->result->measured_size += (flags & PAGE_FLAG_UNMEASURED) != 0 ? 0 : IGVM_PAGE_SIZE;
	return igvm_params_import(state, igvm_reloc_gpa(&state->reloc, gpa), IGVM_PAGE_SIZE);
}

/* Notes a range of required memory, where it is now. */
static enum igvm_err add_required(struct igvm_load_state *state, uint64_t gpa, uint64_t size,
				  bool vtl2)
{
	struct igvm_result *result = state->result;
	uint32_t i;

	if (size > UINT64_MAX - gpa ||
	    !state->request->ops->has_ram(state->request->ctx, gpa, size)) {
		return IGVM_BAD_REQUIRED_RAM;
	}
	for (i = 0; i < result->required_count; i++) {
		struct igvm_range range = { result->required[i].gpa, result->required[i].size };

		if (igvm_range_overlap(&range, gpa, size)) {
			return IGVM_BAD_REQUIRED_OVERLAP;
		}
	}
	if (result->required_count == IGVM_REQUIRED_MAX) {
		return IGVM_BAD_REQUIRED_MANY;
	}
	result->required[result->required_count].gpa = gpa;
	result->required[result->required_count].size = size;
	result->required[result->required_count].vtl2 = vtl2;
	result->required_count++;
	return IGVM_OK;
}

static enum igvm_err check_required(struct igvm_load_state *state, const uint8_t *body)
{
	uint64_t gpa = bytes_le64(body + REQUIRED_GPA);
	uint64_t size = bytes_le32(body + REQUIRED_SIZE);
	uint32_t flags = bytes_le32(body + REQUIRED_FLAGS);
	bool ours = false;
	enum igvm_err err = check_mask(state, bytes_le32(body + REQUIRED_MASK), &ours);

	state->result->value = gpa;
	if (err != IGVM_OK) {
		return err;
	}
	if (bytes_le32(body + REQUIRED_RESERVED) != 0) {
		return IGVM_BAD_RESERVED;
	}
	if (gpa % IGVM_PAGE_SIZE != 0 || size % IGVM_PAGE_SIZE != 0 || size == 0) {
		return IGVM_BAD_REQUIRED_ALIGN;
	}
	if ((flags & ~REQUIRED_FLAG_VTL2) != 0) {
		return IGVM_BAD_REQUIRED_FLAGS;
	}
	if (!ours) {
		return IGVM_OK;
	}
	if (size > UINT64_MAX - gpa) {
		return IGVM_BAD_REQUIRED_RAM;
	}
	/* What begins in a region moves as a whole; what only reaches into one would be torn. */
	if (!igvm_reloc_moves(&state->reloc, gpa) && igvm_reloc_touches(&state->reloc, gpa, size)) {
		return IGVM_BAD_REQUIRED_SPLIT;
	}
	return add_required(state, igvm_reloc_gpa(&state->reloc, gpa), size,
			    (flags & REQUIRED_FLAG_VTL2) != 0);
}

static enum igvm_err check_error_range(struct igvm_load_state *state, const uint8_t *body)
{
	uint32_t size = bytes_le32(body + ERROR_SIZE);
	bool ours = false;

	state->result->value = bytes_le64(body + ERROR_GPA);
	if (size == 0 || size % IGVM_PAGE_SIZE != 0 ||
	    bytes_le64(body + ERROR_GPA) % IGVM_PAGE_SIZE != 0) {
		return IGVM_BAD_ERROR_RANGE;
	}
	return check_mask(state, bytes_le32(body + ERROR_MASK), &ours);
}

static enum igvm_err check_vp(struct igvm_load_state *state, const uint8_t *body)
{
	uint32_t mask = bytes_le32(body + VP_MASK);
	bool ours = false;
	enum igvm_err err = check_mask(state, mask, &ours);

	if (err != IGVM_OK) {
		return err;
	}
	/* The form of the context depends on the platform: it cannot be for two. */
	if ((mask & (mask - 1)) != 0) {
		return IGVM_BAD_VP_MASK;
	}
	if (!ours) {
		return IGVM_OK;
	}
	if (state->vp_seen) {
		return IGVM_BAD_VP_TWICE;
	}
	state->vp_seen = true;
	return igvm_vp_read(&state->file, body, state->result);
}

static enum igvm_err check_directive(struct igvm_load_state *state,
				     const struct igvm_header *header)
{
	switch (header->type) {
	case IGVM_PAGE_DATA:
		return check_page(state, header->body);
	case IGVM_REQUIRED_MEMORY:
		return check_required(state, header->body);
	case IGVM_ERROR_RANGE:
		return check_error_range(state, header->body);
	case IGVM_VP_CONTEXT:
		return check_vp(state, header->body);
	case IGVM_PARAMETER_AREA:
		return igvm_params_area(state, header->body);
	case IGVM_PARAMETER_INSERT: {
		bool ours = false;
		enum igvm_err err =
			check_mask(state, bytes_le32(header->body + IGVM_INSERT_MASK), &ours);

		return err == IGVM_OK ? igvm_params_insert(state, header->body, ours) : err;
	}
	default:
		return igvm_params_add(state, header->type, header->body);
	}
}

static bool in_required_vtl2(const struct igvm_result *result, const struct igvm_range *wanted)
{
	uint32_t i;

	for (i = 0; i < result->required_count; i++) {
		struct igvm_range range = { result->required[i].gpa, result->required[i].size };

		if (result->required[i].vtl2 &&
		    igvm_range_holds(&range, wanted->gpa, wanted->size)) {
			return true;
		}
	}
	return false;
}

/* Is this address, where it is now, in a page of the file for our platform? */
static bool in_page(const struct igvm_load_state *state, uint64_t address)
{
	struct igvm_cursor cursor;
	struct igvm_header header;

	igvm_file_first(&state->file, &cursor);
	while (igvm_file_next(&state->file, &cursor, &header) == IGVM_OK &&
	       header.type != IGVM_END) {
		uint64_t gpa = bytes_le64(header.body + IGVM_PAGE_GPA);

		if (header.type == IGVM_PAGE_DATA &&
		    (bytes_le32(header.body + IGVM_PAGE_MASK) & state->mask) != 0 &&
		    address - igvm_reloc_gpa(&state->reloc, gpa) < IGVM_PAGE_SIZE) {
			return true;
		}
	}
	return false;
}

/* What only the whole file can tell. */
static enum igvm_err check_whole(struct igvm_load_state *state)
{
	struct igvm_result *result = state->result;
	enum igvm_err err = igvm_params_all_inserted(state);
	uint64_t pc = 0;

	if (err != IGVM_OK) {
		return err;
	}
	if (!state->vp_seen) {
		return IGVM_BAD_VP_MISSING;
	}
	if (!igvm_vp_pc(result, &pc)) {
		return IGVM_BAD_REG_PC_MISSING;
	}
	if ((result->has_region && !in_required_vtl2(result, &result->region)) ||
	    (result->has_tables && !in_required_vtl2(result, &result->tables))) {
		return IGVM_BAD_RELOC_NOT_REQUIRED;
	}
	if (result->has_tables) {
		err = igvm_pt_move(&state->pt, result);
	} else if (result->has_region && igvm_vp_paging(result)) {
		err = IGVM_BAD_RELOC_NO_TABLES;
	}
	if (err != IGVM_OK) {
		return err;
	}
	igvm_vp_move(&state->reloc, result);
	(void)igvm_vp_pc(result, &pc);
	result->value = pc;
	return in_page(state, pc) ? IGVM_OK : IGVM_BAD_REG_PC;
}

static enum igvm_err check_header(struct igvm_load_state *state, const struct igvm_header *header)
{
	enum igvm_err err;

	if (header->section == IGVM_SECTION_PLATFORM) {
		return check_platform(state, header->body);
	}
	if (header->section == IGVM_SECTION_INIT) {
		return check_init(state, header);
	}
	err = choose_relocation(state);
	return err == IGVM_OK ? check_directive(state, header) : err;
}

enum igvm_err igvm_check(struct igvm_load_state *state)
{
	struct igvm_cursor cursor;
	struct igvm_header header;
	enum igvm_err err;

	igvm_file_first(&state->file, &cursor);
	for (;;) {
		err = igvm_file_next(&state->file, &cursor, &header);
		state->result->where = header.where;
		if (err != IGVM_OK || header.type == IGVM_END) {
			break;
		}
		err = check_header(state, &header);
		if (err != IGVM_OK) {
			return err;
		}
		state->result->value = 0;
	}
	if (err == IGVM_OK) {
		state->result->where = 0;
		err = choose_relocation(state);
	}
	return err == IGVM_OK ? check_whole(state) : err;
}
