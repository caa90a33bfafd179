/* SPDX-License-Identifier: BSD-2-Clause */
/* How does VTL0's console answer where it lies at I/O ports? */
#ifndef CORE_DEV_16550_H
#define CORE_DEV_16550_H

#include "core/platform.h"
#include "core/vp.h"

#define DEV_16550_PORTS 8

/* Behind it lies the host's last UART. Without one it is not there: reads are all ones. */
void dev_16550_init(const struct platform *platform);

/* One register, 0 to 7. Any VP. */
uint8_t dev_16550_read(uint32_t offset);
void dev_16550_write(struct vp *vp, uint32_t offset, uint8_t value);

#endif
