/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which devices do we emulate for VTL0, and where do they lie? (the table)
 *
 * An address that is in no row is answered as hardware without the thing would: all ones.
 */
#include "core/devices.h"

#include "core/kconfig.h"

#define DEVICE(c, f)                                                                               \
	.config = #c, .registers = IS_ENABLED(CONFIG_##c) ? f##_registers : NULL,                  \
	.read = IS_ENABLED(CONFIG_##c) ? f##_read : NULL,                                          \
	.write = IS_ENABLED(CONFIG_##c) ? f##_write : NULL

static const struct device devices[] = {
	{ .name = "pl011", DEVICE(DEV_UART, dev_uart) },
};

const struct device *device_find(gpa_t gpa, uint64_t *offset)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(devices); i++) {
		struct range r;

		if (devices[i].registers == NULL) {
			continue;
		}
		r = devices[i].registers();
		if (gpa.v >= r.base && gpa.v - r.base < r.size) {
			*offset = gpa.v - r.base;
			return &devices[i];
		}
	}
	return NULL;
}
