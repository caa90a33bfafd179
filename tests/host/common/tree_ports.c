/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a host's tree tell of UARTs at ports?
 *
 * One cell each, says the bus, and then its UARTs have 64 bits for the port and 64 for the length:
 * so it is in every host's tree that is publicly known.
 */
#include "tests/host/common/tree_ports.h"

#define UART_PORTS 8
#define UART_SPEED 115200U

static void write_uart(struct fdt_writer *writer, const struct tree_uart *uart,
		       enum tree_defect_id defect)
{
	uint64_t reg[2] = { uart->base, UART_PORTS };

	fdt_write_begin_at(writer, "serial", uart->base);
	fdt_write_string(writer, "compatible", "ns16550");
	if (defect == TREE_UART_REG_ODD) {
		fdt_write_u64s(writer, "reg", reg, 1);
	} else if (defect != TREE_UART_NO_REG) {
		fdt_write_u64s(writer, "reg", reg, 2);
	}
	fdt_write_u32(writer, "current-speed", UART_SPEED);
	fdt_write_end(writer);
}

void tree_write_ports(struct fdt_writer *writer, const struct tree_uart uart[2],
		      enum tree_defect_id defect)
{
	fdt_write_begin(writer, "pio-bus");
	fdt_write_string(writer, "compatible", "x86-pio-bus");
	fdt_write_u32(writer, "#address-cells", 1);
	fdt_write_u32(writer, "#size-cells", 1);
	fdt_write_prop(writer, "ranges", NULL, 0);
	write_uart(writer, &uart[0], defect);
	write_uart(writer, &uart[1], TREE_GOOD);
	fdt_write_end(writer);
}
