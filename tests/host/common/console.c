/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does text reach the one real UART, marked with its origin? Called under the host's lock, or
 * by the one processor that ends the run. A guest can fill lines with anything, prefixes of others
 * included; it cannot begin a line of the real console except in raw mode.
 */
#include "tests/host/common/console.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/vm.h"

#define LINE_MAX 240
#define HOST_LINE_MAX 1000

static const char *const prefixes[ORIGIN_NUMBER] = { "[com1] ", "[com2] " };
static uint8_t lines[ORIGIN_NUMBER][LINE_MAX];
static uint32_t used[ORIGIN_NUMBER];
static bool mid_line; /* raw mode: the real line has bytes and no end yet */

static bool is_raw(enum origin origin)
{
	return (origin == ORIGIN_COM1 && vm.opt.raw == OPTIONS_RAW_COM1) ||
	       (origin == ORIGIN_COM2 && vm.opt.raw == OPTIONS_RAW_COM2);
}

static void put_text(const char *text)
{
	while (*text != 0) {
		arch_uart_put((uint8_t)*text++);
	}
}

static void start_line(const char *prefix)
{
	if (mid_line) {
		put_text("\r\n");
		mid_line = false;
	}
	put_text(prefix);
}

static void end_line(void)
{
	put_text("\r\n");
}

static void print_collected(enum origin origin)
{
	uint32_t n;

	start_line(prefixes[origin]);
	for (n = 0; n < used[origin]; n++) {
		arch_uart_put(lines[origin][n]);
	}
	end_line();
	used[origin] = 0;
}

void console_put(enum origin origin, uint8_t byte)
{
	if (is_raw(origin)) {
		arch_uart_put(byte);
		mid_line = byte != '\n';
		return;
	}
	if (byte == '\r') {
		return;
	}
	if (byte == '\n') {
		print_collected(origin);
		return;
	}
	lines[origin][used[origin]++] = byte;
	if (used[origin] == LINE_MAX) {
		print_collected(origin);
	}
}

void console_flush(void)
{
	uint32_t origin;

	for (origin = 0; origin < ORIGIN_NUMBER; origin++) {
		if (used[origin] != 0) {
			print_collected((enum origin)origin);
		}
	}
}

void console_host(const char *format, ...)
{
	char text[HOST_LINE_MAX];
	va_list args;

	va_start(args, format);
	(void)host_vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	start_line("[host] ");
	put_text(text);
	end_line();
}

void console_result(const char *how, const char *text)
{
	console_host("result %s %s %s", vm.opt.nonce, how, text);
}
