/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was handed over? The device tree in X0.
 */
#include "tests/guest/lib/arm64/arm64.h"

bool machine_init(uint64_t handed_over)
{
	return tree_init(handed_over);
}

uint64_t machine_handed_over(void)
{
	return tree_address();
}

bool machine_cpu(unsigned int n, uint64_t *id)
{
	return tree_cpu(n, id);
}

bool machine_memory(unsigned int n, uint64_t *base, uint64_t *size)
{
	char path[64];

	return tree_node("/memory@", n, path, sizeof(path)) && tree_reg(path, base, size);
}

/* The console and the interrupt distributor. */
uint64_t machine_device(unsigned int n)
{
	static const char prefixes[][9] = { "/serial@", "/intc@" };
	uint64_t base = 0;
	uint64_t size = 0;
	char path[64];

	if (n >= sizeof(prefixes) / sizeof(prefixes[0]) ||
	    !tree_node(prefixes[n], 0, path, sizeof(path)) || !tree_reg(path, &base, &size)) {
		return 0;
	}
	return base;
}

const char *machine_command_line(void)
{
	return tree_string("/chosen", "bootargs");
}
