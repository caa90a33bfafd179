/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do the two UARTs of VTL2 answer? The registers of a 16550A. Transmission is instant. Input
 * comes to com2 only. There is no interrupt line: both are polled.
 */
#include "tests/host/x86_64/uart.h"

#include "tests/host/common/console.h"
#include "tests/host/common/vm.h"

#define RX_MAX 256
#define REG_DATA 0
#define REG_IER 1
#define REG_IIR 2
#define REG_LCR 3
#define REG_MCR 4
#define REG_LSR 5
#define REG_MSR 6
#define REG_SCRATCH 7
#define LCR_DIVISOR 0x80
#define LSR_RX 0x01
#define LSR_EMPTY 0x60
#define IER_RX 0x01
#define IER_TX 0x02
#define IER_KNOWN 0x0F
#define IIR_NONE 0x01
#define IIR_TX 0x02
#define IIR_RX 0x04
#define IIR_FIFO 0xC0
#define FCR_ENABLE 0x01
#define FCR_CLEAR_RX 0x02
#define MCR_KNOWN 0x1F
#define MCR_LOOP 0x10
#define MSR_LINES 0xB0

struct vuart {
	uint8_t rx[RX_MAX];
	uint32_t head;
	uint32_t used;
	uint8_t ier;
	uint8_t lcr;
	uint8_t mcr;
	uint8_t scratch;
	uint8_t divisor[2];
	bool fifo;
};

static struct vuart uarts[2] = { { .divisor = { 1, 0 } }, { .divisor = { 1, 0 } } };

bool vuart_type(uint8_t byte)
{
	struct vuart *uart = &uarts[1];

	if (uart->used == RX_MAX) {
		return false;
	}
	uart->rx[(uart->head + uart->used++) % RX_MAX] = byte;
	return true;
}

static uint8_t take_byte(struct vuart *uart)
{
	uint8_t byte = 0;

	if (uart->used != 0) {
		byte = uart->rx[uart->head];
		uart->head = (uart->head + 1) % RX_MAX;
		uart->used--;
	}
	return byte;
}

static uint8_t iir(const struct vuart *uart)
{
	uint8_t cause = IIR_NONE;

	if ((uart->ier & IER_RX) != 0 && uart->used != 0) {
		cause = IIR_RX;
	} else if ((uart->ier & IER_TX) != 0) {
		cause = IIR_TX;
	}
	return cause | (uart->fifo ? IIR_FIFO : 0);
}

/* With the loop closed the modem's lines are what the modem control register drives. */
static uint8_t modem_status(const struct vuart *uart)
{
	uint8_t mcr = uart->mcr;

	if ((mcr & MCR_LOOP) == 0) {
		return MSR_LINES;
	}
	return (uint8_t)((mcr & 1) << 5 | (mcr & 2) << 3 | (mcr & 4) << 4 | (mcr & 8) << 4);
}

uint8_t vuart_read(uint32_t which, uint32_t offset)
{
	struct vuart *uart = &uarts[which];

	if ((uart->lcr & LCR_DIVISOR) != 0 && offset <= REG_IER) {
		return uart->divisor[offset];
	}
	switch (offset) {
	case REG_DATA:
		return take_byte(uart);
	case REG_IER:
		return uart->ier;
	case REG_IIR:
		return iir(uart);
	case REG_LCR:
		return uart->lcr;
	case REG_MCR:
		return uart->mcr;
	case REG_LSR:
		return LSR_EMPTY | (uart->used != 0 ? LSR_RX : 0);
	case REG_MSR:
		return modem_status(uart);
	default:
		return uart->scratch;
	}
}

void vuart_write(uint32_t which, uint32_t offset, uint8_t value)
{
	struct vuart *uart = &uarts[which];

	if ((uart->lcr & LCR_DIVISOR) != 0 && offset <= REG_IER) {
		uart->divisor[offset] = value;
		return;
	}
	switch (offset) {
	case REG_DATA:
		if ((uart->mcr & MCR_LOOP) == 0) {
			console_put(which == 0 ? ORIGIN_COM1 : ORIGIN_COM2, value);
		}
		break;
	case REG_IER:
		uart->ier = value & IER_KNOWN;
		break;
	case REG_IIR:
		uart->fifo = (value & FCR_ENABLE) != 0;
		if ((value & FCR_CLEAR_RX) != 0) {
			uart->used = 0;
		}
		break;
	case REG_LCR:
		uart->lcr = value;
		break;
	case REG_MCR:
		uart->mcr = value & MCR_KNOWN;
		break;
	case REG_SCRATCH:
		uart->scratch = value;
		break;
	default:
		break;
	}
}
