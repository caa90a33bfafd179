/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this blob safe to hand to libfdt?
 *
 * libfdt checks what it touches and no more; it neither bounds nesting nor work. After fdt_check()
 * said OK, every walk of libfdt over the blob stays inside it, ends, and costs at most one step
 * per tag, whatever the size of the properties (a FIT image holds a whole kernel in one).
 */
#ifndef DT_FDT_CHECK_H
#define DT_FDT_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "dt/defect.h"

#define FDT_CHECK_HEADER_SIZE 40  /* of version 17 */
#define FDT_CHECK_MAX_DEPTH 32	  /* the root has depth 1 */
#define FDT_CHECK_MAX_NAME 63	  /* longest node or property name; the specification says 31 */
#define FDT_CHECK_MAX_RESERVED 64 /* memory reservations */
#define FDT_CHECK_MAX_NODES 512	  /* that an index has room for */

struct fdt_limits {
	uint32_t size; /* largest totalsize; must be below 2 GiB */
	uint32_t tags; /* most nodes, properties and ends of nodes together */
};

/* Where the nodes are, in the order of the blob; the root is node 0. */
struct fdt_index {
	uint32_t count;
	struct fdt_node {
		uint32_t offset; /* of its tag, as libfdt counts */
		uint32_t inside; /* of the first tag in it */
		uint16_t child;	 /* the first one; 0: none */
		uint16_t next;	 /* of the same parent; 0: none */
	} node[FDT_CHECK_MAX_NODES];
};

/*
 * Checks the blob that begins at *blob within buffer_size bytes. Not changed, not kept. Any
 * return but OK fills *defect. The index is filled on the way; more nodes than it has room for are
 * a defect too.
 */
enum err __must_check fdt_check(const void *blob, size_t buffer_size,
				const struct fdt_limits *limits, struct fdt_index *index,
				struct dt_defect *defect);

#endif
