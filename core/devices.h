/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which devices do we emulate for VTL0, and where do they lie?
 */
#ifndef CORE_DEVICES_H
#define CORE_DEVICES_H

#include "core/platform.h"
#include "core/types.h"
#include "core/vp.h"

struct device {
	const char *name;
	const char *config; /* Kconfig symbol without CONFIG_ */
	/* Its registers; size 0: not there on this machine. */
	struct range (*registers)(void);
	/* offset inside the range, size 1, 2, 4 or 8 bytes. Any VP. */
	uint64_t (*read)(struct vp *vp, uint64_t offset, uint32_t size);
	void (*write)(struct vp *vp, uint64_t offset, uint32_t size, uint64_t value);
};

/* The device at that address, or NULL; *offset is set when there is one. */
const struct device *device_find(gpa_t gpa, uint64_t *offset);

/*
 * dev_uart.c: VTL0's console, a PL011 behind which the host's second UART lies.
 * base: where VTL0 finds it. At the host's own place, where for VTL0 there is nothing, or, with a
 * hypervisor that does not report such accesses, on a page of our memory.
 */
void dev_uart_init(const struct platform *platform, uint64_t base);
struct range dev_uart_registers(void);
uint32_t dev_uart_interrupt(void);
uint64_t dev_uart_read(struct vp *vp, uint64_t offset, uint32_t size);
void dev_uart_write(struct vp *vp, uint64_t offset, uint32_t size, uint64_t value);
/* The host's UART raised its interrupt: takes what was typed. */
void dev_uart_host_interrupt(void);

/*
 * An interrupt line of a device into VTL0's interrupt controller: level, so that it stays until the
 * device takes it back. Implemented where the hypervisor is known (vtl/).
 */
void vtl0_line_set(uint32_t number, bool asserted);

#endif
