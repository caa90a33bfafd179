/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we use a 16550 that the host gave us? (National PC16550D)
 *
 * May assume: the host has set the line up. Must never: wait without a bound; a console that does
 * not answer must not stop the firmware.
 */
#include "core/arch.h"
#include "core/uart.h"

#define THR 0 /* RBR when read */
#define IER 1
#define LSR 5

#define IER_RECEIVED (1U << 0)
#define LSR_DATA_READY (1U << 0)
#define LSR_THR_EMPTY (1U << 5)

#define TX_POLLS_MAX 100000

void uart_put(uint64_t base, char c)
{
	unsigned int polls = 0;

	while ((arch_port_read8((uint16_t)(base + LSR)) & LSR_THR_EMPTY) == 0) {
		if (++polls == TX_POLLS_MAX) {
			return;
		}
	}
	arch_port_write8((uint16_t)(base + THR), (uint8_t)c);
}

bool uart_get(uint64_t base, uint8_t *c)
{
	if ((arch_port_read8((uint16_t)(base + LSR)) & LSR_DATA_READY) == 0) {
		return false;
	}
	*c = arch_port_read8((uint16_t)(base + THR));
	return true;
}

void uart_enable_rx_interrupt(uint64_t base)
{
	arch_port_write8((uint16_t)(base + IER), IER_RECEIVED);
}
