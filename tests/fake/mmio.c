/* SPDX-License-Identifier: BSD-2-Clause */
/* Which device registers does the firmware touch? (core/arch.h) */
#include "tests/fake/mmio.h"

#include "core/arch.h"

#include <stdio.h>
#include <stdlib.h>

#define DEVICES_MAX 4

static struct {
	uint32_t accesses;
	uint32_t count;
	struct fake_device device[DEVICES_MAX];
} bus;

void fake_mmio_reset(void)
{
	bus.count = 0;
	bus.accesses = 0;
}

void fake_mmio_add(const struct fake_device *device)
{
	if (bus.count == DEVICES_MAX) {
		abort();
	}
	bus.device[bus.count++] = *device;
}

uint32_t fake_mmio_count(void)
{
	return bus.accesses;
}

static const struct fake_device *find(uint64_t pa)
{
	uint32_t i;

	bus.accesses++;
	for (i = 0; i < bus.count; i++) {
		if (pa >= bus.device[i].base && pa - bus.device[i].base < bus.device[i].size &&
		    pa % 4 == 0) {
			return &bus.device[i];
		}
	}
	fprintf(stderr, "no device register at 0x%llx\n", (unsigned long long)pa);
	abort();
}

uint32_t arch_mmio_read32(uint64_t pa)
{
	const struct fake_device *d = find(pa);

	return d->read(pa - d->base);
}

void arch_mmio_write32(uint64_t pa, uint32_t value)
{
	const struct fake_device *d = find(pa);

	d->write(pa - d->base, value);
}
