/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the host tell the guest through parameter areas, and where does it land?
 *
 * First pass: areas, the parameters in them and their insertion are checked and noted. Second
 * pass: igvm_params_write makes the values. This host offers DEVICE_TREE, VP_COUNT, MEMORY_MAP
 * (when the caller has one) and ENVIRONMENT_INFO; other parameter types are refused.
 */
#ifndef TESTS_HOST_COMMON_IGVM_PARAMS_H
#define TESTS_HOST_COMMON_IGVM_PARAMS_H

#include "tests/host/common/igvm_check.h"

enum igvm_err igvm_params_area(struct igvm_load_state *state, const uint8_t *body);
enum igvm_err igvm_params_add(struct igvm_load_state *state, uint32_t type, const uint8_t *body);
enum igvm_err igvm_params_insert(struct igvm_load_state *state, const uint8_t *body, bool ours);
enum igvm_err igvm_params_all_inserted(const struct igvm_load_state *state);

/* Notes that [gpa, gpa + size), as it is now, is filled by the file: RAM, and by nothing else. */
enum igvm_err igvm_params_import(struct igvm_load_state *state, uint64_t gpa, uint64_t size);

/* Writes an inserted area and its values to where it lies now. */
enum igvm_err igvm_params_write(struct igvm_load_state *state, const uint8_t *body);

#endif
