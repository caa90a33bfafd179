/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a payload get from the library, whatever the architecture?
 *
 * A payload is one function, guest_main(), that reports test by test; the library starts it,
 * prints, makes the calls, survives the exceptions a test provokes and powers off. Everything is
 * reached through what the firmware hands over. It includes the public headers and nothing else of
 * the project, which proves that they suffice. What only one architecture has stands in
 * lib/arm64/arm64.h and lib/x86_64/x64.h.
 */
#ifndef GUEST_LIB_GUEST_H
#define GUEST_LIB_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One file, linked as a whole: no address is looked up in a table that nobody relocates. */
#pragma GCC visibility push(hidden)

/* ---- the payload's own part ---- */

void guest_main(void);

/* ---- console.c of each: PL011 of the tree, or the serial port that every PC has ---- */

void console_init(void);
bool console_there(void);
void console_put(char c);
/* print.c: %s %c %d %u %x, with l for 64 bits and a width with leading zeroes for numbers. */
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- machine.c of each: what was handed over, the device tree or boot_params and ACPI ---- */

/* False: it is none. */
bool machine_init(uint64_t handed_over);
uint64_t machine_handed_over(void);
/* MPIDR or APIC id of the n-th processor, in the order of the tree or the MADT. */
bool machine_cpu(unsigned int n, uint64_t *id);
/* The n-th range of VTL0's own RAM. Ranges may touch. */
bool machine_memory(unsigned int n, uint64_t *base, uint64_t *size);
/* Where the n-th device lies that VTL0 may reach by address; 0: no more. */
uint64_t machine_device(unsigned int n);
/* Of the command line; NULL without one. */
const char *machine_command_line(void);

/* Where VTL2's memory begins. After paravane_init(). */
uint64_t vtl2_begin(void);

/* option.c: "name=0x..." on the command line, else the default. */
uint64_t option(const char *name, uint64_t otherwise);

/* ---- report.c: the lines the runner counts ---- */

/* "ok N name" or "not ok N name". */
bool ok(bool passed, const char *name);
/* The same, and on failure what was seen and what was wanted. */
bool ok_equal(uint64_t seen, uint64_t wanted, const char *name);
void skip(const char *name, const char *why);
/* "1..N"; true when nothing failed. */
bool report_end(void);

/* ---- cpu.c of each: exceptions, power, processors ---- */

struct exception {
	bool taken;
	uint64_t cause;	  /* ESR_EL1, or vector and error code (VECTOR_AND_ERROR) */
	uint64_t address; /* FAR_EL1, or CR2 */
	uint64_t at;	  /* the instruction */
};

/* An exception between these two is recorded and its instruction left out: arm64 goes on behind
 * it, x86_64 returns from the function that it is in, which therefore has nothing on its stack.
 * Without them it is printed and ends the run. */
void exception_expect(void);
struct exception exception_end(void);
/* Is it what VTL0 gets for an access to VTL2's memory at that address? One access is one such. */
bool exception_is_refusal(const struct exception *seen, uint64_t address);
/* The one of an instruction that is none? */
bool exception_is_undefined(const struct exception *seen);

uint64_t my_id(void); /* MPIDR's affinity fields, or APIC id */
__attribute__((noreturn)) void power_off(void);
__attribute__((noreturn)) void reset(void);
/* The function runs on that processor with a stack of its own; when it returns, the processor goes
 * off. False: it was not started. */
bool secondary_start(uint64_t id, void (*function)(uint64_t), uint64_t argument);
#define SECONDARIES_MAX 63

uint64_t ticks(void);  /* a clock that all processors share */
uint64_t second(void); /* in ticks */
void wait_for_event(void);
/* What was written before is seen by all before what follows, and waiting processors look. */
void publish(void);

/* ---- irq.c of each: one interrupt that processors send each other, and a timer ---- */

enum irq {
	IRQ_NONE,
	IRQ_OTHER,
	IRQ_IPI,
	IRQ_TIMER,
};

/* Makes this processor's interrupt controller ready. */
bool irq_on(void);
void irq_send(uint64_t id);
/* What came, and ends it. In a handler, or with interrupts masked. */
enum irq irq_take(void);
/* Sleeps until there is something to take. */
void irq_wait(void);
/* What interrupts are for that come while a call of open_call() is made. */
void interrupt_by(void (*function)(void));
/* One interrupt of the timer, at that time in ticks. */
void timer_set(uint64_t at);
void timer_off(void);

/* ---- paravane.c of each: the doors ---- */

enum door {
	DOOR_PAGE = 0, /* a store to the door page; x86_64: a write of the door MSR */
	DOOR_HVC0 = 1, /* hvc #0; x86_64: hypercall PARAVANE_HYPERCALL, where it is forwarded */
	DOOR_HYPERCALL = 2, /* hvc #1; x86_64: the hypercall page's first entry */
	DOOR_VTL_CALL = 3,  /* hvc #2; x86_64: the hypercall page's VTL-call entry */
	DOOR_SMC = 4,	    /* arm64: smc #0 */
};
#define THROUGH(door) (1U << (door))

/* By which doors do the services answer here, by which does the hypervisor take its calls? Sets of
 * THROUGH(door). */
unsigned int service_doors(void);
unsigned int hypercall_doors(void);

struct result {
	uint64_t x[4];
};

/* False: what was handed over has no device of ours. */
bool paravane_init(void);
bool paravane_has_vtl_call(void);
uint64_t paravane_door_page(void); /* 0: the door is no page */

/* One call with up to three arguments. */
struct result call(enum door door, uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3);

/* The same with a pattern in every other register. After it, is everything but the results as it
 * was? X1 to X3 (docs/abi.md) hold what they held, or one of the call's results. Prints each
 * register that differs. */
bool call_checked(enum door door, uint64_t id, uint64_t a1, uint64_t a2, unsigned int results,
		  struct result *result);

/* Many calls: X0 to X7 (id, six arguments, one register that is none) as given, what comes back is
 * left there. False: a register that is destroyed did not come back as docs/abi.md says. */
bool ask(enum door door, uint64_t x[8]);

/* With interrupts open around the call: one that is pending comes before or behind it. */
struct result open_call(enum door door, uint64_t id);

/* A hypercall of VTL0's own; words 0 and 1 are addresses, or with the fast bit all are input.
 * Returns status and count of done elements; what a result word does not promise is cut off. */
uint64_t hypercall(enum door door, uint64_t control, const uint64_t words[6]);
/* VTL0 says who it is: hypercalls need it. */
bool hypercall_open(void);

/* ---- start.S, call.S ---- */

/* One instruction each. load32() is 0 where it faults. */
uint32_t load32(uint64_t address);
void store32(uint64_t address, uint32_t value);
/* One instruction there, or the fault of fetching it. */
void execute(uint64_t address);

/* ---- string.c: what the compiler calls, too ---- */

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
bool starts_with(const char *text, const char *prefix);

#pragma GCC visibility pop

#endif
