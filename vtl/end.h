/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do power-off, reset and panic end?
 */
#ifndef VTL_END_H
#define VTL_END_H

#include <stdbool.h>

#include "core/vp.h"
#include "vtl/vtl_arch.h"

/* VTL0 asked for the end of the machine on this VP: all VPs park, secrets are wiped, the boot VP
 * performs it. Returns on no VP. */
_Noreturn void end_machine(struct vp *vp, enum reset_kind kind);

/* Parks this VP if the end has begun; asked at every entry with an interrupt. */
void end_check(struct vp *vp);

/* From here on fatal() can reach the hypervisor's crash registers. Boot VP. */
void end_crash_registers_usable(void);

#endif
