/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a kernel want in its tree that no host's tree has?
 *
 * The loader at VTL2 that is publicly known adds it: what the root is compatible with, without
 * which Linux on x86_64 takes the tree for empty, and on arm64 how processors are started, which
 * interrupt the timer has, where interrupts go that name no controller. By the words of Linux's
 * bindings.
 */
#include "tests/host/common/tree_kernel.h"

#define IRQ_PPI 1U
#define PPI_FIRST 16U
#define IRQ_LEVEL_LOW 8U

void tree_write_kernel(struct fdt_writer *writer, uint32_t controller, uint32_t timer_intid)
{
	uint32_t interrupt[3] = { IRQ_PPI, timer_intid - PPI_FIRST, IRQ_LEVEL_LOW };

	fdt_write_string(writer, "compatible", "microsoft,hyperv");
	if (timer_intid == 0) {
		return;
	}
	fdt_write_u32(writer, "interrupt-parent", controller);
	fdt_write_begin(writer, "psci");
	fdt_write_string(writer, "compatible", "arm,psci-1.0");
	fdt_write_string(writer, "method", "hvc");
	fdt_write_end(writer);
	fdt_write_begin(writer, "timer");
	fdt_write_string(writer, "compatible", "arm,armv8-timer");
	fdt_write_string(writer, "interrupt-names", "virt");
	fdt_write_u32s(writer, "interrupts", interrupt, 3);
	fdt_write_prop(writer, "always-on", NULL, 0);
	fdt_write_end(writer);
}
