/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who talks to the UARTs? The real one is the host's (uart.c); VTL2 has two that are emulated
 * (vuart.c).
 */
#ifndef TESTS_HOST_ARM64_UART_H
#define TESTS_HOST_ARM64_UART_H

#include <stdbool.h>
#include <stdint.h>

#define COM1_BASE 0xEFFEC000ull
#define COM1_INTID 33
#define COM2_BASE 0xEFFEB000ull
#define COM2_INTID 34

/* Receive interrupts of the real UART on. */
void uart_init(void);
/* Moves typed bytes to com2. */
void uart_receive(void);

/* A typed byte for com2; false when its buffer is full. */
bool vuart_type(uint8_t byte);
/* An access by VTL2; `offset` inside the page. */
uint64_t vuart_read(uint32_t which, uint32_t offset);
void vuart_write(uint32_t which, uint32_t offset, uint64_t value);

#endif
