/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does an exception syndrome say about an access? (Arm ARM, DDI0487: ESR_ELx)
 *
 * Pure arithmetic, so that it is tested on the developer's machine.
 */
#ifndef ARCH_ARM64_SYNDROME_H
#define ARCH_ARM64_SYNDROME_H

#include <stdbool.h>
#include <stdint.h>

#define ESR_EC_SHIFT 26
#define ESR_EC_MASK UINT64_C(0x3F)
#define ESR_IL (UINT64_C(1) << 25)

#define ESR_EC_INSTRUCTION_LOWER 0x20
#define ESR_EC_INSTRUCTION_SAME 0x21
#define ESR_EC_DATA_LOWER 0x24
#define ESR_EC_DATA_SAME 0x25

#define ISS_ISV (UINT64_C(1) << 24)
#define ISS_SAS_SHIFT 22
#define ISS_SSE (UINT64_C(1) << 21)
#define ISS_SRT_SHIFT 16
#define ISS_SF (UINT64_C(1) << 15)
#define ISS_CM (UINT64_C(1) << 8)
#define ISS_S1PTW (UINT64_C(1) << 7)
#define ISS_WNR (UINT64_C(1) << 6)

/* A store, whatever of: neither cache maintenance nor a table walk. */
static inline bool syndrome_is_store(uint64_t esr)
{
	uint64_t class = (esr >> ESR_EC_SHIFT) & ESR_EC_MASK;

	return (class == ESR_EC_DATA_LOWER || class == ESR_EC_DATA_SAME) &&
	       (esr & (ISS_WNR | ISS_CM | ISS_S1PTW)) == ISS_WNR;
}

/* All of it zero for a class that is neither a data nor an instruction abort. */
struct syndrome {
	bool is_execute;
	bool is_write;	     /* of a data abort */
	bool is_maintenance; /* cache maintenance or address translation instruction */
	bool is_table_walk;  /* the stage 1 walk hit it */
	uint32_t walk_level; /* where the hardware tells; else 0 */
	bool has_operand;    /* ISV: the fields below are valid */
	uint32_t size;	     /* bytes: 1, 2, 4, 8 */
	uint32_t reg;	     /* 31 is the zero register */
	bool sign_extend;
	bool wide;
};

static inline struct syndrome syndrome_decode(uint64_t esr)
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

/*
 * The ESR_EL1 with which the same access fails as a synchronous external abort.
 * from_el0: the access came from EL0. far_valid: FAR_EL1 will hold its address.
 */
uint64_t syndrome_external_abort(const struct syndrome *s, bool from_el0, bool far_valid);

#endif
