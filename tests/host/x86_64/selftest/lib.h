/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With what are the host's tests written? Everything here runs at VTL2 on one VP.
 */
#ifndef TESTS_HOST_X86_64_SELFTEST_LIB_H
#define TESTS_HOST_X86_64_SELFTEST_LIB_H

#include <stdbool.h>
#include <stdint.h>

#define VTL0_EXPLICIT 0x10
#define RESULT_MASK 0xFFF0000FFFFull

/* VTL0's memory, for the tests to use. */
#define VTL0_PML4 0x400000ull
#define VTL0_PDPT 0x401000ull
#define VTL0_GDT 0x402000ull
#define VTL0_IDT 0x403000ull
#define VTL0_CODE 0x404000ull
#define VTL0_CALLS 0x406000ull
#define VTL0_STACK 0x408000ull
#define VTL0_DATA 0x408000ull

/* General registers by number. */
#define RAX 0
#define RCX 1
#define RDX 2
#define RBX 3
#define RSI 6
#define RDI 7
#define R12 12
#define R13 13
#define R14 14
#define R15 15

#define FAST_WORDS 14
#define VECTOR_UD 6
#define VECTOR_GP 13

extern uint8_t stacks[2][8192];
extern uint8_t in_page[4096];
extern uint8_t out_page[4096];
extern uint8_t message_page[4096];
extern uint8_t assist_page[4096];
extern uint8_t call_page[4096];
extern uint64_t fault_resume; /* start.S: where a fault goes on; 0: none is expected */
extern uint64_t fault_stack;
extern uint64_t interrupts;
extern uint64_t hypercall_entry;
extern uint64_t return_entry;

/* start.S */
void load_tables(const void *gdt, const void *idt);
uint64_t hypercall(uint64_t control, uint64_t in, uint64_t out);
uint64_t fast_call(uint64_t control, uint64_t words[FAST_WORDS]);
void vtl_return(uint64_t regs[16], uint64_t input);
uint64_t try_rdmsr(uint32_t index, uint64_t *value);
uint64_t try_wrmsr(uint32_t index, uint64_t value);
uint64_t try_vmmcall(void);
uint64_t try_call(uint64_t entry, uint64_t input);
uint64_t try_store(uint64_t address, uint8_t value);
void second_entry(void);
extern const char vtl0_begin[], vtl0_end[], vtl0_setup[], vtl0_nothing[], vtl0_load[], vtl0_store[];
extern const char vtl0_jump[], vtl0_cpuid[], vtl0_rdmsr[], vtl0_wrmsr[], vtl0_in[], vtl0_out[];
extern const char vtl0_call[], vtl0_spin[], vtl0_halt[], vtl0_private[], vtl0_triple[],
	vtl0_fault[];

void setup_processor(void);
void say(const char *text);
void say_hex(uint64_t value);
/* One line for each; the run's last line says whether all were good. */
void expect(const char *name, uint64_t got, uint64_t want);
void finish(void) __attribute__((noreturn));

/* Status of a fast call; get: the value, too. */
uint64_t set_register(uint8_t vtl, uint32_t name, uint64_t value, uint64_t high);
uint64_t get_register(uint8_t vtl, uint32_t name, uint64_t value[2]);
void put64(uint32_t offset, uint64_t value);
void put32(uint32_t offset, uint32_t value);
/* in_page to zero, and partition id self. */
void new_input(void);
/* The call with in_page and out_page; status and elements done. */
uint64_t page_call(uint64_t control);

/* VTL0's memory and registers, so that its pieces run in 64-bit mode. */
void vtl0_build(void);
/* Runs one piece of VTL0 (NULL: goes on); the entry reason when VTL2 is entered again. */
uint32_t vtl0_run(const char *piece, uint64_t regs[16]);

#endif
