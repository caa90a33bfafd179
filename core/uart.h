/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we use the UART that the host gave us?
 *
 * One of two files answers, by configuration: uart_pl011.c (DDI0183; SBSA generic UART), whose base
 * is an address, and uart_16550.c, whose base is an I/O port.
 */
#ifndef CORE_UART_H
#define CORE_UART_H

#include <stdbool.h>
#include <stdint.h>

/* Waits, within a bound, for room in the transmit FIFO, then writes c. */
void uart_put(uint64_t base, char c);

/* Takes one received character. false: none is there. */
bool uart_get(uint64_t base, uint8_t *c);

/* Lets received characters raise the interrupt. */
void uart_enable_rx_interrupt(uint64_t base);

#endif
