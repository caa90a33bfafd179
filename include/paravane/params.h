/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the image say about itself to the firmware that runs from it?
 *
 * The builder (tools/igvm) writes one page of this and imports it measured; the firmware finds it
 * at image base + X0 and reads it before anything else. All offsets are from the image base, never
 * addresses, because the loader may move the image. Integers are little endian. The header may
 * only hold constants and this struct: it is included from C and from assembly.
 *
 * The page is part of the measurement, so the firmware may believe what it says about the image.
 * It must still check it: a page of another version is refused, not guessed at.
 */
#ifndef PARAVANE_PARAMS_H
#define PARAVANE_PARAMS_H

/* The low 32 bits of X1 at the first instruction ("PRV1"): started by a loader of this file. */
#define PARAVANE_ENTRY_MAGIC 0x31565250

/* The first eight bytes of the page ("PRVPARMS"). */
#define PARAVANE_PARAMS_MAGIC 0x534D524150565250

#define PARAVANE_PARAMS_VERSION 1
#define PARAVANE_PARAMS_SIZE 112
#define PARAVANE_PARAMS_PAGE_SIZE 4096
#define PARAVANE_DIGEST_SIZE 32

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

/*
 * Writer of every field: tools/igvm, when the image is built. Reader: core/image.c, which checks
 * each field against the others and hands on what is named at the fields.
 */
struct paravane_params {
	/* PARAVANE_PARAMS_MAGIC. Anything else: this is no parameter page. */
	uint64_t magic;
	/* PARAVANE_PARAMS_VERSION. Changes when a field changes its meaning. */
	uint32_t version;
	/* Bytes of this struct that the builder filled: PARAVANE_PARAMS_SIZE in version 1. */
	uint32_t size;
	/* Bytes of VTL2 memory from the image base, page tables included: a multiple of 2 MiB,
	 * at least 2 MiB, less than 4 GiB. What is taken from VTL0. */
	uint64_t memory_size;
	/* Bytes of the image file, imported from the image base on: a multiple of 4096, not 0. */
	uint64_t image_size;
	/* Where the loader puts the host's device tree: bytes from the image base, a multiple of
	 * 4096, above the parameter page. Not measured: its content is the host's word. */
	uint64_t tree_offset;
	/* Bytes of that area: a multiple of 4096; 256 KiB in version 1. What follows it is free
	 * memory, up to tables_offset. */
	uint64_t tree_size;
	/* The page tables that the first instruction runs on: bytes from the image base, a
	 * multiple of 4096. */
	uint64_t tables_offset;
	/* Bytes of that region: 64 KiB in version 1. */
	uint64_t tables_size;
	/* GPA of VTL0's payload, a multiple of 4096: an address, because the payload does not move
	 * with the image. 0: this image carries none. */
	uint64_t payload_gpa;
	/* Bytes of the payload, exact: the last page is padded with zeros. 0: none. */
	uint64_t payload_size;
	/* SHA-256 of these payload_size bytes; all zeros without a payload. */
	uint8_t payload_sha256[PARAVANE_DIGEST_SIZE];
};

_Static_assert(offsetof(struct paravane_params, magic) == 0, "magic");
_Static_assert(offsetof(struct paravane_params, version) == 8, "version");
_Static_assert(offsetof(struct paravane_params, size) == 12, "size");
_Static_assert(offsetof(struct paravane_params, memory_size) == 16, "memory_size");
_Static_assert(offsetof(struct paravane_params, image_size) == 24, "image_size");
_Static_assert(offsetof(struct paravane_params, tree_offset) == 32, "tree_offset");
_Static_assert(offsetof(struct paravane_params, tree_size) == 40, "tree_size");
_Static_assert(offsetof(struct paravane_params, tables_offset) == 48, "tables_offset");
_Static_assert(offsetof(struct paravane_params, tables_size) == 56, "tables_size");
_Static_assert(offsetof(struct paravane_params, payload_gpa) == 64, "payload_gpa");
_Static_assert(offsetof(struct paravane_params, payload_size) == 72, "payload_size");
_Static_assert(offsetof(struct paravane_params, payload_sha256) == 80, "payload_sha256");
_Static_assert(sizeof(struct paravane_params) == PARAVANE_PARAMS_SIZE, "size of the struct");
_Static_assert(PARAVANE_PARAMS_SIZE <= PARAVANE_PARAMS_PAGE_SIZE, "one page");

#endif /* __ASSEMBLER__ */

#endif
