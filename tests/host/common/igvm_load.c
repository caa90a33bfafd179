/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader's order of work, and its second pass; igvm_load.h says what it may and may not do.
 *
 * The second pass walks the same headers again, in the file's order, and relies on all that the
 * first one found out.
 */
#include "tests/host/common/igvm_load.h"

#include "tests/host/common/bytes.h"
#include "tests/host/common/igvm_check.h"
#include "tests/host/common/igvm_params.h"
#include "tests/host/common/mem.h"

static enum igvm_err load_page(struct igvm_load_state *state, const uint8_t *body)
{
	const struct igvm_request *request = state->request;
	uint64_t gpa = bytes_le64(body + IGVM_PAGE_GPA);
	uint32_t offset = bytes_le32(body + IGVM_PAGE_FILE_OFFSET);

	/* The tables of an image that moved are ours, and are there already. */
	if (state->reloc.delta != 0 && state->reloc.has_tables &&
	    igvm_range_holds(&state->reloc.tables, gpa, 1)) {
		return IGVM_OK;
	}
	state->result->value = gpa;
	if (!request->ops->write(request->ctx, igvm_reloc_gpa(&state->reloc, gpa),
				 offset != 0 ? state->file.bytes + offset : NULL, IGVM_PAGE_SIZE)) {
		return IGVM_BAD_IO;
	}
	return IGVM_OK;
}

static enum igvm_err load_header(struct igvm_load_state *state, const struct igvm_header *header)
{
	uint32_t mask;

	switch (header->type) {
	case IGVM_PAGE_DATA:
		mask = bytes_le32(header->body + IGVM_PAGE_MASK);
		return (mask & state->mask) != 0 ? load_page(state, header->body) : IGVM_OK;
	case IGVM_PARAMETER_INSERT:
		mask = bytes_le32(header->body + IGVM_INSERT_MASK);
		return (mask & state->mask) != 0 ? igvm_params_write(state, header->body) : IGVM_OK;
	default:
		return IGVM_OK;
	}
}

static enum igvm_err load_headers(struct igvm_load_state *state)
{
	struct igvm_cursor cursor;
	struct igvm_header header;
	enum igvm_err err;

	igvm_file_first(&state->file, &cursor);
	do {
		err = igvm_file_next(&state->file, &cursor, &header);
		state->result->where = header.where;
		if (err == IGVM_OK && header.type != IGVM_END) {
			err = load_header(state, &header);
		}
	} while (err == IGVM_OK && header.type != IGVM_END);
	return err;
}

/* Before all else: the scratch memory that holds them is used again for the device tree. */
static enum igvm_err load_tables(struct igvm_load_state *state)
{
	const struct igvm_request *request = state->request;

	if (!state->reloc.has_tables || state->reloc.delta == 0) {
		return IGVM_OK;
	}
	state->result->value = state->result->tables.gpa;
	if (!request->ops->write(request->ctx, state->result->tables.gpa, state->pt.fresh,
				 (uint64_t)state->pt.pages * IGVM_PAGE_SIZE)) {
		return IGVM_BAD_IO;
	}
	return IGVM_OK;
}

enum igvm_err igvm_load(const struct igvm_request *request, struct igvm_result *result)
{
	struct igvm_load_state state;
	enum igvm_err err;

	memset(result, 0, sizeof(*result));
	memset(&state, 0, sizeof(state));
	state.request = request;
	state.result = result;
	result->arch = request->arch;
	err = igvm_file_open(&state.file, request->file, request->file_size, request->arch);
	if (err != IGVM_OK) {
		return err;
	}
	result->version = state.file.version;
	err = igvm_check(&state);
	if (err == IGVM_OK) {
		err = load_tables(&state);
	}
	if (err == IGVM_OK) {
		err = load_headers(&state);
	}
	if (err == IGVM_OK) {
		result->where = 0;
		result->value = 0;
	}
	return err;
}
