/* SPDX-License-Identifier: BSD-2-Clause */
/* Which values have the fake system registers, and which instructions were executed? */
#include "tests/unit/arch/sysreg.h"

#include <stdlib.h>
#include <string.h>

#define REGISTERS_MAX 32

static struct {
	uint32_t count;
	struct {
		const char *name;
		uint64_t value;
		uint32_t writes;
	} reg[REGISTERS_MAX];
} all;

struct sysreg_done sysreg_done[SYSREG_DONE_MAX];
uint32_t sysreg_done_count;

void sysreg_reset(void)
{
	memset(&all, 0, sizeof(all));
	sysreg_done_count = 0;
}

static uint32_t find(const char *name)
{
	uint32_t i;

	for (i = 0; i < all.count; i++) {
		if (strcmp(all.reg[i].name, name) == 0) {
			return i;
		}
	}
	if (all.count == REGISTERS_MAX) {
		abort();
	}
	all.reg[all.count].name = name;
	return all.count++;
}

void sysreg_set(const char *name, uint64_t value)
{
	all.reg[find(name)].value = value;
}

uint64_t sysreg_get(const char *name)
{
	return all.reg[find(name)].value;
}

uint32_t sysreg_writes(const char *name)
{
	return all.reg[find(name)].writes;
}

uint64_t fake_sysreg_read(const char *name)
{
	return all.reg[find(name)].value;
}

void fake_sysreg_write(const char *name, uint64_t value)
{
	uint32_t i = find(name);

	all.reg[i].value = value;
	all.reg[i].writes++;
}

void fake_sysreg_do(char what, uint64_t va)
{
	if (sysreg_done_count < SYSREG_DONE_MAX) {
		sysreg_done[sysreg_done_count] = (struct sysreg_done){ what, va };
	}
	sysreg_done_count++;
}
