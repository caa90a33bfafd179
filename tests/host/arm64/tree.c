/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does this machine's tree say beyond the processors and the memory?
 */
#include "tests/host/common/tree.h"

#include "tests/host/arm64/uart.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"

void arch_tree(struct tree_params *params)
{
	params->uart[0] = (struct tree_uart){ COM1_BASE, COM1_INTID };
	params->uart[1] = (struct tree_uart){ COM2_BASE, COM2_INTID };
	params->gic = vm.opt.tree_gic;
	params->kernel_nodes = vm.opt.tree_kernel_nodes;
	params->timer_intid = VGIC_TIMER_INTID;
	params->gicd_base = VGIC_GICD;
	params->gicr_base = VGIC_GICR;
}
