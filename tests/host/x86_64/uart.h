/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who talks to the UARTs? The real one is the host's (uart.c); VTL2 has two that are emulated
 * (vuart.c).
 */
#ifndef TESTS_HOST_X86_64_UART_H
#define TESTS_HOST_X86_64_UART_H

#include <stdbool.h>
#include <stdint.h>

#define COM1_PORT 0x3E8 /* what a host's tree calls COM3 */
#define COM2_PORT 0x2E8

/* Receive interrupts of the real UART on. */
void uart_init(void);
/* Moves typed bytes to com2. */
void uart_receive(void);

/* A typed byte for com2; false when its buffer is full. */
bool vuart_type(uint8_t byte);
/* An access by VTL2; `offset` from the first port. */
uint8_t vuart_read(uint32_t which, uint32_t offset);
void vuart_write(uint32_t which, uint32_t offset, uint8_t value);

#endif
