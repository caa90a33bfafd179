/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a payload get from the library?
 *
 * A payload is one function, guest_main(), that reports test by test; the library starts it,
 * prints, makes the calls, survives the exceptions a test provokes and powers off. Everything is
 * reached through what the device tree says. It includes the public headers and nothing else of
 * the project, which proves that they suffice.
 */
#ifndef GUEST_LIB_GUEST_H
#define GUEST_LIB_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- the payload's own part ---- */

void guest_main(void);

/* ---- console.c: PL011 of the tree, 0xEFFEB000 where it names none ---- */

void console_init(void);
bool console_there(void);
void console_put(char c);
/* %s %c %d %u %x, with l for 64 bits and a width with leading zeroes for numbers. */
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- tree.c: the flattened tree that was given in X0 ---- */

bool tree_init(uint64_t address);
uint64_t tree_address(void);
bool tree_has(const char *path);
/* The property's bytes, or NULL; size in bytes. */
const void *tree_property(const char *path, const char *name, uint32_t *size);
/* NUL-terminated string, or NULL. */
const char *tree_string(const char *path, const char *name);
/* Is text one of the strings of a string list? */
bool tree_lists(const char *path, const char *name, const char *text);
/* First entry of reg, with the cells of the parent; or the one with that number. */
bool tree_reg(const char *path, uint64_t *base, uint64_t *size);
bool tree_reg_entry(const char *path, unsigned int entry, uint64_t *base, uint64_t *size);
/* Full path of the n-th node whose path begins so. */
bool tree_node(const char *prefix, unsigned int n, char *path, size_t size);
/* MPIDR of the n-th cpu node in tree order. */
bool tree_cpu(unsigned int n, uint64_t *mpidr);
/* "name=0x..." on the command line, else the default. */
uint64_t option(const char *name, uint64_t otherwise);

/* ---- report.c: the lines the runner counts ---- */

/* "ok N name" or "not ok N name". */
bool ok(bool passed, const char *name);
/* The same, and on failure what was seen and what was wanted. */
bool ok_equal(uint64_t seen, uint64_t wanted, const char *name);
void skip(const char *name, const char *why);
/* "1..N"; true when nothing failed. */
bool report_end(void);

/* ---- cpu.c: exceptions, power, processors ---- */

struct exception {
	bool taken;
	uint64_t esr;
	uint64_t far;
	uint64_t elr;
};

/* An exception between these two is recorded and its instruction stepped over. Without them it
 * is printed and ends the run. */
void exception_expect(void);
struct exception exception_end(void);

/* What IRQs are for; the interrupt controller is the payload's. */
void interrupt_by(void (*function)(void));

#define ESR_EC(esr) (((esr) >> 26) & 0x3F)
#define ESR_FSC(esr) ((esr)&0x3F)
#define EC_UNKNOWN 0x00
#define EC_DATA_ABORT_SAME_EL 0x25
#define FSC_SYNC_EXTERNAL 0x10

uint64_t my_mpidr(void); /* affinity fields only */
__attribute__((noreturn)) void power_off(void);
__attribute__((noreturn)) void reset(void);
/* PSCI_CPU_ON; the function runs there with a stack of its own. Returns PSCI's status. */
int64_t secondary_start(uint64_t mpidr, void (*function)(uint64_t), uint64_t argument);
#define SECONDARIES_MAX 63
/* The same in two steps, for those who start one processor many times or from many places. The
 * first returns what the second wants, 0 when there is no more room. */
uint64_t secondary_prepare(void (*function)(uint64_t), uint64_t argument);
int64_t secondary_on(uint64_t mpidr, uint64_t prepared);
int64_t psci(uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3);

/* ---- call.S and paravane.c: the doors ---- */

enum door {
	DOOR_PAGE = 0,
	DOOR_HVC0 = 1,
	DOOR_HVC1 = 2,
	DOOR_VTL_CALL = 3, /* hvc #2 */
	DOOR_SMC = 4,
};

/* Layout known to call.S. */
struct registers {
	uint64_t x[31];
	uint64_t nzcv; /* bits 31:28 */
	uint64_t q[32][2];
};
_Static_assert(offsetof(struct registers, nzcv) == 248, "call.S");
_Static_assert(offsetof(struct registers, q) == 256, "call.S");
_Static_assert(sizeof(struct registers) == 768, "call.S");

void call_with(struct registers *r, unsigned int how);

struct result {
	uint64_t x[4];
};

/* quick.S: a call without any check, by one of these or by code of the payload's. */
void call_at(uint64_t x[8], uint64_t code, uint64_t x17);
extern const uint8_t piece_page[], piece_page_byte[], piece_page_double[];
extern const uint8_t piece_hvc0[], piece_hvc1[], piece_hvc2[], piece_hvc3[], piece_smc[];
extern const uint8_t piece_open_page[], piece_open_hvc2[];

/* One call with up to three arguments. The door page's address comes from the tree. */
struct result call(enum door door, uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3);

/* The same with a pattern in every other register. After it, is everything but X0 to X3 as it was?
 * X1 to X3 hold what they held, or one of the call's results. Prints each register that differs. */
bool call_checked(enum door door, uint64_t id, uint64_t a1, uint64_t a2, unsigned int results,
		  struct result *result);

bool paravane_init(void); /* false: the tree has no node of ours */
bool paravane_has_vtl_call(void);
uint64_t paravane_door_page(void);

/* ---- start.S, call.S ---- */

uint32_t load32(uint64_t address);
void store32(uint64_t address, uint32_t value);
__attribute__((noreturn)) void jump_to(uint64_t x0, uint64_t address);

/* ---- string.c: what the compiler calls, too ---- */

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
bool starts_with(const char *text, const char *prefix);

#endif
