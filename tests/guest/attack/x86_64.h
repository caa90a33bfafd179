/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do the rows share that only x86_64 has?
 */
#ifndef GUEST_ATTACK_X86_64_H
#define GUEST_ATTACK_X86_64_H

#include "tests/guest/attack/attack.h"
#include "tests/guest/lib/x86_64/x64.h"

/* x86_64.c: the instruction ends in a general protection fault. */
void want_read_gp(struct me *me, const char *what, uint32_t msr);
void want_write_gp(struct me *me, const char *what, uint32_t msr, uint64_t value);

/* ports.c; pages.c; ipi.c: A-72, A-73 (A-43: start_rows()). */
void port_rows(void);
void page_rows(void);
void page_hyper_rows(void);
void flood_rows(void);

#endif
