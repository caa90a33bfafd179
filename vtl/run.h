/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why did we enter VTL2, if not for a VTL call?
 */
#ifndef VTL_RUN_H
#define VTL_RUN_H

#include "core/vp.h"

/* Answers one entry: reason is HV_VTL_ENTRY_*, vp->regs are VTL0's registers. */
void run_entry(struct vp *vp, uint32_t reason);

#endif
