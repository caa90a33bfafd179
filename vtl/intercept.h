/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which intercepts exist, and who answers them? (the second table)
 */
#ifndef VTL_INTERCEPT_H
#define VTL_INTERCEPT_H

#include "core/vp.h"

#include "hv/synic.h"

/* Answers one message about VTL0 on this VP. Unknown ones are ignored. The hypervisor may write to
 * it at any time: each field is read once. */
void intercept_dispatch(struct vp *vp, const volatile struct hv_message *message);

/* VTL0 goes on at that instruction. false: refused, and nothing else may happen. */
bool intercept_resume_at(uint64_t pc);

#endif
