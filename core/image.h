/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where do we lie, and what did the image's builder leave for us?
 */
#ifndef CORE_IMAGE_H
#define CORE_IMAGE_H

#include "core/err.h"
#include "core/types.h"

#include "paravane/params.h"

struct image {
	struct range memory;  /* all that is ours by the builder's word */
	struct range file;    /* the image itself */
	struct range tree;    /* where the loader put the host's tree */
	struct range free;    /* used by nobody yet */
	struct range payload; /* VTL0's payload, outside our memory; size 0: none */
	uint8_t payload_sha256[PARAVANE_DIGEST_SIZE];
};

/*
 * Reads the parameter page at that offset from the image's base. ERR_INVALID: no such page, or
 * fields that contradict each other.
 */
__must_check enum err image_read(uint64_t image_base, uint64_t param_offset, struct image *image);

#endif
