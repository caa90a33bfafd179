/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the host use the machine's PL011? Output byte by byte (QEMU needs no set-up and never
 * blocks), input by interrupt. Nobody else touches it.
 */
#include "tests/host/arm64/uart.h"

#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/arch.h"

#define UART_DR 0x00
#define UART_FR 0x18
#define UART_LCR_H 0x2C
#define UART_CR 0x30
#define UART_IMSC 0x38
#define UART_ICR 0x44
#define FR_RX_EMPTY (1u << 4)
#define FR_TX_FULL (1u << 5)
#define INT_RX (1u << 4)
#define INT_RX_TIMEOUT (1u << 6)

void arch_uart_put(uint8_t byte)
{
	while ((mmio_read32(MACHINE_UART + UART_FR) & FR_TX_FULL) != 0) {
	}
	mmio_write32(MACHINE_UART + UART_DR, byte);
}

void uart_init(void)
{
	mmio_write32(MACHINE_UART + UART_LCR_H, 0x60); /* no FIFO: an interrupt for each byte */
	mmio_write32(MACHINE_UART + UART_CR, 0x301);
	mmio_write32(MACHINE_UART + UART_IMSC, INT_RX | INT_RX_TIMEOUT);
}

void uart_receive(void)
{
	/* Before the loop: a byte that comes after its last look raises the interrupt again. */
	mmio_write32(MACHINE_UART + UART_ICR, INT_RX | INT_RX_TIMEOUT);
	while ((mmio_read32(MACHINE_UART + UART_FR) & FR_RX_EMPTY) == 0) {
		(void)vuart_type((uint8_t)mmio_read32(MACHINE_UART + UART_DR));
	}
}
