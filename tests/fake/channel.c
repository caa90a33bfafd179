/* SPDX-License-Identifier: BSD-2-Clause */
/* How does the fake architecture open its channel? By the register alone, as one without a
 * hypercall page does. */
#include "vtl/vp_regs.h"
#include "vtl/vtl_arch.h"

#include "hv/regs.h"

enum err vtl_arch_open(uint64_t guest_os_id)
{
	return vp_reg_set(VP_REGS_OWN, HV_REGISTER_GUEST_OS_ID, guest_os_id);
}

void vtl_arch_close(void)
{
	(void)!vp_reg_set(VP_REGS_OWN, HV_REGISTER_GUEST_OS_ID, 0);
}
