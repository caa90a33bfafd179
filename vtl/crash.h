/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we stop when the fault is ours?
 *
 * The functions themselves are in core/check.h: everybody may need them.
 */
#ifndef VTL_CRASH_H
#define VTL_CRASH_H

/* From here on fatal() can reach the hypervisor's crash registers. Boot VP. */
void crash_registers_usable(void);

#endif
