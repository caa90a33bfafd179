/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which intercepts exist, and who answers them? (the second table)
 */
#ifndef VTL_INTERCEPT_H
#define VTL_INTERCEPT_H

#include "core/vp.h"
#include "vtl/synic.h"

/* Answers one message about VTL0 on this VP. Unknown ones are counted and otherwise ignored. */
void intercept_dispatch(struct vp *vp, const struct synic_message *message);

/*
 * Entered for a store of VTL0's kernel to the door page, told in the assist page? Then it is
 * answered at once, for which vp->regs need hold no more than for a VTL call. Otherwise nothing was
 * done.
 */
bool intercept_take_door(struct vp *vp);

/* VTL0 goes on at that instruction. false: refused, and nothing else may happen. */
bool intercept_resume_at(uint64_t pc);

#endif
