/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a list of headers and data become the bytes of an IGVM file ?
 *
 * Headers and data come out in the order in which they were added, so the same calls give the
 * same file. A writer that ran out of memory stays broken and says so at the end: callers need
 * not check each step.
 */
#ifndef TOOLS_IGVM_WRITER_H
#define TOOLS_IGVM_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/igvm/failure.h"

#define WRITER_CONTENT_MAX 48 /* the largest content the builder writes */

struct writer_part {
	uint8_t *bytes;
	size_t size;
	size_t room;
};

struct writer {
	struct writer_part headers;
	struct writer_part data;
	struct writer_part links; /* size_t each: where in headers a file offset stands */
	bool broken;
};

/* Adds a header with this content; size is padded with zeros to a multiple of 8. */
void writer_header(struct writer *w, uint32_t type, const uint8_t *content, size_t size);

/* The same, and adds `data`, whose file offset will stand at content offset `link`. */
void writer_header_data(struct writer *w, uint32_t type, const uint8_t *content, size_t size,
			size_t link, const uint8_t *data, size_t data_size);

/* Makes the file, of version 1 (x86_64) or 2 (arm64): *out is to be freed by the caller. False: the
 * sentence says why. */
bool writer_finish(struct writer *w, uint32_t version, uint8_t **out, size_t *out_size,
		   struct failure *f);

/* To be called in any case. */
void writer_free(struct writer *w);

#endif
