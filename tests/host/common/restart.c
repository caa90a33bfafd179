/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens to the VM's memory when the machine restarts? restart.h tells how.
 *
 * May assume: nothing about the record, which at the first run is whatever RAM holds.
 */
#include "tests/host/common/restart.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/vm.h"

#define RECORD_MAGIC 0x5452415453455256ull

struct record {
	uint64_t magic;
	char nonce[OPTIONS_WORD_MAX + 1]; /* of the same test, not of one before it */
	uint32_t count;
	uint32_t zero; /* VTL2 asked for it */
};

static struct record *record(void)
{
	return arch_restart_page();
}

static bool is_known(const struct record *r)
{
	return r->magic == RECORD_MAGIC && memcmp(r->nonce, vm.opt.nonce, sizeof(r->nonce)) == 0;
}

static void clear(uint64_t base, uint64_t end)
{
	void *at = end > base ? arch_ram(base, end - base) : NULL;

	if (at != NULL) {
		memset(at, 0, end - base);
	}
}

void restart_begin(void)
{
	struct record *r = record();

	if (!is_known(r)) {
		memset(r, 0, sizeof(*r));
		r->magic = RECORD_MAGIC;
		memcpy(r->nonce, vm.opt.nonce, sizeof(r->nonce));
	}
}

void restart_clear(void)
{
	const struct record *r = record();
	struct tree_range ram[2];
	uint32_t count = vm_ram(ram);

	if (r->count == 0) {
		return;
	}
	console_host("restart %u, memory %s", r->count, r->zero != 0 ? "cleared" : "as it was");
	if (r->zero == 0) {
		return;
	}
	clear(ram[0].base, ram[0].base + ram[0].size - restart_kept(ram).size);
	if (count == 2) {
		clear(ram[1].base, ram[1].base + ram[1].size);
	}
}

uint32_t restart_count(void)
{
	return record()->count;
}

struct tree_range restart_kept(const struct tree_range *ram)
{
	uint64_t size = (uint64_t)vm.opt.keep_kib << 10;

	return (struct tree_range){ ram->base + ram->size - size, size, TREE_MEMORY_PERSISTENT };
}

_Noreturn void restart_or_end(const char *text)
{
	struct record *r = record();

	if (r->count == vm.opt.restarts) {
		host_end_run("reset", text);
	}
	r->count++;
	r->zero = (vm.config & CONFIG_ZERO_MEMORY) != 0 ? 1 : 0;
	console_flush();
	console_host("reset %s", text);
	arch_restart();
}
