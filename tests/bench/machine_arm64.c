/* SPDX-License-Identifier: BSD-2-Clause */
/* What is counted on arm64 only: the PL011. */
#include "paravane/services.h"
#include "tests/bench/payload.h"

#define UART_BASE 0xEFFEB000
#define UART_FR 0x18

void counted_store(uint64_t address, uint32_t value);

uint64_t door_target(enum door door)
{
	(void)door;
	return paravane_door_page() + PARAVANE_DOOR_OFFSET;
}

void count_devices(void)
{
	path("uart-write", NULL);
	for (unsigned int i = 0; i < REPEATS; i++) {
		counted_store(UART_BASE, i + 1 < REPEATS ? '.' : '\n');
	}
	path("uart-read", NULL);
	for (unsigned int i = 0; i < REPEATS; i++) {
		counted_load(UART_BASE + UART_FR);
	}
}
