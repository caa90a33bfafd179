/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a payload on arm64 get from its library, beside what both architectures have?
 */
#ifndef GUEST_LIB_ARM64_H
#define GUEST_LIB_ARM64_H

#include "tests/guest/lib/guest.h"

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

/* ---- cpu.c ---- */

#define ESR_EC(esr) (((esr) >> 26) & 0x3F)
#define ESR_FSC(esr) ((esr)&0x3F)
#define EC_UNKNOWN 0x00
#define EC_FETCH_ABORT_SAME_EL 0x21
#define EC_DATA_ABORT_SAME_EL 0x25
#define FSC_SYNC_EXTERNAL 0x10

int64_t psci(uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3);
/* secondary_start() in two steps, for those who start one processor many times or from many
 * places. The first returns what the second wants, 0 when there is no more room; the second returns
 * what PSCI_CPU_ON does. */
uint64_t secondary_prepare(void (*function)(uint64_t), uint64_t argument);
int64_t secondary_on(uint64_t mpidr, uint64_t prepared);

/* ---- call.S ---- */

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
/* Enters it, does not come back. */
__attribute__((noreturn)) void jump_to(uint64_t x0, uint64_t address);

/* ---- quick.S ---- */

/* A call without any check, by one of these pieces or by code of the payload's: X0 to X7 from x and
 * back to it, X17 = extra, the address that the pieces of the page store to. */
void call_at(uint64_t x[8], uint64_t code, uint64_t extra);
extern const uint8_t piece_page[], piece_page_byte[], piece_page_double[];
extern const uint8_t piece_hvc0[], piece_hvc1[], piece_hvc2[], piece_hvc3[], piece_smc[];
extern const uint8_t piece_open_page[], piece_open_hvc2[];

#endif
