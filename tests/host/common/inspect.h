/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who looks at VTL2's memory, and what must an architecture provide for it? (inspect=on)
 */
#ifndef TESTS_HOST_COMMON_INSPECT_H
#define TESTS_HOST_COMMON_INSPECT_H

#include <stdbool.h>
#include <stdint.h>

#define INSPECT_REGISTERS 5

struct inspect_pass;

/* At the boot VP's VTL returns; only the first one counts. */
void inspect_begin(void);
/* At the end: is VTL2 as it should be? Prints what was seen. */
bool inspect_end(void);

/* For the architecture's walk: a page of its own that must stay as it is, but for these bits of
 * each word. */
void inspect_page(struct inspect_pass *pass, uint64_t gpa, uint64_t ignored);

/* VTL2's registers on the boot VP that say where its tables are, and what they mean. False: this
 * processor cannot see them now. */
bool arch_inspect_registers(uint64_t now[INSPECT_REGISTERS]);
/* Gives inspect_page() each table and each page that VTL2 cannot write, in the same order each
 * time. */
void arch_inspect_walk(struct inspect_pass *pass, const uint64_t registers[INSPECT_REGISTERS]);

#endif
