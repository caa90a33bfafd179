/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do power-off and reset end?
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

/* Our own fault was found on this VP: no other returns to VTL0, from its next entry on. After the
 * boot VP's interrupts were set up. */
void end_others_at_once(void);

#endif
