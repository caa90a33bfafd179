/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we get and set VP registers, ours and VTL0's?
 */
#ifndef VTL_VP_REGS_H
#define VTL_VP_REGS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/types.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/vsm.h"

/* Whose registers: the calling VP's, at one VTL. */
enum vp_regs_vtl {
	VP_REGS_OWN = HV_INPUT_VTL_CURRENT, /* the VTL that asks: VTL2 */
	VP_REGS_VTL0 = HV_INPUT_VTL_OF(HV_NORMAL_VTL),
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

/* The same tried once, for what every trap does: the head and one element as words, in registers.
 * 0: it is set. Anything else is for vp_reg_set_rest(). */
__must_check static inline uint64_t vp_reg_set_quick(enum vp_regs_vtl vtl, uint32_t name,
						     uint64_t value)
{
	uint64_t head = HV_VP_INDEX_SELF | (uint64_t)vtl << 32;
	uint64_t one = UINT64_C(1) << HV_HYPERCALL_REP_COMP_OFFSET;
	uint64_t control = HVCALL_SET_VP_REGISTERS | HV_HYPERCALL_FAST_BIT | one;
	uint64_t word =
		vtl_arch_hypercall_six(control, HV_PARTITION_ID_SELF, head, name, 0, value, 0);

	/* The other bits of the result word are not promised. */
	return (word & (HV_HYPERCALL_RESULT_MASK | HV_HYPERCALL_REP_COMP_MASK)) ^ one;
}

/* What is unfinished after the quick way is done again, what is refused is not. */
__must_check enum err vp_reg_set_rest(uint64_t rest, enum vp_regs_vtl vtl, uint32_t name,
				      uint64_t value);

__must_check enum err vp_reg_get(enum vp_regs_vtl vtl, uint32_t name, uint64_t *value);

/* The status of the last refused call of this file, for messages. */
uint16_t vp_regs_last_status(void);

/* Says what the hypervisor refused, with the status; returns err. */
enum err vp_regs_refused(const char *what, enum err err);

#endif
