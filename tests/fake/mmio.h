/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which device registers does the firmware touch?
 *
 * Reads and writes go to the model that the test installs; without one, or outside every device,
 * an access ends the program.
 */
#ifndef TESTS_FAKE_MMIO_H
#define TESTS_FAKE_MMIO_H

#include <stdbool.h>
#include <stdint.h>

struct fake_device {
	uint64_t base;
	uint64_t size;
	uint32_t (*read)(uint64_t offset);
	void (*write)(uint64_t offset, uint32_t value);
};

void fake_mmio_reset(void);
void fake_mmio_add(const struct fake_device *device);

/* Accesses since the last reset. */
uint32_t fake_mmio_count(void);

#endif
