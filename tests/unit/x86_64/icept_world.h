/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine of x86_64 whose VTL0 runs into things. Messages are written byte by byte at offsets
 * from the interface's tables.
 */
#ifndef TESTS_UNIT_X86_64_ICEPT_WORLD_H
#define TESTS_UNIT_X86_64_ICEPT_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORLD_RIP UINT64_C(0xFFFFFFFF81000010)
#define WORLD_RAM UINT64_C(0x00200000) /* VTL0's */

/* Execution state: CPL in 1:0, CR0.PE 2, EFER.LMA 4, an event is being delivered 6. */
#define WORLD_KERNEL 0x0014
#define WORLD_USER 0x0017
#define WORLD_EVENT 0x0040

/* Registers as the firmware counts them, each with a value of its own. */
#define WORLD_VALUE(n) (UINT64_C(0x1122334455660000) + (n))

/* One VP, all doors open, all registers with a value of their own; the payload is 0xEE. */
int world_setup(void **state);

/* Little endian, at an offset of the payload. */
void world_put(size_t offset, uint64_t value, size_t size);
/* The common header; kind: 0 read, 1 write, 2 execute; CS is a 64-bit code segment. */
void world_header(uint16_t execution_state, uint8_t length, uint8_t kind);

/* The firmware gets that message with so many bytes of the payload, at the end of a block of
 * memory, so that a byte more that is read is noticed. False: it ended the machine. */
bool world_send(uint32_t type, size_t size);

uint64_t world_reg(uint32_t n);
void world_reg_set(uint32_t n, uint64_t value);
/* All registers but those of the mask are as before. */
void world_check_registers(uint32_t but);

/* Where VTL0 goes on; 0: nobody said. */
uint64_t world_resumed(void);
/* Is the only event a #GP with error code 0, and the program counter as it was? */
bool world_faulted(void);
uint64_t world_counter(uint32_t n);

/* VTL0's console: what was asked of it last, and what it answers. */
struct world_console {
	uint32_t reads;
	uint32_t writes;
	uint32_t offset;
	uint8_t value;
};
extern struct world_console world_console;

/* Its clock: is there one, and the same. */
extern bool world_has_clock;
extern struct world_console world_clock;

#endif
