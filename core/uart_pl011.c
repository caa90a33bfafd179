/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we use a PL011 or SBSA UART that the host gave us?
 *
 * May assume: the registers are mapped as device memory, and the host has set the line up (an
 * SBSA UART has no baud registers). Must never: wait without a bound; a console that does not
 * answer must not stop the firmware.
 */
#include "core/uart.h"

#include "core/arch.h"
#include "core/pl011.h"

#define TX_POLLS_MAX 100000

static bool is_full(uint64_t base)
{
	return (arch_mmio_read32(base + UARTFR) & UARTFR_TXFF) != 0;
}

/* Not inlined: it needs registers that a line with room does not. */
static __attribute__((noinline)) bool stays_full(uint64_t base)
{
	unsigned int polls = 1;

	while (is_full(base)) {
		if (++polls == TX_POLLS_MAX) {
			return true;
		}
	}
	return false;
}

void uart_put(uint64_t base, char c)
{
	if (is_full(base) && stays_full(base)) {
		return;
	}
	arch_mmio_write32(base + UARTDR, (uint8_t)c);
}

bool uart_get(uint64_t base, uint8_t *c)
{
	if ((arch_mmio_read32(base + UARTFR) & UARTFR_RXFE) != 0) {
		return false;
	}
	*c = (uint8_t)arch_mmio_read32(base + UARTDR);
	return true;
}

void uart_enable_rx_interrupt(uint64_t base)
{
	arch_mmio_write32(base + UARTICR, UARTINT_RX | UARTINT_RT);
	arch_mmio_write32(base + UARTIMSC, UARTINT_RX | UARTINT_RT);
}
