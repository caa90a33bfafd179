/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an exception syndrome say about an access?
 *
 * May assume: nothing; the word comes in a message. Must never: report an operand that the syndrome
 * does not vouch for (ISV).
 */
#include "arch/arm64/syndrome.h"

#define ISS_FNV (UINT64_C(1) << 10)

#define FSC_EXTERNAL 0x10      /* synchronous external abort, not on a walk */
#define FSC_EXTERNAL_WALK 0x14 /* on a walk, plus the level */

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
