/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do the headers of an IGVM file say, and may they say so?
 *
 * The first of the loader's two passes. It looks at every header, decides where everything goes,
 * and touches nothing but its own state and the scratch memory.
 */
#ifndef TESTS_HOST_COMMON_IGVM_CHECK_H
#define TESTS_HOST_COMMON_IGVM_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/igvm_err.h"
#include "tests/host/common/igvm_file.h"
#include "tests/host/common/igvm_load.h"
#include "tests/host/common/igvm_pt.h"
#include "tests/host/common/igvm_reloc.h"

#define IGVM_AREAS_MAX 16U
#define IGVM_PARAMS_MAX 32U

/* Offsets in PAGE_DATA and PARAMETER_INSERT, which both passes read. */
#define IGVM_PAGE_GPA 0
#define IGVM_PAGE_MASK 8
#define IGVM_PAGE_FILE_OFFSET 12
#define IGVM_INSERT_GPA 0
#define IGVM_INSERT_MASK 8
#define IGVM_INSERT_INDEX 12

struct igvm_area {
	uint64_t size;
	const uint8_t *data; /* initial contents, NULL: zeros */
	uint32_t index;	     /* as the file calls it */
	bool inserted;
};

struct igvm_param {
	uint32_t area; /* place in igvm_load_state.areas */
	uint32_t type;
	uint64_t offset; /* in the area; smaller than its size */
};

struct igvm_load_state {
	const struct igvm_request *request;
	struct igvm_result *result;
	struct igvm_file file;
	struct igvm_reloc reloc;
	struct igvm_pt pt; /* set up when reloc.has_tables */
	uint32_t all_masks;
	uint32_t mask;	     /* of our platform */
	uint32_t types_seen; /* platform types, one bit each */
	bool reloc_chosen;
	bool vp_seen;
	struct igvm_area areas[IGVM_AREAS_MAX];
	uint32_t area_count;
	struct igvm_param params[IGVM_PARAMS_MAX];
	uint32_t param_count;
};

/* All of the first pass. request, result and file are set by the caller, the rest is zero. */
enum igvm_err igvm_check(struct igvm_load_state *state);

#endif
