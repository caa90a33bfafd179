/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do the two UARTs of VTL2 answer?
 *
 * The registers of a PL011 that an SBSA UART shares: DR, FR, RIS, MIS, IMSC, ICR, the identity
 * registers, and the line settings as plain storage. Transmission is instant. Input comes to com2
 * only. The interrupt line is level: high while a masked-in cause stands.
 */
#include "tests/host/arm64/uart.h"

#include "tests/host/arm64/vgic.h"
#include "tests/host/common/console.h"
#include "tests/host/common/vm.h"

#define RX_MAX 256
#define FR_RX_EMPTY (1u << 4)
#define FR_RX_FULL (1u << 6)
#define FR_TX_EMPTY (1u << 7)
#define INT_RX (1u << 4)
#define INT_TX (1u << 5)
#define INT_ALL 0x7FFu

struct vuart {
	uint8_t rx[RX_MAX];
	uint32_t head;
	uint32_t used;
	uint32_t imsc;
	uint32_t ris; /* transmission only; reception is computed */
	uint32_t ibrd;
	uint32_t fbrd;
	uint32_t lcr_h;
	uint32_t cr;
	uint32_t ifls;
};

static struct vuart uarts[2] = { { .cr = 0x300, .ifls = 0x12 }, { .cr = 0x300, .ifls = 0x12 } };
static const uint8_t identity[8] = { 0x11, 0x10, 0x14, 0x00, 0x0D, 0xF0, 0x05, 0xB1 };

static uint32_t raw_status(const struct vuart *uart)
{
	return uart->ris | (uart->used != 0 ? INT_RX : 0);
}

static void update_line(uint32_t which)
{
	struct vuart *uart = &uarts[which];

	vgic_set_spi(vtl_slot(vm.opt.vtl), which == 0 ? COM1_INTID : COM2_INTID,
		     (raw_status(uart) & uart->imsc) != 0);
}

bool vuart_type(uint8_t byte)
{
	struct vuart *uart = &uarts[1];

	if (uart->used == RX_MAX) {
		return false;
	}
	uart->rx[(uart->head + uart->used++) % RX_MAX] = byte;
	update_line(1);
	return true;
}

static uint8_t take_byte(uint32_t which)
{
	struct vuart *uart = &uarts[which];
	uint8_t byte = 0;

	if (uart->used != 0) {
		byte = uart->rx[uart->head];
		uart->head = (uart->head + 1) % RX_MAX;
		uart->used--;
		update_line(which);
	}
	return byte;
}

uint64_t vuart_read(uint32_t which, uint32_t offset)
{
	const struct vuart *uart = &uarts[which];

	switch (offset) {
	case 0x00:
		return take_byte(which);
	case 0x18:
		return FR_TX_EMPTY | (uart->used == 0 ? FR_RX_EMPTY : 0) |
		       (uart->used == RX_MAX ? FR_RX_FULL : 0);
	case 0x24:
		return uart->ibrd;
	case 0x28:
		return uart->fbrd;
	case 0x2C:
		return uart->lcr_h;
	case 0x30:
		return uart->cr;
	case 0x34:
		return uart->ifls;
	case 0x38:
		return uart->imsc;
	case 0x3C:
		return raw_status(uart);
	case 0x40:
		return raw_status(uart) & uart->imsc;
	default:
		return offset >= 0xFE0 ? identity[(offset - 0xFE0) / 4] : 0;
	}
}

void vuart_write(uint32_t which, uint32_t offset, uint64_t value)
{
	struct vuart *uart = &uarts[which];

	switch (offset) {
	case 0x00:
		console_put(which == 0 ? ORIGIN_COM1 : ORIGIN_COM2, (uint8_t)value);
		uart->ris |= INT_TX;
		break;
	case 0x24:
		uart->ibrd = value & 0xFFFF;
		break;
	case 0x28:
		uart->fbrd = value & 0x3F;
		break;
	case 0x2C:
		uart->lcr_h = value & 0xFF;
		break;
	case 0x30:
		uart->cr = value & 0xFFFF;
		break;
	case 0x34:
		uart->ifls = value & 0x3F;
		break;
	case 0x38:
		uart->imsc = value & INT_ALL;
		break;
	case 0x44:
		uart->ris &= ~(uint32_t)value;
		break;
	default:
		break;
	}
	update_line(which);
}
