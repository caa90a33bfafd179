/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the host use the machine's 16550? Output byte by byte (QEMU needs no set-up and never
 * blocks), input by interrupt. Nobody else touches it.
 */
#include "tests/host/x86_64/uart.h"

#include "tests/host/common/arch.h"
#include "tests/host/x86_64/machine.h"

#define DATA 0
#define IER 1
#define FCR 2
#define LCR 3
#define MCR 4
#define LSR 5
#define IER_RX 1
#define LCR_8N1 3
#define MCR_OUT2 8
#define LSR_RX 1
#define LSR_TX_EMPTY 0x20

void arch_uart_put(uint8_t byte)
{
	while ((in8(MACHINE_UART + LSR) & LSR_TX_EMPTY) == 0) {
	}
	out8(MACHINE_UART + DATA, byte);
}

void uart_init(void)
{
	out8(MACHINE_UART + LCR, LCR_8N1);
	out8(MACHINE_UART + FCR, 0);
	out8(MACHINE_UART + MCR, MCR_OUT2 | 3);
	out8(MACHINE_UART + IER, IER_RX);
}

void uart_receive(void)
{
	while ((in8(MACHINE_UART + LSR) & LSR_RX) != 0) {
		(void)vuart_type(in8(MACHINE_UART + DATA));
	}
}
