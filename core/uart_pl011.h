/* SPDX-License-Identifier: BSD-2-Clause */
/* How do we use a PL011 or SBSA UART that the host gave us? (DDI0183; SBSA generic UART) */
#ifndef CORE_UART_PL011_H
#define CORE_UART_PL011_H

#include <stdbool.h>
#include <stdint.h>

/* Waits, within a bound, for room in the transmit FIFO, then writes c. */
void uart_pl011_put(uint64_t base, char c);

/* Takes one received character. false: none is there. */
bool uart_pl011_get(uint64_t base, uint8_t *c);

/* Lets received characters raise the interrupt. */
void uart_pl011_enable_rx_interrupt(uint64_t base);

#endif
