/* SPDX-License-Identifier: BSD-2-Clause */
/* Which time does VTL0's clock show, where it is a PC's? */
#ifndef CORE_DEV_CMOS_H
#define CORE_DEV_CMOS_H

#include <stdbool.h>
#include <stdint.h>

#define DEV_CMOS_PORTS 2
#define DEV_CMOS_SIZE 128      /* registers */
#define DEV_CMOS_UPDATING 0x80 /* in register A: the time is about to change */
#define DEV_CMOS_REGISTER_A 0x0A
#define DEV_CMOS_CENTURY 0x32

/* The clock shows what another one's registers say. now: of a counter of 100 ns that goes on by
 * itself, as everywhere here. False: they say no time; then there is no clock. Boot only. */
bool dev_cmos_begin(const uint8_t registers[DEV_CMOS_SIZE], uint64_t now);

/* offset 0: which register; 1: what is in it. Any VP. */
uint8_t dev_cmos_read(uint32_t offset, uint64_t now);
void dev_cmos_write(uint32_t offset, uint8_t value, uint64_t now);

#endif
