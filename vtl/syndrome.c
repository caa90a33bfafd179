/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an exception syndrome say about an access?
 *
 * May assume: nothing; the word comes in a message. Must never: report an operand that the syndrome
 * does not vouch for (ISV).
 */
#include "vtl/syndrome.h"

#define ISS_ISV (UINT64_C(1) << 24)
#define ISS_SAS_SHIFT 22
#define ISS_SSE (UINT64_C(1) << 21)
#define ISS_SRT_SHIFT 16
#define ISS_SF (UINT64_C(1) << 15)
#define ISS_FNV (UINT64_C(1) << 10)

#define FSC_EXTERNAL 0x10      /* synchronous external abort, not on a walk */
#define FSC_EXTERNAL_WALK 0x14 /* on a walk, plus the level */

struct syndrome syndrome_decode(uint64_t esr)
{
	uint64_t class = (esr >> ESR_EC_SHIFT) & ESR_EC_MASK;
	struct syndrome s = { 0 };

	switch (class) {
	case ESR_EC_INSTRUCTION_LOWER:
	case ESR_EC_INSTRUCTION_SAME:
		s.is_execute = true;
		break;
	case ESR_EC_DATA_LOWER:
	case ESR_EC_DATA_SAME:
		s.is_write = (esr & ISS_WNR) != 0;
		s.is_maintenance = (esr & ISS_CM) != 0;
		s.has_operand = (esr & ISS_ISV) != 0 && !s.is_maintenance;
		break;
	default:
		return s;
	}
	s.is_table_walk = (esr & ISS_S1PTW) != 0;
	if (s.is_table_walk) {
		/* The stage 2 fault's own level says nothing about the walk's. */
		s.has_operand = false;
	}
	if (s.has_operand) {
		s.size = 1U << ((esr >> ISS_SAS_SHIFT) & 3);
		s.reg = (uint32_t)(esr >> ISS_SRT_SHIFT) & 0x1F;
		s.sign_extend = (esr & ISS_SSE) != 0;
		s.wide = (esr & ISS_SF) != 0;
	}
	return s;
}

uint64_t syndrome_external_abort(const struct syndrome *s, bool from_el0, bool far_valid)
{
	uint64_t class = s->is_execute ? ESR_EC_INSTRUCTION_SAME : ESR_EC_DATA_SAME;
	uint64_t esr;

	/* The class from a lower level is one less, for both kinds. */
	esr = (class - (from_el0 ? 1 : 0)) << ESR_EC_SHIFT | ESR_IL;
	esr |= s->is_table_walk ? FSC_EXTERNAL_WALK + s->walk_level : FSC_EXTERNAL;
	if (!s->is_execute && s->is_write) {
		esr |= ISS_WNR;
	}
	if (!s->is_execute && s->is_maintenance) {
		esr |= ISS_CM | ISS_WNR;
	}
	if (!far_valid) {
		esr |= ISS_FNV;
	}
	return esr;
}
