/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is the right hypervisor there, and are we at VTL2 of it?
 */
#ifndef VTL_CHANNEL_H
#define VTL_CHANNEL_H

#include "core/platform.h"

/*
 * Looks for evidence before the first call, identifies the hypervisor, opens the hypercall channel
 * and asks for the VTL. Returns only at VTL2; otherwise says where we are and stops, with the
 * channel closed again. Boot VP.
 */
void channel_open(const struct platform *platform);

#endif
