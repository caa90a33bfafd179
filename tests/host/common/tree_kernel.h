/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an arm64 kernel want in its tree that no host's tree has? A part of tree.c.
 */
#ifndef TESTS_HOST_COMMON_TREE_KERNEL_H
#define TESTS_HOST_COMMON_TREE_KERNEL_H

#include <stdint.h>

#include "tests/host/common/fdt_write.h"

/* /psci and /timer; the root's interrupt parent is the caller's affair. */
void tree_write_kernel_nodes(struct fdt_writer *writer, uint32_t timer_intid);

#endif
