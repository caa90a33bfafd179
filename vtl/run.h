/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why did we enter VTL2, and what next? (the run loop)
 */
#ifndef VTL_RUN_H
#define VTL_RUN_H

#include "core/vp.h"

/* VTL return, entry, answer, for ever. The VP's VTL0 registers are set. */
_Noreturn void run_loop(struct vp *vp);

#endif
