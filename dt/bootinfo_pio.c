/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the loader tell us about serial ports, where they lie at I/O ports?
 *
 * OpenHCL's hosts: /pio-bus with children whose reg is one pair of 64-bit numbers, whatever the
 * bus's own cells say, and who all have a speed. May assume that fdt_check() passed.
 */
#include "dt/bootinfo.h"

#define PORTS_OF_16550 8
#define PORT_MAX UINT16_MAX

static void read_port(struct prop_reader *r, int node, struct platform *p)
{
	struct platform_uart uart = { .present = true };
	const uint8_t *reg;
	uint64_t size = 0;
	uint32_t i;

	reg = prop_exactly(r, node, "reg", PROP_REQUIRED, 16, "not one pair of port and size");
	if (reg != NULL) {
		uart.base = prop_load64(reg);
		size = prop_load64(reg + 8);
	}
	prop_require(r, node, "reg", size == PORTS_OF_16550, "not 8 ports");
	prop_require(r, node, "reg", uart.base <= PORT_MAX - (PORTS_OF_16550 - 1), "no such port");
	uart.baud = prop_u32(r, node, "current-speed", PROP_REQUIRED);
	for (i = 0; i < p->uart_count; i++) {
		prop_require(r, node, "reg",
			     p->uart[i].base / PORTS_OF_16550 != uart.base / PORTS_OF_16550,
			     "shares registers with another port");
	}
	prop_require(r, node, "reg", uart.base % PORTS_OF_16550 == 0, "not aligned");
	if (r->err == OK) {
		p->uart[p->uart_count++] = uart;
	}
}

void bootinfo_ports(struct prop_reader *r, struct platform *p)
{
	int bus = prop_child(r, 0, "pio-bus");
	int node = 0;

	if (bus < 0 || !prop_lists(r, bus, "compatible", "x86-pio-bus")) {
		return;
	}
	while ((node = prop_next(r, bus, node)) != 0) {
		/* More ports than we use is no defect. */
		if (p->uart_count < PLATFORM_MAX_UARTS &&
		    prop_lists(r, node, "compatible", "ns16550")) {
			read_port(r, node, p);
		}
	}
}
