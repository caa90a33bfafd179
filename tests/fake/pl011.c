/* SPDX-License-Identifier: BSD-2-Clause */
/* A UART of the host: what was sent, and what somebody typed. */
#include "tests/fake/pl011.h"

#include "tests/fake/mmio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DR 0x00
#define FR 0x18
#define IMSC 0x38
#define ICR 0x44

struct fake_pl011 fake_pl011;

static uint32_t flags(void)
{
	uint32_t fr = fake_pl011.typed_left == 0 ? 1U << 4 : 0;

	fake_pl011.polls++;
	if (fake_pl011.stuck) {
		fr |= 1U << 5;
	} else if (fake_pl011.busy_polls > 0) {
		fake_pl011.busy_polls--;
		fr |= 1U << 5;
	}
	return fr;
}

static uint32_t pl011_read(uint64_t offset)
{
	switch (offset) {
	case DR:
		if (fake_pl011.typed_left == 0) {
			return 0;
		}
		fake_pl011.typed_left--;
		/* Error bits above the character: none of our business. */
		return 0xF00U | (uint8_t)*fake_pl011.typed++;
	case FR:
		return flags();
	default:
		fprintf(stderr, "pl011: read of 0x%x\n", (unsigned int)offset);
		abort();
	}
}

static void pl011_write(uint64_t offset, uint32_t value)
{
	switch (offset) {
	case DR:
		if (fake_pl011.sent_count < sizeof(fake_pl011.sent) - 1) {
			fake_pl011.sent[fake_pl011.sent_count] = (char)value;
		}
		fake_pl011.sent_count++;
		break;
	case IMSC:
		fake_pl011.mask = value;
		break;
	case ICR:
		fake_pl011.cleared |= value;
		break;
	default:
		fprintf(stderr, "pl011: write of 0x%x\n", (unsigned int)offset);
		abort();
	}
}

void fake_pl011_reset(uint64_t base)
{
	memset(&fake_pl011, 0, sizeof(fake_pl011));
	fake_mmio_reset();
	fake_mmio_add(&(struct fake_device){ base, 0x1000, pl011_read, pl011_write });
}

void fake_pl011_type(const char *text, size_t size)
{
	fake_pl011.typed = text;
	fake_pl011.typed_left = size;
}
