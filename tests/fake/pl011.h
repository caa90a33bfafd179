/* SPDX-License-Identifier: BSD-2-Clause */
/* A UART of the host: what was sent, and what somebody typed. (PL011, DDI0183) */
#ifndef TESTS_FAKE_PL011_H
#define TESTS_FAKE_PL011_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fake_pl011 {
	char sent[1024];
	size_t sent_count;
	const char *typed; /* what is still to be received */
	size_t typed_left;
	uint32_t busy_polls; /* the transmit FIFO is full for so many reads of the flags */
	bool stuck;	     /* and for ever */
	uint32_t polls;
	uint32_t mask;	  /* UARTIMSC as last written */
	uint32_t cleared; /* UARTICR, all bits ever written */
};
extern struct fake_pl011 fake_pl011;

/* Puts it at base, alone on the bus. */
void fake_pl011_reset(uint64_t base);
void fake_pl011_type(const char *text, size_t size);

#endif
