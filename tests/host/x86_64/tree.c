/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does this machine's tree say beyond the processors and the memory?
 */
#include "tests/host/common/tree.h"

#include "tests/host/common/arch.h"
#include "tests/host/x86_64/uart.h"

void arch_tree(struct tree_params *params)
{
	params->ports = true;
	params->kernel_nodes = vm.opt.tree_kernel_nodes;
	params->uart[0] = (struct tree_uart){ COM1_PORT, 0 };
	params->uart[1] = (struct tree_uart){ COM2_PORT, 0 };
}
