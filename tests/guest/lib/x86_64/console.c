/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload say something? Through the serial port that every PC has, polled. Nothing
 * there: an empty bus reads as all ones, and the payload runs on in silence.
 */
#include "tests/guest/lib/x86_64/port.h"
#include "tests/guest/lib/x86_64/x64.h"

#define COM1 0x3F8
#define LSR 5
#define LSR_THR_EMPTY 0x20

static bool present;

void console_init(void)
{
	present = port_read8(COM1 + LSR) != 0xFF;
}

bool console_there(void)
{
	return present;
}

static void put_raw(char c)
{
	while (present && (port_read8(COM1 + LSR) & LSR_THR_EMPTY) == 0) {
	}
	if (present) {
		port_write8(COM1, (uint8_t)c);
	}
}

void console_put(char c)
{
	if (c == '\n') {
		put_raw('\r');
	}
	put_raw(c);
}
