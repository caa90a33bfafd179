/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL0's console answer where it lies at I/O ports? A 16550 (National PC16550D), as far as
 * a driver that polls can see.
 *
 * Characters go on to the host's UART at once, so there is always room; received ones are fetched
 * from it when VTL0 looks. It has no interrupt line: what it would interrupt for stands in IIR. May
 * assume: any VP at any time. Must never: let VTL0 reach the host's UART registers.
 */
#include "core/dev_16550.h"

#include "core/lock.h"
#include "core/uart.h"

#define RBR 0 /* THR when written; divisor's low byte with LCR_DLAB */
#define IER 1 /* divisor's high byte with LCR_DLAB */
#define IIR 2 /* FCR when written */
#define LCR 3
#define MCR 4
#define LSR 5
#define MSR 6
#define SCR 7

#define IER_RECEIVED 0x01
#define IER_EMPTY 0x02
#define IIR_NONE 0x01
#define IIR_EMPTY 0x02
#define IIR_RECEIVED 0x04
#define IIR_FIFOS 0xC0
#define FCR_ENABLE 0x01
#define LCR_DLAB 0x80
#define MCR_LOOP 0x10
#define LSR_DATA_READY 0x01
#define LSR_EMPTY 0x60 /* holding and shift register */
#define MSR_READY 0xB0 /* carrier, data set ready, clear to send */

static struct {
	struct lock lock;
	bool present;
	bool has_byte;
	uint8_t byte; /* received, not yet read */
	uint8_t divisor[2];
	uint8_t ier;
	uint8_t fcr;
	uint8_t lcr;
	uint8_t mcr;
	uint8_t scr;
	uint64_t host;
} uart;

void dev_16550_init(const struct platform *platform)
{
	if (platform->uart_count > 0) {
		uart.present = true;
		uart.host = platform->uart[platform->uart_count - 1].base;
	}
}

static bool has_byte(void)
{
	if (!uart.has_byte) {
		uart.has_byte = uart_get(uart.host, &uart.byte);
	}
	return uart.has_byte;
}

static uint8_t identify(void)
{
	uint8_t fifos = (uart.fcr & FCR_ENABLE) != 0 ? IIR_FIFOS : 0;

	if ((uart.ier & IER_RECEIVED) != 0 && has_byte()) {
		return fifos | IIR_RECEIVED;
	}
	return fifos | ((uart.ier & IER_EMPTY) != 0 ? IIR_EMPTY : IIR_NONE);
}

/* In loop-back the lines that go out are the ones that come in, crossed. */
static uint8_t modem_status(void)
{
	uint8_t out = uart.mcr;

	if ((out & MCR_LOOP) == 0) {
		return MSR_READY;
	}
	return (uint8_t)((out & 0x0C) << 4 | (out & 0x02) << 3 | (out & 0x01) << 5);
}

static uint8_t read_locked(uint32_t offset)
{
	bool divisor = (uart.lcr & LCR_DLAB) != 0;

	switch (offset) {
	case RBR:
		if (divisor) {
			return uart.divisor[0];
		}
		if (!has_byte()) {
			return 0;
		}
		uart.has_byte = false;
		return uart.byte;
	case IER:
		return divisor ? uart.divisor[1] : uart.ier;
	case IIR:
		return identify();
	case LCR:
		return uart.lcr;
	case MCR:
		return uart.mcr;
	case LSR:
		return LSR_EMPTY | (has_byte() ? LSR_DATA_READY : 0);
	case MSR:
		return modem_status();
	default:
		return uart.scr;
	}
}

static void write_locked(uint32_t offset, uint8_t value)
{
	if ((uart.lcr & LCR_DLAB) != 0 && offset <= IER) {
		uart.divisor[offset] = value;
		return;
	}
	switch (offset) {
	case IER:
		uart.ier = value & 0x0F;
		break;
	case IIR:
		uart.fcr = value;
		break;
	case LCR:
		uart.lcr = value;
		break;
	case MCR:
		uart.mcr = value & 0x1F;
		break;
	case SCR:
		uart.scr = value;
		break;
	default:
		break; /* status registers are not written */
	}
}

uint8_t dev_16550_read(uint32_t offset)
{
	uint8_t value = UINT8_MAX;

	if (uart.present) {
		lock_take(&uart.lock);
		value = read_locked(offset);
		lock_release(&uart.lock);
	}
	return value;
}

void dev_16550_write(struct vp *vp, uint32_t offset, uint8_t value)
{
	if (!uart.present) {
		return;
	}
	lock_take(&uart.lock);
	if (offset == RBR && (uart.lcr & LCR_DLAB) == 0) {
		if ((uart.mcr & MCR_LOOP) != 0) {
			uart.byte = value;
			uart.has_byte = true;
		} else {
			uart_put(uart.host, (char)value);
			vp->stats.count[PARAVANE_STAT_CONSOLE_BYTES]++;
		}
	} else {
		write_locked(offset, value);
	}
	lock_release(&uart.lock);
}
