/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are whole files read and written?
 */
#ifndef TOOLS_IGVM_FILES_H
#define TOOLS_IGVM_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/igvm/failure.h"

/* A file's bytes; to be freed by the caller, also after a failure (then NULL). */
struct file_bytes {
	uint8_t *bytes;
	size_t size;
};

bool files_read(const char *name, struct file_bytes *out, struct failure *f);

/* Either the whole file stands under `name` afterwards, or what stood there before. */
bool files_write(const char *name, const uint8_t *bytes, size_t size, struct failure *f);

#endif
