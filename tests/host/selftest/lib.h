/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With what are the host's tests written? Everything here runs at VTL2 on one VP.
 */
#ifndef TESTS_HOST_SELFTEST_LIB_H
#define TESTS_HOST_SELFTEST_LIB_H

#include <stdbool.h>
#include <stdint.h>

#define VTL2_BASE 0x08000000ull
#define SCRATCH_GPA 0x00400000ull /* VTL0's memory, for the tests to use */

/* X0 to X17 of a call. */
struct call {
	uint64_t x[18];
};

/* X0 to X23 of VTL0; 18 and 19 are not used. */
struct vtl0 {
	uint64_t x[24];
};

void call_hvc0(uint64_t *x);
void call_hvc1(uint64_t *x);
void vtl_return(uint64_t *x);
void second_entry(void);
extern const char vtl0_vectors[];
extern const char vtl0_nothing[], vtl0_load[], vtl0_store[], vtl0_pair[], vtl0_jump[];
extern const char vtl0_hvc0[], vtl0_hvc1[], vtl0_hvc3[], vtl0_hvc4[], vtl0_smc[];
extern const char vtl0_counter[], vtl0_take_interrupt[], vtl0_second[];
extern const char vtl0_private[], vtl0_all_private[], vtl0_spin[];

extern uint8_t stacks[2][8192];
extern uint8_t in_page[4096];
extern uint8_t out_page[4096];
extern uint8_t message_page[4096];
extern uint8_t assist_page[4096];

void say(const char *text);
void say_hex(uint64_t value);
/* One line for each; the run's last line says whether all were good. */
void expect(const char *name, uint64_t got, uint64_t want);
void finish(void) __attribute__((noreturn));

/* Status and elements done; the other bits of a result word say nothing. */
#define RESULT_MASK 0xFFF0000FFFFull

/* Status of a fast or memory call by hvc #1; memory_call: the elements done, too. */
uint64_t memory_call(uint64_t control, uint64_t in, uint64_t out);
uint64_t set_register(uint8_t vtl, uint32_t name, uint64_t value);
uint64_t get_register(uint8_t vtl, uint32_t name, uint64_t *value);
void put64(uint32_t offset, uint64_t value);
void put32(uint32_t offset, uint32_t value);
/* in_page to zero, and partition id self. */
void new_input(void);

/* EnableVpVtl or StartVirtualProcessor, with second_entry as the context. */
uint64_t vp_call(uint32_t code, uint32_t vp, uint8_t vtl);

/* Runs one piece of VTL0; the entry reason when VTL2 is entered again. */
uint32_t run_vtl0(const char *piece, struct vtl0 *regs);

#endif
