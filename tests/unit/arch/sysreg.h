/* SPDX-License-Identifier: BSD-2-Clause */
/* Which values have the fake system registers, and which instructions were executed? */
#ifndef TESTS_UNIT_ARCH_SYSREG_H
#define TESTS_UNIT_ARCH_SYSREG_H

#include <stdint.h>

#define SYSREG_DONE_MAX 256

struct sysreg_done {
	char what;
	uint64_t va;
};
extern struct sysreg_done sysreg_done[SYSREG_DONE_MAX];
extern uint32_t sysreg_done_count;

void sysreg_reset(void);
void sysreg_set(const char *name, uint64_t value);
uint64_t sysreg_get(const char *name);
uint32_t sysreg_writes(const char *name);

#endif
