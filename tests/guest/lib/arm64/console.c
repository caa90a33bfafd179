/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload say something?
 *
 * Through the PL011 that /chosen/stdout-path names; without one through the address that
 * Paravane's VTL0 tree uses. Polled, transmit only, no line discipline but CR before LF. One
 * processor prints at a time: payloads see to that themselves.
 */
#include "tests/guest/lib/arm64/arm64.h"

#define PL011_DEFAULT_BASE 0xEFFEB000
#define PL011_DR 0x00
#define PL011_FR 0x18
#define PL011_FR_TXFF 0x20

static uint64_t uart;

/* The path in /chosen/stdout-path, without what follows a colon. Aliases are followed once. */
static bool stdout_path(char *path, size_t size)
{
	const char *text = tree_string("/chosen", "stdout-path");
	size_t i = 0;

	if (text == NULL) {
		return false;
	}
	while (text[i] != '\0' && text[i] != ':' && i + 1 < size) {
		path[i] = text[i];
		i++;
	}
	path[i] = '\0';
	if (path[0] != '/') {
		const char *alias = tree_string("/aliases", path);

		if (alias == NULL || strlen(alias) >= size) {
			return false;
		}
		memcpy(path, alias, strlen(alias) + 1);
	}
	return true;
}

void console_init(void)
{
	char path[128];
	uint64_t base = 0;
	uint64_t size = 0;

	uart = PL011_DEFAULT_BASE;
	if (stdout_path(path, sizeof(path)) && tree_lists(path, "compatible", "arm,pl011") &&
	    tree_reg(path, &base, &size)) {
		uart = base;
	}
	/* No console for VTL0 in this image: an empty bus reads as all ones. Run on in silence. */
	if (load32(uart + PL011_FR) == UINT32_MAX) {
		uart = 0;
	}
}

bool console_there(void)
{
	return uart != 0;
}

static void put_raw(char c)
{
	if (uart == 0) {
		return;
	}
	while ((load32(uart + PL011_FR) & PL011_FR_TXFF) != 0) {
	}
	store32(uart + PL011_DR, (uint8_t)c);
}

void console_put(char c)
{
	if (c == '\n') {
		put_raw('\r');
	}
	put_raw(c);
}
