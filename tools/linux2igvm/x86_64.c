/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does x86_64's 64-bit boot protocol ask for, when there is no boot loader?
 *
 * The kernel is vmlinux, at the addresses where it is linked. boot_params says which memory there
 * is, and its list of extra data holds the tree: the area that the host fills begins with the head
 * of that list's one entry.
 */
#include <string.h>

#include "tools/igvm/bytes.h"
#include "tools/igvm/format.h"
#include "tools/igvm/headers.h"
#include "tools/igvm/tables.h"
#include "tools/linux2igvm/linux.h"

/* Offsets in the first block. */
#define BOOT_PARAMS UINT64_C(0x1000)
#define TABLES UINT64_C(0x2000)
#define TABLES_SIZE (4u * IGVM_PAGE)

/* Offsets in an ELF file and in its program headers. */
#define ELF_ENTRY 24
#define ELF_PHOFF 32
#define ELF_PHNUM 56
#define ELF_SIZE 64u
#define PH_LOAD 1u
#define PH_OFFSET 8
#define PH_PADDR 24
#define PH_FILESZ 32
#define PH_MEMSZ 40
#define PH_SIZE 56u

/* Offsets in boot_params. */
#define E820_ENTRIES 0x1E8
#define BOOT_FLAG 0x1FE
#define HEADER 0x202
#define HEADER_MAGIC 0x53726448u /* "HdrS" */
#define VERSION 0x206
#define TYPE_OF_LOADER 0x210
#define LOADFLAGS 0x211
#define SETUP_DATA 0x250
#define E820_TABLE 0x2D0

#define E820_RAM 1
#define LOADED_HIGH 1
#define SETUP_DTB 2
#define SETUP_HEAD 16u /* next, type, length */

#define CR0 UINT64_C(0x80000021) /* PG NE PE */
#define CR4 UINT64_C(0x60)	 /* MCE PAE */
#define EFER UINT64_C(0xD00)	 /* NXE LMA LME */
#define RFLAGS UINT64_C(0x2)
#define PAT UINT64_C(0x0007040600070406) /* as after reset */

/* __BOOT_CS and __BOOT_DS, flat. */
#define SEGMENT(selector, attributes, limit)                                                       \
	((uint64_t)(attributes) << 48 | (uint64_t)(selector) << 32 | (limit))
#define CODE SEGMENT(0x10, 0xA09B, 0xFFFFFFFF)
#define DATA SEGMENT(0x18, 0xC093, 0xFFFFFFFF)
#define TASK SEGMENT(0, 0x8B, 0xFFFF)

/* Present, writable, accessed; of a block also dirty and large. */
static const struct machine tables = {
	.table_bits = UINT64_C(0x23),
	.block_bits = UINT64_C(0xE3),
};

/* What of vmlinux one segment is: bytes of the file, and the memory that they and zeros fill. */
struct segment {
	uint64_t offset;
	uint64_t gpa;
	uint64_t in_file;
	uint64_t in_memory;
};

static uint32_t segment_count(const uint8_t *elf)
{
	return get32(elf + ELF_PHNUM) & 0xFFFF;
}

/* False: entry n of the program headers is nothing to load. */
static bool read_segment(const uint8_t *elf, uint32_t n, struct segment *out)
{
	const uint8_t *entry = elf + get64(elf + ELF_PHOFF) + (uint64_t)n * PH_SIZE;

	out->offset = get64(entry + PH_OFFSET);
	out->gpa = get64(entry + PH_PADDR);
	out->in_file = get64(entry + PH_FILESZ);
	out->in_memory = get64(entry + PH_MEMSZ);
	return get32(entry) == PH_LOAD;
}

static bool is_elf(const struct file_bytes *kernel)
{
	static const uint8_t magic[] = { 0x7F, 'E', 'L', 'F', 2, 1 }; /* 64 bits, little endian */
	uint64_t table;

	if (kernel->size < ELF_SIZE || memcmp(kernel->bytes, magic, sizeof(magic)) != 0) {
		return false;
	}
	table = get64(kernel->bytes + ELF_PHOFF);
	return table <= kernel->size &&
	       segment_count(kernel->bytes) * (uint64_t)PH_SIZE <= kernel->size - table;
}

static bool check(struct place *place, const struct file_bytes *kernel, struct failure *f)
{
	uint64_t begin = place->base + KERNEL_OFFSET;
	uint64_t end = place->base + place->memory;
	uint32_t n;

	if (!is_elf(kernel)) {
		return fail_with(f, "not an x86_64 vmlinux");
	}
	for (n = 0; n < segment_count(kernel->bytes); n++) {
		struct segment s;

		if (!read_segment(kernel->bytes, n, &s)) {
			continue;
		}
		if (s.offset > kernel->size || s.in_file > kernel->size - s.offset ||
		    s.gpa % IGVM_PAGE != 0) {
			return fail_with(f, "a segment is not in the file, or not on a page");
		}
		if (s.gpa < begin || s.gpa > end || s.in_memory > end - s.gpa) {
			return fail_with(f, "the kernel does not fit the memory");
		}
	}
	place->entry = get64(kernel->bytes + ELF_ENTRY);
	return true;
}

static size_t registers(const struct place *place, struct machine_register *out)
{
	const struct machine_register list[] = {
		{ IGVM_REG_RIP, place->entry, 0 },
		{ IGVM_REG_RSI, place->base + BOOT_PARAMS, 0 },
		{ IGVM_REG_RFLAGS, RFLAGS, 0 },
		{ IGVM_REG_CR0, CR0, 0 },
		{ IGVM_REG_CR3, place->base + TABLES, 0 },
		{ IGVM_REG_CR4, CR4, 0 },
		{ IGVM_REG_EFER, EFER, 0 },
		{ IGVM_REG_PAT, PAT, 0 },
		{ IGVM_REG_CS, 0, CODE },
		{ IGVM_REG_DS, 0, DATA },
		{ IGVM_REG_ES, 0, DATA },
		{ IGVM_REG_FS, 0, DATA },
		{ IGVM_REG_GS, 0, DATA },
		{ IGVM_REG_SS, 0, DATA },
		{ IGVM_REG_TR, 0, TASK },
	};

	memcpy(out, list, sizeof(list));
	return sizeof(list) / sizeof(list[0]);
}

static void add_boot_params(const struct place *place, struct writer *w)
{
	uint8_t page[IGVM_PAGE] = { 0 };

	page[E820_ENTRIES] = 1;
	put64(page + E820_TABLE, place->base);
	put64(page + E820_TABLE + 8, place->memory);
	put32(page + E820_TABLE + 16, E820_RAM);
	put16(page + BOOT_FLAG, 0xAA55);
	put32(page + HEADER, HEADER_MAGIC);
	put16(page + VERSION, 0x20F);
	page[TYPE_OF_LOADER] = 0xFF; /* one without a number */
	page[LOADFLAGS] = LOADED_HIGH;
	put64(page + SETUP_DATA, place->base + TREE_OFFSET);
	headers_pages(w, place->base + BOOT_PARAMS, page, sizeof(page));
}

static void pages(const struct place *place, const struct file_bytes *kernel, struct writer *w)
{
	static uint8_t area[TREE_SIZE];
	uint8_t map[TABLES_SIZE];
	size_t used;
	uint32_t n;

	put32(area + 8, SETUP_DTB);
	put32(area + 12, (uint32_t)TREE_SIZE - SETUP_HEAD);
	headers_tree_area(w, TREE_SIZE, SETUP_HEAD, area);
	headers_tree_insert(w, place->base + TREE_OFFSET);
	used = tables_build(&tables, map, sizeof(map), place->base + TABLES, place->base,
			    place->memory);
	headers_pages(w, place->base + TABLES, map, used);
	add_boot_params(place, w);
	for (n = 0; n < segment_count(kernel->bytes); n++) {
		struct segment s;

		if (read_segment(kernel->bytes, n, &s)) {
			headers_pages(w, s.gpa, kernel->bytes + s.offset, (size_t)s.in_file);
		}
	}
}

const struct linux_machine linux_x86_64 = {
	.name = "x86_64",
	/* The kernel then lies where it is linked, at 16 MiB. */
	.base = UINT64_C(0x00E00000),
	.file_version = IGVM_VERSION_1,
	.check = check,
	.registers = registers,
	.pages = pages,
};
