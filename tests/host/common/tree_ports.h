/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a host's tree tell of UARTs at ports? A part of tree.c.
 */
#ifndef TESTS_HOST_COMMON_TREE_PORTS_H
#define TESTS_HOST_COMMON_TREE_PORTS_H

#include "tests/host/common/fdt_write.h"
#include "tests/host/common/tree.h"
#include "tests/host/common/tree_defect.h"

/* The bus and its two UARTs; the first one is that with the defect. */
void tree_write_ports(struct fdt_writer *writer, const struct tree_uart uart[2],
		      enum tree_defect_id defect);

#endif
