/* SPDX-License-Identifier: BSD-2-Clause */
/* Parameter areas of an IGVM file; igvm_params.h says what this file may and may not do. */
#include "tests/host/common/igvm_params.h"

#include "tests/host/common/bytes.h"

/* Offsets in PARAMETER_AREA. */
#define AREA_SIZE 0
#define AREA_INDEX 8
#define AREA_FILE_OFFSET 12

/* Offsets in all parameter headers. */
#define PARAM_INDEX 0
#define PARAM_OFFSET 4

/* One line of the memory map. */
#define MAP_ENTRY_SIZE 24U
#define MAP_PAGE 0
#define MAP_COUNT 8
#define MAP_TYPE 16

#define WORD_SIZE 4U

static struct igvm_area *find_area(struct igvm_load_state *state, uint32_t index)
{
	uint32_t i;

	for (i = 0; i < state->area_count; i++) {
		if (state->areas[i].index == index) {
			return &state->areas[i];
		}
	}
	return NULL;
}

enum igvm_err igvm_params_area(struct igvm_load_state *state, const uint8_t *body)
{
	uint64_t size = bytes_le64(body + AREA_SIZE);
	uint32_t index = bytes_le32(body + AREA_INDEX);
	uint32_t offset = bytes_le32(body + AREA_FILE_OFFSET);
	struct igvm_area *area = &state->areas[state->area_count];
	enum igvm_err err = IGVM_OK;

	state->result->value = index;
	if (size == 0 || size % IGVM_PAGE_SIZE != 0) {
		return IGVM_BAD_AREA_SIZE;
	}
	if (find_area(state, index) != NULL) {
		return IGVM_BAD_AREA_INDEX;
	}
	if (state->area_count == IGVM_AREAS_MAX) {
		return IGVM_BAD_AREA_MANY;
	}
	area->data = NULL;
	if (offset != 0) {
		err = igvm_file_data(&state->file, offset, size, &area->data);
	}
	area->size = size;
	area->index = index;
	area->inserted = false;
	state->area_count++;
	return err;
}

/* Bytes that a parameter of this type takes at least; 0: this host does not offer the type. */
static uint64_t param_min(const struct igvm_load_state *state, uint32_t type)
{
	switch (type) {
	case IGVM_VP_COUNT:
	case IGVM_ENVIRONMENT_INFO:
		return WORD_SIZE;
	case IGVM_MEMORY_MAP:
		return state->request->ops->memory_map != NULL ? MAP_ENTRY_SIZE : 0;
	case IGVM_DEVICE_TREE:
		return state->request->ops->device_tree != NULL ? 1 : 0;
	default:
		return 0;
	}
}

enum igvm_err igvm_params_add(struct igvm_load_state *state, uint32_t type, const uint8_t *body)
{
	struct igvm_param *param = &state->params[state->param_count];
	struct igvm_area *area;
	uint64_t offset = bytes_le32(body + PARAM_OFFSET);
	uint64_t need = param_min(state, type);

	state->result->value = type;
	if (need == 0) {
		return IGVM_BAD_HEADER_UNSUPPORTED;
	}
	state->result->value = bytes_le32(body + PARAM_INDEX);
	area = find_area(state, bytes_le32(body + PARAM_INDEX));
	if (area == NULL || area->inserted) {
		return IGVM_BAD_AREA_UNKNOWN;
	}
	if (offset >= area->size) {
		return IGVM_BAD_PARAM_OFFSET;
	}
	if (need > area->size - offset) {
		return IGVM_BAD_PARAM_FIT;
	}
	if (state->param_count == IGVM_PARAMS_MAX) {
		return IGVM_BAD_PARAM_MANY;
	}
	param->area = (uint32_t)(area - state->areas);
	param->type = type;
	param->offset = offset;
	state->param_count++;
	state->result->parameter_count = state->param_count;
	return IGVM_OK;
}

/* Joins the new range with the one before and the one behind it; the list is in no order. */
static enum igvm_err join(struct igvm_result *result, uint64_t gpa, uint64_t size)
{
	struct igvm_range *before = NULL;
	struct igvm_range *behind = NULL;
	uint32_t i;

	for (i = 0; i < result->imported_count; i++) {
		struct igvm_range *range = &result->imported[i];

		if (igvm_range_overlap(range, gpa, size)) {
			return IGVM_BAD_PAGE_TWICE;
		}
		if (range->gpa + range->size == gpa) {
			before = range;
		} else if (range->gpa == gpa + size) {
			behind = range;
		}
	}
	if (before != NULL && behind != NULL) {
		before->size += size + behind->size;
		result->imported_count--;
		*behind = result->imported[result->imported_count];
	} else if (before != NULL) {
		before->size += size;
	} else if (behind != NULL) {
		behind->gpa = gpa;
		behind->size += size;
	} else if (result->imported_count < IGVM_RANGES_MAX) {
		result->imported[result->imported_count].gpa = gpa;
		result->imported[result->imported_count].size = size;
		result->imported_count++;
	} else {
		return IGVM_BAD_PAGE_RANGES;
	}
	return IGVM_OK;
}

enum igvm_err igvm_params_import(struct igvm_load_state *state, uint64_t gpa, uint64_t size)
{
	if (size > UINT64_MAX - gpa ||
	    !state->request->ops->has_ram(state->request->ctx, gpa, size)) {
		return IGVM_BAD_PAGE_RAM;
	}
	return join(state->result, gpa, size);
}

enum igvm_err igvm_params_insert(struct igvm_load_state *state, const uint8_t *body, bool ours)
{
	uint64_t gpa = bytes_le64(body + IGVM_INSERT_GPA);
	struct igvm_area *area = find_area(state, bytes_le32(body + IGVM_INSERT_INDEX));

	state->result->value = gpa;
	if (gpa % IGVM_PAGE_SIZE != 0) {
		return IGVM_BAD_INSERT_ALIGN;
	}
	if (area == NULL || area->inserted) {
		return IGVM_BAD_AREA_UNKNOWN;
	}
	area->inserted = true;
	if (!ours) {
		return IGVM_OK;
	}
	if (area->size > UINT64_MAX - gpa) {
		return IGVM_BAD_PAGE_RAM;
	}
	if (state->reloc.has_tables && igvm_range_overlap(&state->reloc.tables, gpa, area->size)) {
		return IGVM_BAD_INSERT_TABLES;
	}
	return igvm_params_import(state, igvm_reloc_gpa(&state->reloc, gpa), area->size);
}

enum igvm_err igvm_params_all_inserted(const struct igvm_load_state *state)
{
	uint32_t i;

	for (i = 0; i < state->area_count; i++) {
		if (!state->areas[i].inserted) {
			state->result->value = state->areas[i].index;
			return IGVM_BAD_AREA_LEFT;
		}
	}
	return IGVM_OK;
}

static enum igvm_err guest_write(const struct igvm_load_state *state, uint64_t gpa,
				 const void *data, uint64_t size)
{
	return state->request->ops->write(state->request->ctx, gpa, data, size) ? IGVM_OK :
										  IGVM_BAD_IO;
}

static enum igvm_err write_tree(const struct igvm_load_state *state, uint64_t gpa, uint64_t room)
{
	const struct igvm_request *request = state->request;
	uint64_t cap = room < request->scratch_size ? room : request->scratch_size;
	uint64_t size = 0;

	if (!request->ops->device_tree(request->ctx, state->result, request->scratch, cap, &size)) {
		return IGVM_BAD_PARAM_TREE;
	}
	if (size == 0 || size > cap) {
		return IGVM_BAD_PARAM_FIT;
	}
	return guest_write(state, gpa, request->scratch, size);
}

static enum igvm_err write_map(const struct igvm_load_state *state, uint64_t gpa, uint64_t room)
{
	const struct igvm_request *request = state->request;
	struct igvm_map_entry entry = { 0, 0, 0 };
	enum igvm_err err = IGVM_OK;
	bool more = true;
	uint32_t n;

	/* A line of zeros behind the last one ends the map; it needs its room too. */
	for (n = 0; err == IGVM_OK && more; n++) {
		uint8_t line[MAP_ENTRY_SIZE] = { 0 };

		if (room < MAP_ENTRY_SIZE) {
			return IGVM_BAD_PARAM_FIT;
		}
		more = request->ops->memory_map(request->ctx, n, &entry);
		if (more) {
			bytes_put_le64(line + MAP_PAGE, entry.gpa / IGVM_PAGE_SIZE);
			bytes_put_le64(line + MAP_COUNT, entry.size / IGVM_PAGE_SIZE);
			line[MAP_TYPE] = (uint8_t)entry.type;
			line[MAP_TYPE + 1] = (uint8_t)(entry.type >> 8);
		}
		err = guest_write(state, gpa, line, MAP_ENTRY_SIZE);
		gpa += MAP_ENTRY_SIZE;
		room -= MAP_ENTRY_SIZE;
	}
	return err;
}

static enum igvm_err write_param(const struct igvm_load_state *state,
				 const struct igvm_param *param, uint64_t area_gpa)
{
	uint64_t gpa = area_gpa + param->offset;
	uint64_t room = state->areas[param->area].size - param->offset;
	uint8_t word[WORD_SIZE] = { 0 };

	switch (param->type) {
	case IGVM_DEVICE_TREE:
		return write_tree(state, gpa, room);
	case IGVM_MEMORY_MAP:
		return write_map(state, gpa, room);
	case IGVM_VP_COUNT:
		bytes_put_le32(word, state->request->vp_count);
		return guest_write(state, gpa, word, WORD_SIZE);
	default:
		/* Environment: no bit set, memory is private by default. */
		return guest_write(state, gpa, word, WORD_SIZE);
	}
}

enum igvm_err igvm_params_write(struct igvm_load_state *state, const uint8_t *body)
{
	uint64_t gpa = igvm_reloc_gpa(&state->reloc, bytes_le64(body + IGVM_INSERT_GPA));
	const struct igvm_area *area = find_area(state, bytes_le32(body + IGVM_INSERT_INDEX));
	enum igvm_err err;
	uint32_t i;

	state->result->value = gpa;
	if (area == NULL) {
		return IGVM_BAD_AREA_UNKNOWN;
	}
	err = guest_write(state, gpa, area->data, area->size);
	for (i = 0; err == IGVM_OK && i < state->param_count; i++) {
		if (&state->areas[state->params[i].area] == area) {
			err = write_param(state, &state->params[i], gpa);
		}
	}
	return err;
}
