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

#endif
