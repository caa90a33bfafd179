/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a kernel want in its tree that no host's tree has? A part of tree.c.
 */
#ifndef TESTS_HOST_COMMON_TREE_KERNEL_H
#define TESTS_HOST_COMMON_TREE_KERNEL_H

#include <stdint.h>

#include "tests/host/common/fdt_write.h"

/*
 * Behind the root's properties: one more, and where there is such a timer the interrupt
 * controller's phandle, /psci and /timer.
 */
void tree_write_kernel(struct fdt_writer *writer, uint32_t controller, uint32_t timer_intid);

#endif
