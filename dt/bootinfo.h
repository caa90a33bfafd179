/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the loader tell us?
 *
 * The host's device tree becomes one struct platform; nothing else reads that tree. What is not
 * as described there is refused by name, never guessed at; nodes that we do not know are ignored.
 */
#ifndef DT_BOOTINFO_H
#define DT_BOOTINFO_H

#include <stddef.h>

#include "core/err.h"
#include "core/platform.h"
#include "dt/defect.h"
#include "dt/prop.h"

/* 64 pages: what the IGVM file reserves for the tree. */
#define BOOTINFO_MAX_SIZE (256u * 1024u)

/* What a host without that node means (older hosts write no /intc). */
#define BOOTINFO_DEFAULT_GICD 0xffff0000u
#define BOOTINFO_DEFAULT_GICR 0xeffee000u

#define BOOTINFO_GICD_SIZE 0x10000u
#define BOOTINFO_GICR_STRIDE 0x20000u
#define BOOTINFO_UART_SIZE 0x1000u

/*
 * Reads the tree that begins at *fdt within size bytes. On refusal *defect says why, and of *p
 * only the serial ports read before the defect remain, so that the reason can be printed.
 */
enum err __must_check bootinfo_read(const void *fdt, size_t size, struct platform *p,
				    struct dt_defect *defect);

/* Zeroes the host's entropy where it lies in the tree. Only for a tree that bootinfo_read()
 * accepted. */
void bootinfo_wipe_entropy(void *fdt);

/* The other half of this question, in bootinfo_dev.c: serial ports; interrupt controller,
 * performance counters and PSCI; VMBus. */
void bootinfo_uarts(struct prop_reader *r, struct platform *p);
/* The same where serial ports lie at I/O ports, in bootinfo_pio.c. */
void bootinfo_ports(struct prop_reader *r, struct platform *p);
void bootinfo_interrupts(struct prop_reader *r, struct platform *p);
void bootinfo_buses(struct prop_reader *r, struct platform *p);

#endif
