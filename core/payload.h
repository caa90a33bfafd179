/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the checked payload fit, and where do its parts go?
 */
#ifndef CORE_PAYLOAD_H
#define CORE_PAYLOAD_H

#include <stdint.h>

#include "core/arch.h"
#include "core/crypto.h"
#include "core/err.h"
#include "core/types.h"
#include "core/vtl0_mem.h"

/* One part, still inside the payload. size 0: there is none. */
struct payload_part {
	const char *name;
	const uint8_t *data;
	uint64_t size;
	const uint8_t *sha256; /* what the payload says its digest is */
};

/* Ranges of VTL0's RAM, chosen once, that nothing else gets. */
struct payload_plan {
	struct gpa_range kernel;   /* what the kernel needs, its file first */
	uint64_t entry;		   /* address of the first instruction */
	struct gpa_range ramdisk;  /* checked_size 0: none */
	struct gpa_range handover; /* for the tree */
	struct gpa_range tables;   /* for the ACPI block; checked_size 0: none */
};

/*
 * Finds a place for each part in VTL0's RAM, away from the payload itself. tables_size 0: none.
 * ERR_INVALID, ERR_NOT_SUPPORTED: the kernel is no image of ours. ERR_NO_MEMORY: no room.
 */
__must_check enum err payload_plan(const struct payload_part *kernel,
				   const struct payload_part *ramdisk, struct range payload,
				   uint64_t handover_size, uint64_t tables_size,
				   struct payload_plan *plan);

/*
 * Copies the part to its place and hashes it there, so that what is compared is what will run.
 * digest: as found; untouched in an image without PAYLOAD_HASH. ERR_CORRUPT: not what the payload
 * says.
 */
__must_check enum err payload_put(const struct payload_part *part, struct gpa_range place,
				  uint8_t digest[SHA256_SIZE]);

/* 64 hexadecimal digits and a NUL. */
void payload_digest_text(const uint8_t digest[SHA256_SIZE], char text[2 * SHA256_SIZE + 1]);

#endif
