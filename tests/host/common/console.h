/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does text reach the one real UART, marked with its origin?
 *
 * Only the host writes there. Lines of com1 and com2 are collected and printed whole with a prefix;
 * with option raw=, the bytes of one UART pass through as they are.
 */
#ifndef TESTS_HOST_COMMON_CONSOLE_H
#define TESTS_HOST_COMMON_CONSOLE_H

#include <stdint.h>

enum origin {
	ORIGIN_COM1,
	ORIGIN_COM2,
	ORIGIN_NUMBER
};

/* One byte that VTL2 wrote to its UART. */
void console_put(enum origin origin, uint8_t byte);
/* A line of the host's own. */
void console_host(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* What is collected and not yet printed. */
void console_flush(void);
/* The last line of the run. */
void console_result(const char *how, const char *text);

#endif
