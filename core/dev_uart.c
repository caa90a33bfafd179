/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL0's console answer? A PL011 (DDI0183), as far as a driver can see.
 *
 * Characters go on to the host's UART at once, so the transmit FIFO is always empty; received ones
 * wait in a FIFO of ours. May assume: any VP at any time. Must never: keep the lock while waiting
 * for VTL0, or let VTL0 reach the host's UART registers.
 */
#include "core/devices.h"
#include "core/lock.h"
#include "core/pl011.h"
#include "core/uart.h"

#include "paravane/services.h"

#define REGISTERS_SIZE 0x1000

/* A paste into a shell should fit; a power of two. */
#define RX_SIZE 256U

static struct {
	struct lock lock;
	struct range registers;
	uint64_t host_base;
	uint32_t host_interrupt;
	uint32_t interrupt;
	bool line;
	uint32_t ibrd;
	uint32_t fbrd;
	uint32_t lcr;
	uint32_t cr;
	uint32_t ifls;
	uint32_t mask;
	uint32_t raw;
	uint32_t rx_head; /* counts up; index modulo RX_SIZE */
	uint32_t rx_tail;
	uint8_t rx[RX_SIZE];
} uart = {
	.cr = 0x300,
	.ifls = 0x12,
};

/* PrimeCell and peripheral identification, one byte per word: PL011 r1p4. */
static const uint8_t id[] = { 0x11, 0x10, 0x14, 0x00, 0x0D, 0xF0, 0x05, 0xB1 };

void dev_uart_init(const struct platform *platform, uint64_t base)
{
	/* The second UART is VTL0's console; where there is only one, it shares ours. */
	const struct platform_uart *host;

	if (platform->uart_count == 0) {
		return;
	}
	host = &platform->uart[platform->uart_count - 1];
	uart.host_base = host->base;
	uart.host_interrupt = host->intid;
	/* The same number too: for VTL0 the host's UART does not exist. */
	uart.registers = (struct range){ base, REGISTERS_SIZE };
	uart.interrupt = host->intid;
}

struct range dev_uart_registers(void)
{
	return uart.registers;
}

uint32_t dev_uart_interrupt(void)
{
	return uart.interrupt;
}

static uint32_t rx_used(void)
{
	return uart.rx_head - uart.rx_tail;
}

/* With the lock held: the line follows the masked interrupts. */
static void update_line(void)
{
	bool level = (uart.raw & uart.mask) != 0;

	if (level != uart.line && uart.interrupt != 0) {
		uart.line = level;
		vtl0_line_set(uart.interrupt, level);
	}
}

static uint64_t read_data(void)
{
	uint8_t c;

	if (rx_used() == 0) {
		return 0;
	}
	c = uart.rx[uart.rx_tail++ % RX_SIZE];
	if (rx_used() == 0) {
		uart.raw &= ~(UARTINT_RX | UARTINT_RT);
	}
	update_line();
	return c;
}

static uint32_t flags(void)
{
	uint32_t fr = UARTFR_TXFE;

	if (rx_used() == 0) {
		fr |= UARTFR_RXFE;
	}
	if (rx_used() == RX_SIZE) {
		fr |= UARTFR_RXFF;
	}
	return fr;
}

static uint64_t read_locked(uint64_t offset)
{
	if (offset >= UARTPERIPHID0 && (offset & 3) == 0) {
		return id[(offset - UARTPERIPHID0) / 4];
	}
	switch (offset) {
	case UARTDR:
		return read_data();
	case UARTFR:
		return flags();
	case UARTIBRD:
		return uart.ibrd;
	case UARTFBRD:
		return uart.fbrd;
	case UARTLCR_H:
		return uart.lcr;
	case UARTCR:
		return uart.cr;
	case UARTIFLS:
		return uart.ifls;
	case UARTIMSC:
		return uart.mask;
	case UARTRIS:
		return uart.raw;
	case UARTMIS:
		return uart.raw & uart.mask;
	default:
		return 0;
	}
}

uint64_t dev_uart_read(struct vp *vp, uint64_t offset, uint32_t size)
{
	uint64_t value;

	(void)vp;
	(void)size;
	lock_take(&uart.lock);
	value = read_locked(offset);
	lock_release(&uart.lock);
	return value;
}

static void write_locked(uint64_t offset, uint32_t value)
{
	switch (offset) {
	case UARTIBRD:
		uart.ibrd = value & 0xFFFF;
		break;
	case UARTFBRD:
		uart.fbrd = value & 0x3F;
		break;
	case UARTLCR_H:
		uart.lcr = value & 0xFF;
		break;
	case UARTCR:
		uart.cr = value & 0xFFFF;
		break;
	case UARTIFLS:
		uart.ifls = value & 0x3F;
		break;
	case UARTIMSC:
		uart.mask = value & UARTINT_ALL;
		break;
	case UARTICR:
		uart.raw &= ~value;
		break;
	default:
		return;
	}
	update_line();
}

void dev_uart_write(struct vp *vp, uint64_t offset, uint32_t size, uint64_t value)
{
	(void)size;
	lock_take(&uart.lock);
	if (offset == UARTDR) {
		uart_put(uart.host_base, (char)value);
		vp->stats.count[PARAVANE_STAT_CONSOLE_BYTES]++;
		/* The FIFO ran empty at once: that is what the interrupt says. */
		uart.raw |= UARTINT_TX;
		update_line();
	} else {
		write_locked(offset, (uint32_t)value);
	}
	lock_release(&uart.lock);
}

void dev_uart_host_interrupt(void)
{
	uint8_t c;
	uint32_t i;

	lock_take(&uart.lock);
	/* What is left after a FIFO full raises the interrupt again: a stay is bounded. */
	for (i = 0; i < RX_SIZE && uart_get(uart.host_base, &c); i++) {
		/* Full: the character is lost, as on a line without flow control. */
		if (rx_used() < RX_SIZE) {
			uart.rx[uart.rx_head++ % RX_SIZE] = c;
			uart.raw |= UARTINT_RX | UARTINT_RT;
		}
	}
	update_line();
	lock_release(&uart.lock);
}
