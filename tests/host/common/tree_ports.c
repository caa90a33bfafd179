/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a host's tree tell of UARTs at ports?
 *
 * One cell each, says the bus, and then its UARTs have 64 bits for the port and 64 for the length:
 * so it is in every host's tree that is publicly known.
 */
#include "tests/host/common/fdt_write.h"
#include "tests/host/common/tree.h"

#define UART_PORTS 8
#define UART_SPEED 115200U

void tree_write_ports(struct fdt_writer *writer, const struct tree_uart uart[2])
{
	uint32_t n;

	fdt_write_begin(writer, "pio-bus");
	fdt_write_string(writer, "compatible", "x86-pio-bus");
	fdt_write_u32(writer, "#address-cells", 1);
	fdt_write_u32(writer, "#size-cells", 1);
	fdt_write_prop(writer, "ranges", NULL, 0);
	for (n = 0; n < 2; n++) {
		uint64_t reg[2] = { uart[n].base, UART_PORTS };

		fdt_write_begin_at(writer, "serial", uart[n].base);
		fdt_write_string(writer, "compatible", "ns16550");
		fdt_write_u64s(writer, "reg", reg, 2);
		fdt_write_u32(writer, "current-speed", UART_SPEED);
		fdt_write_end(writer);
	}
	fdt_write_end(writer);
}
