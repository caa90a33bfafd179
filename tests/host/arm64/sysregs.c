/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a trapped system register answer? Software interrupts go to the VTL's own controller;
 * performance counters, debug registers and the physical timer read as zero and ignore writes,
 * but MDSCR_EL1, which is kept for each VTL. Anything else is undefined for the guest.
 */
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/trap.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/count.h"

#define ISS_OP0(e) ((uint32_t)((e) >> 20) & 3)
#define ISS_OP2(e) ((uint32_t)((e) >> 17) & 7)
#define ISS_OP1(e) ((uint32_t)((e) >> 14) & 7)
#define ISS_CRN(e) ((uint32_t)((e) >> 10) & 15)
#define ISS_RT(e) ((uint32_t)((e) >> 5) & 31)
#define ISS_CRM(e) ((uint32_t)((e) >> 1) & 15)
#define ISS_IS_READ(e) (((e)&1) != 0)

static bool is_sgi(uint64_t esr)
{
	return ISS_OP0(esr) == 3 && ISS_OP1(esr) == 0 && ISS_CRN(esr) == 12 && ISS_CRM(esr) == 11 &&
	       ISS_OP2(esr) >= 5;
}

static bool is_ignored(uint64_t esr)
{
	uint32_t crn = ISS_CRN(esr);
	uint32_t crm = ISS_CRM(esr);

	if (ISS_OP0(esr) == 2) {
		return true;
	}
	if (ISS_OP0(esr) != 3) {
		return false;
	}
	if (crn == 9 && crm >= 12) {
		return true;
	}
	/* Counters of the PMU, and CNTP. */
	return crn == 14 && (crm >= 8 || (ISS_OP1(esr) == 3 && crm == 2));
}

static bool is_mdscr(uint64_t esr)
{
	return ISS_OP0(esr) == 2 && ISS_OP1(esr) == 0 && ISS_CRN(esr) == 0 && ISS_CRM(esr) == 2 &&
	       ISS_OP2(esr) == 2;
}

void sysreg_handle(struct cpu *cpu, uint64_t esr)
{
	uint32_t slot = vtl_slot(cpu->vp.active);
	uint32_t rt = ISS_RT(esr);
	uint64_t value = rt == 31 ? 0 : cpu->x[rt];
	bool is_read = ISS_IS_READ(esr);

	count(COUNT_SYSREG);
	if (is_sgi(esr)) {
		/* Only group 1 is delivered: the other two registers' requests end here. */
		if (!is_read && ISS_OP2(esr) == 5) {
			vgic_send_sgi(cpu, slot, value);
		}
	} else if (is_mdscr(esr)) {
		if (!is_read) {
			cpu->regs[slot].mdscr = value;
		}
		value = cpu->regs[slot].mdscr;
	} else if (is_ignored(esr)) {
		value = 0;
	} else {
		inject_undefined(cpu, cpu->pc);
		return;
	}
	if (is_read && rt != 31) {
		cpu->x[rt] = value;
	}
	cpu->pc += 4;
}
