/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a file with system registers run on another machine?
 *
 * Forced in front of every file of a test: the names and bits of arch/arm64/sysreg.h are the real
 * ones, its instructions become calls of the test's own. Nothing here executes arm64 assembly.
 */
#ifndef TESTS_UNIT_ARCH_FAKE_SYSREG_H
#define TESTS_UNIT_ARCH_FAKE_SYSREG_H

#define isb real_isb
#define dsb_sy real_dsb_sy
#define dsb_ish real_dsb_ish
#define wfi real_wfi
#define wfe real_wfe
#define sev real_sev
#define dc_civac real_dc_civac
#define tlbi_va real_tlbi_va
#include "arch/arm64/sysreg.h"
#undef isb
#undef dsb_sy
#undef dsb_ish
#undef wfi
#undef wfe
#undef sev
#undef dc_civac
#undef tlbi_va

/* Registers by their name in the source. */
uint64_t fake_sysreg_read(const char *name);
void fake_sysreg_write(const char *name, uint64_t value);
#undef SYSREG_READ
#undef SYSREG_WRITE
#define SYSREG_READ(name) fake_sysreg_read(SYSREG_STRING(name))
#define SYSREG_WRITE(name, value) fake_sysreg_write(SYSREG_STRING(name), (value))

/* 'i', 's', 't', 'c': barriers of both kinds, TLB and cache maintenance, with their address. */
void fake_sysreg_do(char what, uint64_t va);

static inline void isb(void)
{
	fake_sysreg_do('i', 0);
}

static inline void dsb_sy(void)
{
	fake_sysreg_do('s', 0);
}

static inline void dsb_ish(void)
{
	fake_sysreg_do('s', 0);
}

static inline void dc_civac(uint64_t va)
{
	fake_sysreg_do('c', va);
}

static inline void tlbi_va(uint64_t va)
{
	fake_sysreg_do('t', va);
}

#endif
