/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a test make the VPs of its machine more than once?
 *
 * vps.c is core/vp.c and a way to forget what it made: boot happens once, tests many times.
 */
#ifndef TESTS_FAKE_VPS_H
#define TESTS_FAKE_VPS_H

#include "core/vp.h"

void fake_vps_forget(void);

/* A machine of that many VPs with memory, page pool and struct vp: number n has hardware
 * number 0x100 + n; number 0 is the boot VP and the one that runs. */
void fake_machine(struct platform *platform, uint32_t cpu_count);

#endif
