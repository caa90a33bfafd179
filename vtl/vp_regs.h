/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we get and set VP registers, ours and VTL0's?
 */
#ifndef VTL_VP_REGS_H
#define VTL_VP_REGS_H

#include <stdint.h>

#include "core/err.h"
#include "core/types.h"

/* Whose registers: the calling VP's, at one VTL. */
enum vp_regs_vtl {
	VP_REGS_OWN, /* the VTL that asks: VTL2 */
	VP_REGS_VTL0,
};

struct vp_reg {
	uint32_t name; /* HV_REGISTER_*, HV_ARM64_REGISTER_* ... */
	uint64_t low;
	uint64_t high; /* of registers wider than 64 bits, else 0 */
};

#define VP_REGS_SET_MAX 16

/* Sets count registers of this VP, in order. On an error those before the refused one are set. */
__must_check enum err vp_regs_set(enum vp_regs_vtl vtl, const struct vp_reg *regs, uint32_t count);
/* The same where only the first `needed` of them must be: the rest may be refused. */
__must_check enum err vp_regs_set_at_least(enum vp_regs_vtl vtl, const struct vp_reg *regs,
					   uint32_t count, uint32_t needed);
__must_check enum err vp_reg_set(enum vp_regs_vtl vtl, uint32_t name, uint64_t value);

__must_check enum err vp_reg_get(enum vp_regs_vtl vtl, uint32_t name, uint64_t *value);

/* The status of the last refused call of this file, for messages. */
uint16_t vp_regs_last_status(void);

/* Says what the hypervisor refused, with the status; returns err. */
enum err vp_regs_refused(const char *what, enum err err);

#endif
