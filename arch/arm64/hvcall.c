/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hypercall channel: HVC #0 as SMCCC says, HVC #1 as Hyper-V says. One of the two carries all
 * hypercalls, by configuration; identification is always SMCCC.
 */
#include "arch/arm64/hvc.h"
#include "arch/arm64/sysreg.h"
#include "core/kconfig.h"
#include "vtl/vtl_arch.h"

#include "hv/arm64.h"
#include "smccc/smccc.h"

/* Registers of the block begin behind the control word, which HVC #0 has one register later. */
#define FIRST_NATIVE 1
#define FIRST_SMCCC 2

struct smccc_result hvc_smccc(uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3)
{
	uint64_t x[18] = { id, a1, a2, a3 };

	hvc0(x);
	return (struct smccc_result){ { x[0], x[1], x[2], x[3] } };
}

enum err vtl_arch_identify(const struct platform *platform)
{
	struct smccc_result r;

	/* A tree that names SMC as the conduit contradicts its other evidence. */
	if (platform->psci_conduit_smc) {
		return ERR_NOT_FOUND;
	}
	r = hvc_smccc(SMCCC_VENDOR_HYP_UID, 0, 0, 0);
	return (uint32_t)r.x[0] == HV_ARM64_UID_WORD0 && (uint32_t)r.x[1] == HV_ARM64_UID_WORD1 &&
			       (uint32_t)r.x[2] == HV_ARM64_UID_WORD2 &&
			       (uint32_t)r.x[3] == HV_ARM64_UID_WORD3 ?
		       OK :
		       ERR_NOT_FOUND;
}

int32_t vtl_arch_ask_feature(uint32_t id)
{
	return (int32_t)hvc_smccc(SMCCC_ARCH_FEATURES, id, 0, 0).x[0];
}

/* Moves the control word and the block to where the convention has them, and calls. */
static uint64_t call(uint64_t x[18], uint64_t control)
{
	if (IS_ENABLED(CONFIG_HVCALL_SMCCC)) {
		x[0] = HV_ARM64_SMCCC_HYPERCALL;
		x[1] = control;
		hvc0(x);
	} else {
		x[0] = control;
		hvc1(x);
	}
	return x[0];
}

uint64_t vtl_arch_hypercall_fast(uint64_t control, const uint64_t block[ARCH_FAST_WORDS],
				 uint32_t pairs)
{
	uint32_t first = IS_ENABLED(CONFIG_HVCALL_SMCCC) ? FIRST_SMCCC : FIRST_NATIVE;
	uint64_t x[18] = { 0 };
	uint32_t i;

	for (i = 0; i < 2 * pairs; i++) {
		x[first + i] = block[i];
	}
	return call(x, control);
}

uint64_t vtl_arch_hypercall_memory(uint64_t control, pa_t in, pa_t out)
{
	uint32_t first = IS_ENABLED(CONFIG_HVCALL_SMCCC) ? FIRST_SMCCC : FIRST_NATIVE;
	uint64_t x[18] = { 0 };

	x[first] = in.v;
	x[first + 1] = out.v;
	dsb_ish();
	return call(x, control);
}
