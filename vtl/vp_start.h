/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does another processor start?
 */
#ifndef VTL_VP_START_H
#define VTL_VP_START_H

#include "core/err.h"
#include "core/vp.h"

/* VTL2 on every VP but the boot VP, before anything touches a redistributor of VTL2. */
__must_check enum err vp_start_enable_all(void);

/*
 * Brings every VP but the boot VP up in VTL2, all at once, and waits for them within a bound.
 * Each is then held before VTL0's first instruction. ERR_*: one that Kconfig says must come up
 * did not; the log says which and why.
 */
__must_check enum err vp_start_all(const struct platform *platform);

/* The hypervisor's number for each VP, the boot VP included. Before anything is enabled. */
__must_check enum err vp_start_find_indices(void);

/* What a started VP does, on its own stack: checks itself, holds its VTL0, runs. */
_Noreturn void vp_start_arrived(struct vp *vp);

/* What vp_start_all() was given, for the VPs that it starts. */
const struct platform *vp_start_platform(void);

#endif
