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

/* A message, copied: the pages it came from are written by the hypervisor at any time. */
struct synic_message {
	uint32_t type; /* HVMSG_*; HVMSG_NONE: there was none */
	uint32_t size; /* payload bytes, at most HV_MESSAGE_PAYLOAD_BYTE_COUNT */
	uint64_t payload[HV_MESSAGE_PAYLOAD_QWORD_COUNT];
};

/* This VP's assist page, message page and SINT0. Needs the interrupt controller. */
__must_check enum err synic_init_vp(const struct platform *platform, struct vp *vp);

/* The interrupt number with which messages arrive: from the tree, or the interface's default. */
uint32_t synic_interrupt(void);

/* Why was VTL2 entered? HV_VTL_ENTRY_*. */
uint32_t synic_entry_reason(const struct vp *vp);

/* Copies the intercept of this entry from the VP assist page. */
void synic_take_intercept(struct vp *vp, struct synic_message *message);

/* Copies and frees SINT0's slot, and lets a waiting message follow. */
void synic_take_message(struct vp *vp, struct synic_message *message);

/* When no interrupt is left: a message whose interrupt got lost is thrown away. VTL0 has gone on
 * trying since, so that the message may be out of date; it gives another one. */
void synic_drop_message(struct vp *vp);

#endif
