/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does VTL0's tree, and do its tables, say what their input says?
 *
 * Read back with libfdt and by UEFI's offsets, not with what wrote them. Facts are what the
 * firmware's checks let through: ranges sorted and apart, processors each with a number of its own.
 */
#include "tests/fuzz/tree_vtl0.h"

#include <string.h>

#include <libfdt.h>

#include "core/platform.h"
#include "core/vtl0_acpi.h"
#include "dt/fdt_check.h"

#include "tests/fuzz/fuzz.h"

#define PAGE 4096
#define DESCRIPTOR 40 /* EFI: type, base, virtual base, pages, attributes */
#define TAGS_MAX 4096

struct facts {
	struct range memory[PLATFORM_MAX_MEM_RANGES];
	hw_id_t cpus[PLATFORM_MAX_CPUS];
	char bootargs[PLATFORM_MAX_BOOTARGS];
	uint8_t rng_seed[64];
	struct vtl0_tree_input in;
};

/* ---- The tree ------------------------------------------------------------------------------ */

static uint64_t be64(const uint8_t *p)
{
	uint64_t value = 0;
	int i;

	for (i = 0; i < 8; i++) {
		value = value << 8 | p[i];
	}
	return value;
}

static bool has_type(const void *tree, int node, const char *wanted)
{
	const char *type = fdt_getprop(tree, node, "device_type", NULL);

	return type != NULL && strcmp(type, wanted) == 0;
}

static uint64_t word_of(const void *tree, int node, const char *name, int length, int at)
{
	int real;
	const uint8_t *value = fdt_getprop(tree, node, name, &real);

	FUZZ_CHECK(value != NULL && real == length);
	return be64(value + at);
}

/* Each range and each processor once, in the order of the input, and no other. */
static void check_machine(const void *tree, const struct vtl0_tree_input *in)
{
	uint32_t ranges = 0;
	uint32_t cpus = 0;
	int parent;
	int node;

	fdt_for_each_subnode(node, tree, 0)
	{
		if (has_type(tree, node, "memory")) {
			FUZZ_CHECK(ranges < in->memory_count);
			FUZZ_CHECK(word_of(tree, node, "reg", 16, 0) == in->memory[ranges].base);
			FUZZ_CHECK(word_of(tree, node, "reg", 16, 8) == in->memory[ranges].size);
			ranges++;
		}
	}
	FUZZ_CHECK(ranges == in->memory_count);
	parent = fdt_path_offset(tree, "/cpus");
	FUZZ_CHECK(parent >= 0);
	fdt_for_each_subnode(node, tree, parent)
	{
		FUZZ_CHECK(has_type(tree, node, "cpu") && cpus < in->cpu_count);
		FUZZ_CHECK(word_of(tree, node, "reg", 8, 0) == in->cpus[cpus].v);
		cpus++;
	}
	FUZZ_CHECK(cpus == in->cpu_count);
}

static void check_chosen(const void *tree, const struct vtl0_tree_input *in)
{
	int chosen = fdt_path_offset(tree, "/chosen");
	int length;
	const void *seed;

	FUZZ_CHECK(chosen >= 0);
	FUZZ_CHECK(strcmp(fdt_getprop(tree, chosen, "bootargs", NULL), in->bootargs) == 0);
	seed = fdt_getprop(tree, chosen, "rng-seed", &length);
	FUZZ_CHECK(in->rng_seed_size == 0 ?
			   seed == NULL :
			   seed != NULL && length == (int)in->rng_seed_size &&
				   memcmp(seed, in->rng_seed, in->rng_seed_size) == 0);
	FUZZ_CHECK((in->initrd.size != 0) ==
		   (fdt_getprop(tree, chosen, "linux,initrd-start", NULL) != NULL));
	if (in->efi.system_table != 0) {
		FUZZ_CHECK(word_of(tree, chosen, "linux,uefi-system-table", 8, 0) ==
			   in->efi.system_table);
		FUZZ_CHECK(word_of(tree, chosen, "linux,uefi-mmap-start", 8, 0) ==
			   in->efi.memory_map);
	}
}

void tree_vtl0_build(const struct vtl0_tree_input *in)
{
	static const struct fdt_limits limits = { VTL0_TREE_SIZE, TAGS_MAX };
	static _Alignas(8) uint8_t tree[VTL0_TREE_SIZE];
	static struct fdt_index index;
	struct dt_defect defect;
	uint32_t used;

	if (vtl0_tree_build(in, tree, sizeof(tree), &used) != OK) {
		FUZZ_CHECK(used == 0);
		return;
	}
	FUZZ_CHECK(used <= sizeof(tree) && used == fdt_totalsize(tree));
	FUZZ_CHECK(fdt_check(tree, used, &limits, &index, &defect) == OK);
	FUZZ_CHECK(fdt_boot_cpuid_phys(tree) == (uint32_t)in->boot_cpu.v);
	check_chosen(tree, in);
	if (in->efi.system_table == 0) {
		check_machine(tree, in);
	} else {
		FUZZ_CHECK(fdt_path_offset(tree, "/cpus") < 0);
	}
}

/* ---- The tables ---------------------------------------------------------------------------- */

static uint64_t le(const uint8_t *p, int size)
{
	uint64_t value = 0;

	while (size-- > 0) {
		value = value << 8 | p[size];
	}
	return value;
}

/* The map has VTL0's RAM, each page once, and no page more. */
static void check_map(const uint8_t *map, uint32_t size, const struct vtl0_acpi_input *in)
{
	uint32_t at = 0;
	uint32_t i;

	FUZZ_CHECK(size % DESCRIPTOR == 0);
	for (i = 0; i < in->memory_count; i++) {
		uint64_t next = in->memory[i].base;

		while (next != range_end(in->memory[i])) {
			FUZZ_CHECK(at < size);
			FUZZ_CHECK(le(map + at + 8, 8) == next && le(map + at + 24, 8) != 0);
			next += le(map + at + 24, 8) * PAGE;
			at += DESCRIPTOR;
		}
	}
	FUZZ_CHECK(at == size);
}

static void build_tables(const struct vtl0_acpi_input *in)
{
	static uint8_t block[VTL0_ACPI_SIZE];
	struct vtl0_acpi_layout layout;
	uint64_t map;

	if (vtl0_acpi_build(in, block, &layout) != OK) {
		return;
	}
	map = layout.memory_map - in->block_gpa;
	FUZZ_CHECK(layout.system_table == in->block_gpa && layout.rsdp > in->block_gpa &&
		   layout.rsdp - in->block_gpa <= VTL0_ACPI_SIZE - 36);
	FUZZ_CHECK(map < VTL0_ACPI_SIZE && layout.memory_map_size <= VTL0_ACPI_SIZE - map);
	check_map(block + map, layout.memory_map_size, in);
}

/* ---- Facts from bytes ---------------------------------------------------------------------- */

/* Often small, so that places meet each other. */
static uint64_t pages(struct fuzz_input *in)
{
	uint64_t how = fuzz_take(in, 1);

	return (how & 128) != 0 ? how & 127 : fuzz_take(in, 1 + how % 6);
}

static void take_memory(struct fuzz_input *in, struct facts *f)
{
	uint64_t count = fuzz_take(in, 1) % (PLATFORM_MAX_MEM_RANGES + 1);
	uint64_t end = 0; /* in pages */
	uint64_t i;

	for (i = 0; i < count; i++) {
		uint64_t base = end + pages(in);
		uint64_t size = pages(in);

		f->memory[i] = (struct range){ base * PAGE, size * PAGE };
		end = base + size;
		if (end > UINT64_C(1) << 51) {
			break;
		}
	}
	f->in.memory = f->memory;
	f->in.memory_count = (uint32_t)i;
}

static void take_cpus(struct fuzz_input *in, struct facts *f)
{
	uint64_t count = fuzz_take(in, 1) % (PLATFORM_MAX_CPUS + 1);
	uint64_t last = 0;
	uint64_t i;

	for (i = 0; i < count; i++) {
		/* No number twice: the odd ones come down, the even ones go up. */
		last += 1 + fuzz_take(in, 1);
		f->cpus[i].v = (i % 2) != 0 ? UINT64_C(0xFF00FFFFFF) - last : last;
	}
	f->in.cpus = f->cpus;
	f->in.cpu_count = (uint32_t)count;
	f->in.boot_cpu = count > 0 ? f->cpus[fuzz_take(in, 1) % count] : (hw_id_t){ 0 };
}

static void take_chosen(struct fuzz_input *in, struct facts *f)
{
	size_t length = fuzz_take(in, 2) % sizeof(f->bootargs);
	size_t i;

	for (i = 0; i < length; i++) {
		f->bootargs[i] = (char)(' ' + fuzz_take(in, 1) % 95);
	}
	f->bootargs[length] = '\0';
	f->in.bootargs = f->bootargs;
	f->in.kaslr_seed = fuzz_take(in, 1);
	f->in.rng_seed = f->rng_seed;
	f->in.rng_seed_size = (uint32_t)fuzz_take(in, 1) % (sizeof(f->rng_seed) + 1);
	f->in.initrd = (struct range){ pages(in) * PAGE, pages(in) * PAGE };
}

void tree_vtl0_facts(const uint8_t *data, size_t size)
{
	static struct facts f;
	struct fuzz_input in = { data, size };
	struct vtl0_acpi_input tables;

	memset(&f, 0, sizeof(f));
	take_memory(&in, &f);
	take_cpus(&in, &f);
	f.in.has_uart = fuzz_take(&in, 1) % 2 != 0;
	f.in.uart_base = pages(&in) * PAGE;
	f.in.uart_intid = (uint32_t)fuzz_take(&in, 2);
	f.in.timer_intid = 16 + (uint32_t)fuzz_take(&in, 1) % 17;
	f.in.gicd_base = pages(&in) * PAGE;
	f.in.gicr_base = pages(&in) * PAGE;
	f.in.gicr_count = f.in.cpu_count;
	f.in.door_page = pages(&in) * PAGE;
	f.in.has_vtl_call = fuzz_take(&in, 1) % 2 != 0;
	f.in.services_intid = (uint32_t)fuzz_take(&in, 2);
	f.in.efi.system_table = fuzz_take(&in, 1) % 2 * PAGE;
	take_chosen(&in, &f);
	tables = (struct vtl0_acpi_input){
		.block_gpa = pages(&in) * PAGE,
		.memory = f.memory,
		.memory_count = f.in.memory_count,
		.tree = { pages(&in) * PAGE, pages(&in) * PAGE },
		.cpus = f.cpus,
		.cpu_count = f.in.cpu_count,
		.gicd_base = f.in.gicd_base,
		.gicr_base = f.in.gicr_base,
		.gicr_count = f.in.gicr_count,
		.timer_intid = f.in.timer_intid,
		.has_uart = f.in.has_uart,
		.uart_base = f.in.uart_base,
		.uart_intid = f.in.uart_intid,
		.door_page = f.in.door_page,
		.has_vtl_call = f.in.has_vtl_call,
	};
	tree_vtl0_build(&f.in);
	build_tables(&tables);
}
