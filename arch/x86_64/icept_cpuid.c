/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does CPUID say to VTL0? What the hypervisor would have said, which the message carries, but
 * for the bits of the table.
 *
 * The hypervisor asks about leaves that nobody defines (VsmPartitionConfig) and about those that we
 * claim. Must never: add a bit to what the hypervisor says; what it promises to VTL0 is its own.
 */
#include "arch/x86_64/icept.h"

#include "core/log.h"
#include "vtl/intercept.h"
#include "vtl/vsm.h"

#include "hv/synic.h"
#include "hv/vsm.h"
#include "hv/x64.h"

/* CPUID, where the hypervisor does not tell. */
#define INSTRUCTION_SIZE 2

struct leaf_row {
	uint32_t leaf;
	const char *name;
	/* What VTL0 must not see. */
	uint32_t clear_eax, clear_ebx, clear_ecx, clear_edx;
};

static const struct leaf_row rows[] = {
	/* Privileges of the partition that only VTL2 uses: VTL0 has no VTL1 to enable. */
	{ HYPERV_CPUID_FEATURES, "privileges",
	  .clear_ebx = HV_ACCESS_VSM | HV_START_VIRTUAL_PROCESSOR },
};

void icept_cpuid(struct vp *vp, const volatile void *payload, size_t size)
{
	static const struct leaf_row none = { 0 };
	const volatile struct hv_x64_cpuid_intercept_message *m = payload;
	uint32_t leaf = (uint32_t)vp->regs.gpr[REG_RAX];
	const struct leaf_row *row = &none;
	uint64_t *gpr = vp->regs.gpr;
	struct icept_head at;
	size_t i;

	if (size < sizeof(*m)) {
		return;
	}
	at = icept_decode_head(&m->header);
	if (!intercept_resume_at(at.pc + (at.length != 0 ? at.length : INSTRUCTION_SIZE))) {
		return;
	}
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (rows[i].leaf == leaf) {
			row = &rows[i];
		}
	}
	gpr[REG_RAX] = (uint32_t)m->default_rax & ~row->clear_eax;
	gpr[REG_RBX] = (uint32_t)m->default_rbx & ~row->clear_ebx;
	gpr[REG_RCX] = (uint32_t)m->default_rcx & ~row->clear_ecx;
	gpr[REG_RDX] = (uint32_t)m->default_rdx & ~row->clear_edx;
	vp->stats.count[PARAVANE_STAT_CPUID]++;
}

void icept_cpuid_install(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (vsm_install_intercept(HV_INTERCEPT_TYPE_X64_CPUID,
					  HV_INTERCEPT_ACCESS_MASK_EXECUTE, rows[i].leaf) != OK) {
			log_info("vsm: no intercept of CPUID: VTL0 sees the hypervisor's %s",
				 rows[i].name);
		}
	}
}
