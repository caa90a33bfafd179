/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is each kind of header written that an image for VTL2 has? For one platform, VSM isolation.
 */
#ifndef TOOLS_IGVM_HEADERS_H
#define TOOLS_IGVM_HEADERS_H

#include <stddef.h>
#include <stdint.h>

#include "tools/igvm/machine.h"
#include "tools/igvm/writer.h"

#define HEADERS_MASK 1u /* the one platform of the file */
#define HEADERS_VTL 2

void headers_platform(struct writer *w);

/* Memory without which the loader must refuse. */
void headers_memory(struct writer *w, uint64_t gpa, uint64_t size, uint32_t flags);

/*
 * The one parameter area, of `size` bytes, with the host's device tree at `offset`. `first`: what
 * the area holds before that, `size` bytes; NULL: zeros.
 */
void headers_tree_area(struct writer *w, uint64_t size, uint32_t offset, const uint8_t *first);
void headers_tree_insert(struct writer *w, uint64_t gpa);

/* At most MACHINE_REGISTERS_MAX registers. */
void headers_context(struct writer *w, const struct machine_register *registers, size_t count);

/* One header per page; a last short page is padded with zeros, a page of zeros takes no data. */
void headers_pages(struct writer *w, uint64_t gpa, const uint8_t *bytes, size_t size);

#endif
