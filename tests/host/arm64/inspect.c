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
#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"

#define PAGE 4096ull
#define LEVELS_MAX 4
#define PAGES_MAX 4096
#define REGISTERS 5
#define SCHEDULE_WORDS 60 /* AES-256 */

#define DESC_VALID 1ull
#define DESC_TABLE 2ull /* at the last level: a page */
#define DESC_READ_ONLY (1ull << 7)
#define DESC_ADDRESS 0x0000FFFFFFFFF000ull
#define SCTLR_M 1ull

struct page {
	uint64_t gpa;
	uint64_t digest;
};

static struct page pages[PAGES_MAX];
static uint32_t page_count;
static uint64_t registers[REGISTERS];
static uint32_t keys_at_first;
static bool taken;
static uint32_t granule_shift; /* of VTL2's tables */

/* One pass over the pages: the first one records, the second one compares. */
struct pass {
	bool compares;
	uint32_t n;
	uint64_t first; /* that differs */
	uint32_t differ;
};

/* VTL2's on the boot VP; false: it runs VTL2 now, and this is another processor. */
static bool registers_now(uint64_t now[REGISTERS])
{
	const struct cpu *cpu = &cpus[0];
	const struct vtl_regs *regs = &cpu->regs[vtl_slot(2)];

	if (cpu->vp.active != 2) {
		now[0] = regs->ttbr0;
		now[1] = regs->tcr;
		now[2] = regs->sctlr;
		now[3] = regs->mair;
		now[4] = regs->vbar;
		return true;
	}
	now[0] = sysreg_read(ttbr0_el1);
	now[1] = sysreg_read(tcr_el1);
	now[2] = sysreg_read(sctlr_el1);
	now[3] = sysreg_read(mair_el1);
	now[4] = sysreg_read(vbar_el1);
	return cpu == cpu_self();
}

static void one_page(struct pass *pass, uint64_t gpa)
{
	const uint64_t *word = arch_ram(gpa, PAGE);
	uint64_t digest = 0;
	uint32_t i;

	if (word == NULL) {
		return; /* a device */
	}
	for (i = 0; i < PAGE / 8; i++) {
		digest = (digest ^ word[i]) * 0x9E3779B97F4A7C15ull;
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

static uint32_t levels(void)
{
	return (48 - granule_shift + granule_shift - 4) / (granule_shift - 3);
}

/* A table, which is as large as a page of its granule. */
static const uint64_t *one_table(struct pass *pass, uint64_t gpa)
{
	uint64_t at;

	for (at = 0; at < 1ull << granule_shift; at += PAGE) {
		one_page(pass, gpa + at);
	}
	return arch_ram(gpa, 1ull << granule_shift);
}

static void leaf(struct pass *pass, uint64_t entry, uint32_t level)
{
	uint64_t size = 1ull << (granule_shift + (granule_shift - 3) * (levels() - 1 - level));
	uint64_t base = entry & DESC_ADDRESS & ~(size - 1);
	uint64_t at;

	for (at = 0; (entry & DESC_READ_ONLY) != 0 && at < size; at += PAGE) {
		one_page(pass, base + at);
	}
}

/* All tables from the root on, and what they map. */
static void walk(struct pass *pass, uint64_t root, uint32_t bits)
{
	uint32_t per_level = granule_shift - 3;
	uint32_t level = levels() - (bits - granule_shift + per_level - 1) / per_level;
	const uint64_t *table[LEVELS_MAX];
	uint32_t index[LEVELS_MAX] = { 0 };
	uint32_t top = level;
	uint64_t entry;

	table[level] = one_table(pass, root);
	for (;;) {
		if (table[level] == NULL || index[level] == 1u << per_level) {
			if (level == top) {
				return;
			}
			level--;
			continue;
		}
		entry = table[level][index[level]++];
		if ((entry & DESC_VALID) == 0) {
			continue;
		}
		if (level == levels() - 1 || (entry & DESC_TABLE) == 0) {
			leaf(pass, entry, level);
			continue;
		}
		level++;
		table[level] = one_table(pass, entry & DESC_ADDRESS);
		index[level] = 0;
	}
}

static void make_pass(struct pass *pass)
{
	static const uint8_t shifts[] = { 12, 16, 14, 0 }; /* by TCR_EL1.TG0 */

	granule_shift = shifts[registers[1] >> 14 & 3];
	if ((registers[2] & SCTLR_M) == 0 || granule_shift == 0) {
		arch_fatal("inspect: VTL2 has no tables, or of no known granule");
	}
	walk(pass, registers[0] & DESC_ADDRESS, 64 - (uint32_t)(registers[1] & 0x3F));
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

void inspect_return(const struct cpu *cpu)
{
	struct pass pass = { .compares = false };

	if (!vm.opt.inspect || taken || cpu != &cpus[0]) {
		return;
	}
	taken = true;
	(void)registers_now(registers);
	make_pass(&pass);
	keys_at_first = count_keys();
}

bool inspect_end(void)
{
	struct pass pass = { .compares = true };
	uint64_t now[REGISTERS];
	uint32_t keys;
	uint32_t i;

	if (!taken) {
		return true;
	}
	for (i = 0; registers_now(now) && i < REGISTERS; i++) {
		if (now[i] != registers[i]) {
			console_host("inspect: register %u of VTL2 is 0x%llx, was 0x%llx", i,
				     (unsigned long long)now[i], (unsigned long long)registers[i]);
			return false;
		}
	}
	make_pass(&pass);
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
