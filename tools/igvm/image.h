/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which headers make an image of ours?
 */
#ifndef TOOLS_IGVM_IMAGE_H
#define TOOLS_IGVM_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/igvm/failure.h"
#include "tools/igvm/layout.h"
#include "tools/igvm/machine.h"

/*
 * The whole file for this layout. image: image_size bytes, as layout_make() was told; payload:
 * l->payload_size bytes. *out is to be freed by the caller.
 */
bool image_build(const struct machine *m, const struct layout *l, const uint8_t *image,
		 size_t image_size, const uint8_t *payload, uint8_t **out, size_t *out_size,
		 struct failure *f);

#endif
