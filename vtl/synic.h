/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do messages arrive and get acknowledged?
 */
#ifndef VTL_SYNIC_H
#define VTL_SYNIC_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/platform.h"
#include "core/vp.h"

#include "hv/synic.h"
#include "hv/vsm.h"

/* This VP's assist page, message page and SINT0. Needs the interrupt controller. */
__must_check enum err synic_init_vp(const struct platform *platform, struct vp *vp);

/* The interrupt number with which messages arrive: from the tree, or the interface's default. */
uint32_t synic_interrupt(void);

/* The intercept of this entry, in the VP assist page: the hypervisor's memory, so each field is
 * read once. It stays until VTL0 runs again. */
static inline const volatile struct hv_message *synic_intercept(const struct vp *vp)
{
	const struct hv_vp_assist_page *assist = vp->assist_page;

	return (const volatile void *)assist->intercept_message;
}

/* Copies and frees SINT0's slot, and lets a waiting message follow. False: there was none. */
__must_check bool synic_take_message(struct vp *vp, struct hv_message *message);

/* When no interrupt is left: a message whose interrupt got lost is thrown away. VTL0 has gone on
 * trying since, so that the message may be out of date; it gives another one. */
void synic_drop_message(struct vp *vp);

#endif
