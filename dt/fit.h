/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does this FIT image say, and is it well formed?
 *
 * One configuration, the default one, gives a kernel, an optional ramdisk and an optional command
 * line. The parts are found and bounded here and not trusted: whoever calls hashes them and
 * compares with the digests, which are the image's own claim.
 */
#ifndef DT_FIT_H
#define DT_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "dt/defect.h"

#define FIT_SHA256_SIZE 32
#define FIT_MAX_BOOTARGS 1023 /* without the NUL */
#define FIT_MAX_TAGS 1024     /* nodes, properties and ends of nodes: a real one has about 100 */

struct fit_part {
	const uint8_t *data;		 /* inside the image; 4-byte aligned */
	uint64_t size;			 /* never 0 */
	uint8_t sha256[FIT_SHA256_SIZE]; /* as the image says */
};

struct fit_payload {
	struct fit_part kernel;
	bool has_ramdisk;
	struct fit_part ramdisk;
	const char *bootargs; /* inside the image; "" where it has none */
};

/*
 * Reads the image that begins at *fit within size bytes, at most max_size of them its own. arch
 * is the word that every part must carry ("arm64"). *payload points into the image: it must stay
 * as it is until the parts are copied. Any return but OK fills *defect.
 */
enum err __must_check fit_read(const void *fit, size_t size, uint32_t max_size, const char *arch,
			       struct fit_payload *payload, struct dt_defect *defect);

#endif
