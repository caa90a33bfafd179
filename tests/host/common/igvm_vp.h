/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With which registers does VP 0 start?
 *
 * Reads the one VP context that this host takes: the VBS register list. Only names that the format
 * allows for the architecture, each once, all for VTL 2.
 */
#ifndef TESTS_HOST_COMMON_IGVM_VP_H
#define TESTS_HOST_COMMON_IGVM_VP_H

#include "tests/host/common/igvm_err.h"
#include "tests/host/common/igvm_file.h"
#include "tests/host/common/igvm_load.h"
#include "tests/host/common/igvm_reloc.h"

/* Fills result->regs as filed from the contents of a VP_CONTEXT header for our platform. */
enum igvm_err igvm_vp_read(const struct igvm_file *file, const uint8_t *body,
			   struct igvm_result *result);

/* The first instruction's address; false when the list does not give it. */
bool igvm_vp_pc(const struct igvm_result *result, uint64_t *pc);

/* Moves those registers that move with the image. */
void igvm_vp_move(const struct igvm_reloc *reloc, struct igvm_result *result);

/* Do the registers, as filed, turn paging on? */
bool igvm_vp_paging(const struct igvm_result *result);

#endif
