/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a flattened device tree (version 17) written, front to back?
 *
 * fdt_write_init, then fdt_write_reserve any number of times, then nodes and properties in the
 * order in which they shall stand, then fdt_write_finish. The first thing that goes wrong is kept
 * in `error` and makes every later call do nothing, so that a caller looks once, at the end.
 * Never writes outside the buffer it was given. The writer does not judge the tree: a defect that
 * a test asks for must be writable.
 */
#ifndef TESTS_HOST_COMMON_FDT_WRITE_H
#define TESTS_HOST_COMMON_FDT_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FDT_WRITE_STRINGS_MAX 2048U

struct fdt_writer {
	uint8_t *buf;
	size_t cap;
	size_t used;	      /* bytes written so far; always a multiple of 4 */
	size_t struct_offset; /* 0 until the first node */
	uint32_t depth;	      /* open nodes */
	uint32_t boot_cpuid;
	uint32_t strings_size;
	char strings[FDT_WRITE_STRINGS_MAX]; /* each name once; copied to the end at last */
	const char *error;		     /* NULL: fine so far */
};

/* `buf` must be 8-byte aligned. boot_cpuid goes to the header's boot_cpuid_phys. */
void fdt_write_init(struct fdt_writer *w, void *buf, size_t cap, uint32_t boot_cpuid);
void fdt_write_reserve(struct fdt_writer *w, uint64_t address, uint64_t size);

/* The root's name is "". begin_at writes NAME@ADDRESS, address in hexadecimal without zeros. */
void fdt_write_begin(struct fdt_writer *w, const char *name);
void fdt_write_begin_at(struct fdt_writer *w, const char *name, uint64_t address);
void fdt_write_end(struct fdt_writer *w);

/* `size` 0 writes an empty property; `data` may then be NULL. */
void fdt_write_prop(struct fdt_writer *w, const char *name, const void *data, size_t size);
void fdt_write_string(struct fdt_writer *w, const char *name, const char *text);
/* A property of `size` bytes that are all the same. */
void fdt_write_fill(struct fdt_writer *w, const char *name, uint8_t byte, size_t size);
void fdt_write_u32(struct fdt_writer *w, const char *name, uint32_t value);
void fdt_write_u64(struct fdt_writer *w, const char *name, uint64_t value);
void fdt_write_u32s(struct fdt_writer *w, const char *name, const uint32_t *values, size_t count);
void fdt_write_u64s(struct fdt_writer *w, const char *name, const uint64_t *values, size_t count);

/*
 * Writes end token, strings and header. False when anything failed (w->error says what); else
 * *size is the length of the tree.
 */
bool fdt_write_finish(struct fdt_writer *w, size_t *size);

#endif
