/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does an emulated device interrupt VTL0? HvCallAssertVirtualInterrupt: a level line that the
 * hypervisor presents to VTL0's interrupt controller until it is taken back.
 */
#include "core/devices.h"
#include "core/log.h"
#include "core/vp.h"
#include "vtl/hypercall.h"

#include "hv/hvgdk.h"
#include "hv/vsm.h"

void vtl0_line_set(uint32_t number, bool asserted)
{
	union hv_arm64_interrupt_control control = {
		.interrupt_type = HV_INTERRUPT_TYPE_FIXED,
		.asserted = asserted ? 1 : 0,
	};
	struct hv_input_assert_virtual_interrupt in = {
		.partition_id = HV_PARTITION_ID_SELF,
		.control = control.as_uint64,
		.dest_addr = vp_boot()->hw_id.v, /* for an SPI it means nothing, but must exist */
		.vector = number,
		.target_vtl = HV_NORMAL_VTL,
	};

	if (hypercall_do(&(struct hypercall){ .code = HVCALL_ASSERT_VIRTUAL_INTERRUPT,
					      .in = &in,
					      .in_size = sizeof(in) }) != OK) {
		log_debug("line: interrupt %u refused", number);
	}
}
