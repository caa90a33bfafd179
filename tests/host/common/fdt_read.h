/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which bytes does a property of a flattened device tree hold?
 *
 * Enough of a reader to take options out of QEMU's tree: a property of the root, or of a node
 * directly below it. Every offset is checked against the limit given; a tree that does not parse
 * up to the property is a tree without it.
 */
#ifndef TESTS_HOST_COMMON_FDT_READ_H
#define TESTS_HOST_COMMON_FDT_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fdt_value {
	const uint8_t *data;
	uint32_t size;
};

/*
 * `node` is "" for the root, or the name of a child of the root ("chosen", or "memory" for the
 * first memory@...). Reads no byte at or beyond fdt + max.
 */
bool fdt_read_property(const void *fdt, size_t max, const char *node, const char *property,
		       struct fdt_value *value);

#endif
