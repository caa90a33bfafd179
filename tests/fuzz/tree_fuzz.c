/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the firmware survive any tree of a host, and is what it makes of it safe?
 *
 * The bytes go the firmware's own way: bootinfo, the search for a console, the memory map, and the
 * tree for VTL0 made from what was accepted. The same bytes are tried as a FIT image too, and those
 * that do not even begin like a tree as facts for VTL0's tree and tables (tree_vtl0.c).
 */
#include <stdbool.h>
#include <string.h>

#include <libfdt.h>

#include "core/mem_map.h"
#include "dt/bootinfo.h"
#include "dt/console.h"
#include "dt/fdt_check.h"
#include "dt/fit.h"

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/tree_vtl0.h"

#define FIT_MAX 0x100000u

/* Exactly as large as the input, and aligned like a page: the sanitizer sees the byte after. */
static void *copy_of(const uint8_t *data, size_t size)
{
	void *copy = malloc(size > 0 ? size : 1);

	FUZZ_CHECK(copy != NULL);
	memcpy(copy, data, size);
	return copy;
}

static void check_text(const char *text, size_t size)
{
	size_t i;

	FUZZ_CHECK(memchr(text, '\0', size) != NULL);
	for (i = 0; text[i] != '\0'; i++) {
		FUZZ_CHECK(text[i] >= ' ' && text[i] <= '~');
	}
}

static void check_defect(enum err err, const struct dt_defect *defect)
{
	if (err == OK) {
		return;
	}
	FUZZ_CHECK(defect->what != NULL && defect->what[0] != '\0');
	FUZZ_CHECK(defect->node[0] != '\0');
	check_text(defect->node, sizeof(defect->node));
	check_text(defect->property, sizeof(defect->property));
}

static void check_memory(const struct platform *p)
{
	uint32_t i;

	FUZZ_CHECK(p->mem_count > 0 && p->mem_count <= PLATFORM_MAX_MEM_RANGES);
	for (i = 0; i < p->mem_count; i++) {
		const struct range *r = &p->mem[i].range;

		FUZZ_CHECK(r->size > 0 && r->base % 4096 == 0 && r->size % 4096 == 0);
		FUZZ_CHECK(r->size - 1 <= UINT64_MAX - r->base);
		FUZZ_CHECK(p->mem[i].type <= MEM_VTL2);
		if (i > 0) {
			const struct range *before = &p->mem[i - 1].range;

			FUZZ_CHECK(before->base < r->base &&
				   before->size <= r->base - before->base);
		}
	}
}

static void check_platform(const struct platform *p)
{
	bool boot_there = false;
	uint32_t i;
	uint32_t j;

	check_memory(p);
	FUZZ_CHECK(p->cpu_count > 0 && p->cpu_count <= PLATFORM_MAX_CPUS);
	for (i = 0; i < p->cpu_count; i++) {
		boot_there = boot_there || p->cpu[i].hw_id.v == p->boot_hw_id.v;
		for (j = 0; j < i; j++) {
			FUZZ_CHECK(p->cpu[i].hw_id.v != p->cpu[j].hw_id.v);
		}
	}
	FUZZ_CHECK(boot_there);
	FUZZ_CHECK(p->uart_count <= PLATFORM_MAX_UARTS);
	for (i = 0; i < p->uart_count; i++) {
		uint32_t intid = p->uart[i].intid;

		FUZZ_CHECK(intid == 0 || (intid >= 32 && intid <= 1019));
	}
	FUZZ_CHECK(p->entropy_size <= PLATFORM_MAX_ENTROPY);
	FUZZ_CHECK(memchr(p->bootargs, '\0', sizeof(p->bootargs)) != NULL);
	FUZZ_CHECK(p->vmbus_vtl0.aperture_count <= PLATFORM_MAX_APERTURES);
	FUZZ_CHECK(p->vmbus_vtl2.aperture_count <= PLATFORM_MAX_APERTURES);
}

/* Nothing that VTL0 is told to be its RAM is the host's VTL2 memory or no memory at all. */
static void check_ram(const struct range *ram, uint32_t count, const struct platform *p)
{
	uint32_t i;
	uint32_t j;

	FUZZ_CHECK(count > 0);
	for (i = 0; i < count; i++) {
		for (j = 0; j < p->mem_count; j++) {
			FUZZ_CHECK(p->mem[j].type == MEM_NORMAL ||
				   !range_overlaps(p->mem[j].range, ram[i]));
		}
	}
}

static void build_tree(const struct platform *p)
{
	struct range memory[PLATFORM_MAX_MEM_RANGES];
	hw_id_t cpus[PLATFORM_MAX_CPUS];
	struct vtl0_tree_input in = { .memory = memory, .cpus = cpus };
	uint32_t i;

	for (i = 0; i < mem_map_vtl0_count(); i++) {
		memory[in.memory_count++] = mem_map_vtl0(i);
	}
	for (i = 0; i < p->cpu_count; i++) {
		cpus[in.cpu_count++] = p->cpu[i].hw_id;
	}
	in.boot_cpu = p->boot_hw_id;
	in.gicd_base = p->gic.gicd_base;
	in.gicr_base = p->gic.gicr_base;
	in.gicr_count = p->cpu_count;
	in.timer_intid = VTL0_TREE_DEFAULT_TIMER_INTID;
	if (p->uart_count > 0 && p->uart[0].intid != 0) {
		in.has_uart = true;
		in.uart_base = p->uart[0].base;
		in.uart_intid = p->uart[0].intid;
	}
	in.has_vtl_call = true;
	in.bootargs = p->bootargs;
	in.kaslr_seed = 1;
	check_ram(memory, in.memory_count, p);
	tree_vtl0_build(&in);
}

static void after_acceptance(const struct platform *p)
{
	uint32_t i;

	for (i = 0; i < p->mem_count; i++) {
		if (p->mem[i].type == MEM_VTL2) {
			enum err err = mem_map_init(p, p->mem[i].range);

			FUZZ_CHECK(err == OK || err == ERR_NO_MEMORY);
			FUZZ_CHECK(mem_map_touches_vtl2(p->mem[i].range));
			FUZZ_CHECK(!mem_map_is_vtl0(p->mem[i].range));
			if (err == OK) {
				build_tree(p);
			}
			return;
		}
	}
}

static void try_tree(const uint8_t *data, size_t size)
{
	static struct platform platform;
	struct dt_defect defect = { "", "", NULL };
	void *copy = copy_of(data, size);
	uint64_t console;
	enum err err;

	if (console_find(copy, size, &console) != OK) {
		console = 0;
	}
	FUZZ_CHECK(memcmp(copy, data, size) == 0);
	memset(&platform, 0xEE, sizeof(platform));
	err = bootinfo_read(copy, size, &platform, &defect);
	FUZZ_CHECK(memcmp(copy, data, size) == 0);
	check_defect(err, &defect);
	if (err == OK) {
		check_platform(&platform);
		bootinfo_wipe_entropy(copy);
		after_acceptance(&platform);
	} else {
		FUZZ_CHECK(platform.uart_count <= PLATFORM_MAX_UARTS && platform.cpu_count == 0 &&
			   platform.mem_count == 0);
	}
	free(copy);
}

static void check_part(const struct fit_part *part, const uint8_t *image, size_t size)
{
	FUZZ_CHECK(part->size > 0 && part->data >= image && part->size <= size);
	FUZZ_CHECK((size_t)(part->data - image) <= size - part->size);
}

static void try_fit(const uint8_t *data, size_t size)
{
	struct dt_defect defect = { "", "", NULL };
	struct fit_payload payload;
	void *copy = copy_of(data, size);
	enum err err = fit_read(copy, size, FIT_MAX, "arm64", &payload, &defect);

	check_defect(err, &defect);
	if (err == OK) {
		check_part(&payload.kernel, copy, size);
		if (payload.has_ramdisk) {
			check_part(&payload.ramdisk, copy, size);
		}
		FUZZ_CHECK(strlen(payload.bootargs) <= FIT_MAX_BOOTARGS);
	}
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t magic[] = { 0xD0, 0x0D, 0xFE, 0xED };

	try_tree(data, size);
	try_fit(data, size);
	if (size < sizeof(magic) || memcmp(data, magic, sizeof(magic)) != 0) {
		tree_vtl0_facts(data, size);
	}
	return 0;
}

/* ---- Mutation ------------------------------------------------------------------------------ */

static void put_cell(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 24);
	at[1] = (uint8_t)(value >> 16);
	at[2] = (uint8_t)(value >> 8);
	at[3] = (uint8_t)value;
}

/* Most are of a few cells of the structure block: the tree stays one, its facts do not. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	static const uint32_t cells[] = { 0,	      1,	  2,	  3,	     4,
					  8,	      9,	  16,	  32,	     0x1000,
					  0xFFF,      0x10000,	  0xFFFF, 0x3FF,     0x08000000,
					  0x80000000, 0x7FFFFFFF, ~0U,	  0xFFFFF000 };
	size_t count = size < FDT_CHECK_HEADER_SIZE ? 0 : (size - FDT_CHECK_HEADER_SIZE) / 4;
	uint8_t *at;

	if (seed % 4 == 0 || count < 8 || data[0] != 0xD0) {
		return LLVMFuzzerMutate(data, size, max_size);
	}
	at = data + FDT_CHECK_HEADER_SIZE + 4 * (seed / 256 % (count - 4));
	switch (seed % 4) {
	case 1:
		/* A few bytes in place. */
		(void)LLVMFuzzerMutate(at, 4, 4);
		break;
	case 2:
		put_cell(at, cells[seed / 8 % (sizeof(cells) / sizeof(cells[0]))]);
		break;
	default:
		/* What stands elsewhere in the tree: names, addresses and numbers twice. */
		memmove(at, data + FDT_CHECK_HEADER_SIZE + 4 * (seed / 7 % (count - 4)),
			4 + seed / 16 % 4 * 4);
		break;
	}
	return size;
}
