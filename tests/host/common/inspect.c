/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is VTL2 at the end of the run what it was when VTL0 began, and are its keys gone? (inspect=on)
 *
 * What VTL2's own translation tables do not let VTL2 write, these tables, and the registers that
 * point to them: nothing of it has a reason to change once VTL0 runs. A key of AES-256 that was in
 * use lies in memory as its key schedule, whose words depend on each other: it is found wherever it
 * lies. Both are the architecture's and the cipher's, so this needs to know nothing of the image.
 * Called under the host's lock.
 */
#include "tests/host/common/inspect.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/hv.h"

#define PAGE 4096ull
#define PAGES_MAX 4096
#define SCHEDULE_WORDS 60 /* AES-256 */

struct page {
	uint64_t gpa;
	uint64_t digest;
};

static struct page pages[PAGES_MAX];
static uint32_t page_count;
static uint64_t registers[INSPECT_REGISTERS];
static uint32_t keys_at_first;
static bool taken;

/* One pass over the pages: the first one records, the second one compares. */
struct inspect_pass {
	bool compares;
	uint32_t n;
	uint64_t first; /* that differs */
	uint32_t differ;
};

void inspect_page(struct inspect_pass *pass, uint64_t gpa, uint64_t ignored)
{
	const uint64_t *word = arch_ram(gpa, PAGE);
	uint64_t digest = 0;
	uint32_t i;

	if (word == NULL) {
		return; /* a device */
	}
	for (i = 0; i < PAGE / 8; i++) {
		digest = (digest ^ (word[i] & ~ignored)) * 0x9E3779B97F4A7C15ull;
		digest ^= digest >> 29;
	}
	if (!pass->compares) {
		if (page_count == PAGES_MAX) {
			arch_fatal("inspect: more pages than there is room for");
		}
		pages[page_count++] = (struct page){ gpa, digest };
	} else if (pass->n >= page_count || pages[pass->n].gpa != gpa ||
		   pages[pass->n].digest != digest) {
		pass->first = pass->differ++ == 0 ? gpa : pass->first;
	}
	pass->n++;
}

/* Three of four words are the exclusive or of two before them; the fourth wants the S-box. */
static bool is_schedule(const uint32_t *word)
{
	uint32_t i;

	if ((word[58] | word[59]) == 0) {
		return false; /* zeroes, which have that property too */
	}
	for (i = 9; i < SCHEDULE_WORDS; i++) {
		if (i % 4 != 0 && word[i] != (word[i - 8] ^ word[i - 1])) {
			return false;
		}
	}
	return true;
}

/* In all memory that VTL0 cannot reach. The last page of RAM is never VTL2's alone. */
static uint32_t count_keys(void)
{
	uint64_t gpa = vm.opt.ram_base;
	uint64_t end = gpa + ((uint64_t)vm.opt.ram_mib << 20);
	uint32_t keys = 0;

	for (; gpa < end; gpa += PAGE) {
		const uint32_t *word = arch_ram(gpa, 2 * PAGE);
		uint32_t i;

		if (word == NULL || arch_access(0, gpa / PAGE) != 0) {
			continue;
		}
		for (i = 0; i < PAGE / 4; i++) {
			if (is_schedule(&word[i])) {
				keys++;
				/* Who writes a whole last round has a few words more of it. */
				i += SCHEDULE_WORDS;
			}
		}
	}
	return keys;
}

void inspect_begin(void)
{
	struct inspect_pass pass = { .compares = false };

	if (!vm.opt.inspect || taken) {
		return;
	}
	taken = true;
	(void)arch_inspect_registers(registers);
	arch_inspect_walk(&pass, registers);
	keys_at_first = count_keys();
}

bool inspect_end(void)
{
	struct inspect_pass pass = { .compares = true };
	uint64_t now[INSPECT_REGISTERS];
	uint32_t keys;
	uint32_t i;

	if (!taken) {
		return true;
	}
	for (i = 0; arch_inspect_registers(now) && i < INSPECT_REGISTERS; i++) {
		if (now[i] != registers[i]) {
			console_host("inspect: register %u of VTL2 is 0x%llx, was 0x%llx", i,
				     (unsigned long long)now[i], (unsigned long long)registers[i]);
			return false;
		}
	}
	arch_inspect_walk(&pass, registers);
	if (pass.differ != 0 || pass.n != page_count) {
		console_host("inspect: %u pages of VTL2 differ, the first is 0x%llx", pass.differ,
			     (unsigned long long)pass.first);
		return false;
	}
	console_host("inspect: %u pages of VTL2 are what they were", page_count);
	keys = count_keys();
	console_host("inspect: AES keys: %u at first, %u left", keys_at_first, keys);
	return keys == 0;
}
