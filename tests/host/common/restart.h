/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens to the VM's memory when the machine restarts?
 *
 * Options restarts= and keep=: so often a reset begins a new run instead of ending this one, and so
 * much memory survives it. The whole machine is reset, the host with it, and QEMU puts host and
 * image file back; RAM stays as it was. What this run has to know of the last one lies in the last
 * page of the host's own memory.
 */
#ifndef TESTS_HOST_COMMON_RESTART_H
#define TESTS_HOST_COMMON_RESTART_H

#include <stdint.h>

#include "tests/host/common/tree.h"

/* First, after the options were read. */
void restart_begin(void);

/* When the VM's memory can be reached: of a machine that was restarted, all but what is kept
 * becomes zero if VTL2 had asked for that. */
void restart_clear(void);

/* How many runs went before; 0 in a machine that was switched on. */
uint32_t restart_count(void);

/* The end of `ram` that is kept; size 0: nothing is. */
struct tree_range restart_kept(const struct tree_range *ram);

/* The machine is reset: a new run begins, or this one ends with that result. */
_Noreturn void restart_or_end(const char *text);

#endif
