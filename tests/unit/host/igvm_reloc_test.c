/* SPDX-License-Identifier: BSD-2-Clause */
/* Does everything that moves move by one distance, its page tables being an identity map again? */
#include <string.h>

#include "tests/host/common/igvm_reloc.h"
#include "tests/unit/host/igvm_guest.h"
#include "tests/unit/host/igvm_sample.h"
#include "tests/unit/host/test.h"

#define MIB2 0x200000ULL
#define GIB 0x40000000ULL
#define A64_LEAF 0x70DULL
#define MAPPINGS_MAX 64U

static struct sample sample;

struct mapping {
	uint64_t va;
	uint64_t size;
	uint64_t bits;
};

static struct mapping mappings[MAPPINGS_MAX];
static uint32_t mapping_count;

static void must_be(enum igvm_err err, enum igvm_err wanted)
{
	if (err != wanted) {
		fail_msg("%s instead of %s", igvm_err_name(err), igvm_err_name(wanted));
	}
}

/* A table to be looked at. */
struct table {
	uint64_t gpa;
	uint64_t va;
	int level;
};

static void add_mapping(uint64_t va, uint64_t entry, int level, bool arm)
{
	struct mapping *mapping = &mappings[mapping_count++];
	uint64_t low = arm || level == 3 ? 0xFFF : 0x1FFF; /* x64: the PAT bit of large pages */
	uint64_t mask = 0xFFFFFFFFFFFFULL & ~low;

	assert_true(mapping_count <= MAPPINGS_MAX);
	mapping->va = va;
	mapping->size = 1ULL << (39 - 9 * level);
	mapping->bits = entry & ~mask;
	/* An identity map, always. */
	assert_true((entry & mask) == va);
}

/*
 * What the guest's tables map, one line for each entry, larger mappings first. Not the loader's
 * walker: a list of tables that are still to be read. Every pointer must lie in the region.
 */
static void read_tables(struct guest *guest, bool arm)
{
	struct table list[MAPPINGS_MAX] = { { 0, 0, 0 } };
	uint32_t listed = 1;
	uint32_t read;
	uint32_t i;

	mapping_count = 0;
	assert_true(igvm_register(&guest->result, arm ? IGVM_REG_TTBR0_EL1 : IGVM_REG_CR3,
				  &list[0].gpa));
	for (read = 0; read < listed; read++) {
		struct table table = list[read];

		assert_int_equal(table.gpa % 0x1000, 0);
		assert_true(igvm_range_holds(&guest->result.tables, table.gpa, 0x1000));
		for (i = 0; i < 512; i++) {
			uint64_t va = table.va + ((uint64_t)i << (39 - 9 * table.level));
			uint64_t entry = guest_u64(guest, table.gpa + i * 8ULL);
			bool leaf = table.level == 3 || (arm ? (entry & 2) == 0 : entry & 0x80);

			if ((entry & 1) == 0) {
				assert_true(entry == 0);
			} else if (leaf) {
				add_mapping(va, entry, table.level, arm);
			} else {
				assert_true(listed < MAPPINGS_MAX);
				list[listed].gpa = entry & 0xFFFFFFFFF000ULL;
				list[listed].va = va;
				list[listed].level = table.level + 1;
				listed++;
			}
		}
	}
}

static void must_map(uint32_t n, uint64_t va, uint64_t size, uint64_t bits)
{
	assert_true(n < mapping_count);
	assert_true(mappings[n].va == va);
	assert_true(mappings[n].size == size);
	assert_true(mappings[n].bits == bits);
}

static enum igvm_err load_at(uint64_t base)
{
	struct guest *guest = guest_get();

	sample_seal(&sample);
	return guest_load_at(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64, base);
}

static void test_moved(void **state)
{
	static const uint64_t bases[] = { 0x200000,  0x400000,	0x7E00000, 0x8000000,
					  0x8200000, 0x8400000, 0xF000000, 0xFC00000 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		struct guest *guest = guest_get();
		const struct igvm_result *result = &guest->result;
		uint64_t base = bases[i];
		uint64_t value = 0;

		guest_poison(guest, base, S_MEMORY_SIZE);
		sample_arm64(&sample);
		must_be(load_at(base), IGVM_OK);
		assert_true(result->delta == base - S_BASE);
		assert_true(result->region.gpa == base);
		assert_true(result->tables.gpa == base + 0x3F0000);
		assert_true(result->required[0].gpa == base && result->required[0].vtl2);
		assert_true(result->required[1].gpa == S_PAYLOAD_GPA);
		assert_true(igvm_register(result, IGVM_REG_XPC, &value) && value == base + 0x10);
		assert_true(igvm_register(result, IGVM_REG_X0, &value) && value == 0x1000);
		assert_true(igvm_register(result, IGVM_REG_VBAR_EL1, &value) && value == 0);
		assert_memory_equal(guest->ram + base, sample.bytes + S_IMAGE, 4096);
		assert_memory_equal(guest->ram + base + 0x2000, GUEST_TREE_TEXT,
				    sizeof(GUEST_TREE_TEXT));
		assert_memory_equal(guest->ram + S_PAYLOAD_GPA, sample.bytes + S_PAYLOAD, 4096);
		read_tables(guest, true);
		assert_int_equal(mapping_count, 2);
		must_map(0, base, MIB2, A64_LEAF);
		must_map(1, base + MIB2, MIB2, A64_LEAF);
	}
}

static void test_bad_base(void **state)
{
	static const uint64_t bases[] = {
		0, 0x300000, 0x201000, 1ULL << 47, (1ULL << 47) - 0x200000, 0xFFFFFFFFFFE00000
	};
	size_t i;

	(void)state;
	sample_arm64(&sample);
	for (i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		must_be(load_at(bases[i]), IGVM_BAD_RELOC_BASE);
		assert_true(guest_get()->result.value == bases[i]);
	}
	/* Allowed by the file, but not there in the VM. */
	must_be(load_at(0xFE00000), IGVM_BAD_REQUIRED_RAM);
	/* Over the payload, which does not move. */
	must_be(load_at(0xBE00000), IGVM_BAD_REQUIRED_OVERLAP);
	sample_remove_header(&sample, S_REQUIRED_PAYLOAD);
	must_be(load_at(0xC000000), IGVM_BAD_PAGE_TWICE);
	/* A file without a region cannot be moved. */
	sample_arm64(&sample);
	sample_remove_header(&sample, S_TABLES);
	sample_remove_header(&sample, S_REGION);
	must_be(load_at(0x8000000), IGVM_BAD_RELOC_NONE);
}

static void test_pc_stays(void **state)
{
	(void)state;
	/* Without its flag the first instruction stays where it was, where nothing is now. */
	sample_arm64(&sample);
	sample.bytes[S_REGION + 7] = 1;
	must_be(load_at(0x400000), IGVM_BAD_REG_PC);
	must_be(load_at(S_BASE), IGVM_OK);
}

static void test_without_tables(void **state)
{
	(void)state;
	sample_arm64(&sample);
	sample_remove_header(&sample, S_TABLES);
	must_be(load_at(0x400000), IGVM_BAD_RELOC_NO_TABLES);
	/* With paging off there is nothing to rewrite. The headers are 40 bytes shorter now. */
	sample_put64(&sample, S_REGS - 40 + 4 * 32 + 20, 0x30D00800);
	must_be(load_at(0x400000), IGVM_OK);
}

/* Another mapping is kept where it was, beside the moved ones. */
static void test_others_stay(void **state)
{
	struct guest *guest = guest_get();

	(void)state;
	sample_arm64(&sample);
	sample_put64(&sample, S_L2 + 3 * 8, 3 * MIB2 | 0x401);
	sample_put64(&sample, S_L1 + 3 * 8, 3 * GIB | 0x60000000000705);
	must_be(load_at(0x400000), IGVM_BAD_PT_CONFLICT);
	must_be(load_at(0x800000), IGVM_OK);
	read_tables(guest, true);
	assert_int_equal(mapping_count, 4);
	must_map(0, 3 * GIB, GIB, 0x60000000000705);
	must_map(1, 3 * MIB2, MIB2, 0x401);
	must_map(2, 0x800000, MIB2, A64_LEAF);
	must_map(3, 0x800000 + MIB2, MIB2, A64_LEAF);
	/* One that is the same already is no conflict. */
	sample_put64(&sample, S_L2 + 3 * 8, 3 * MIB2 | A64_LEAF);
	must_be(load_at(0x400000), IGVM_OK);
	read_tables(guest, true);
	assert_int_equal(mapping_count, 3);
}

/* 4 KiB pages in a table of their own; the contiguous hint does not survive. */
static void put_small_pages(uint32_t first, uint32_t count, uint64_t bits)
{
	static const uint8_t zero[4096];
	uint8_t page[24] = { 0 };
	uint32_t i;
	size_t data;

	/* A fourth table, whose data follow the payload's. */
	page[8] = 1;
	data = sample_add_header(&sample, 0x302, page, 24);
	sample_put64(&sample, data, S_TABLES_GPA + 0x3000);
	sample_put32(&sample, data + 12, (uint32_t)sample.size);
	memcpy(sample.bytes + sample.size, zero, 4096);
	for (i = first; i < first + count; i++) {
		sample_put64(&sample, sample.size + i * 8ULL,
			     (S_BASE + MIB2 + i * 0x1000ULL) | bits);
	}
	sample.size += 4096;
	sample_put64(&sample, S_TABLES + 24, 0x4000);
	sample_put64(&sample, S_L2 + 32 + 65 * 8, (S_TABLES_GPA + 0x3000) | 3);
}

static void test_small_pages(void **state)
{
	struct guest *guest = guest_get();
	uint32_t i;

	(void)state;
	sample_arm64(&sample);
	put_small_pages(5, 16, A64_LEAF | 2 | 1ULL << 52 | 1ULL << 54);
	must_be(load_at(0x400000), IGVM_OK);
	read_tables(guest, true);
	assert_int_equal(mapping_count, 17);
	must_map(0, 0x400000, MIB2, A64_LEAF);
	for (i = 0; i < 16; i++) {
		must_map(1 + i, 0x400000 + MIB2 + (5 + i) * 0x1000ULL, 0x1000,
			 A64_LEAF | 2 | 1ULL << 54);
	}
}

/* What stays and what moves may share a table: three pages are enough for both, as before. */
static void test_other_tables(void **state)
{
	struct guest *guest = guest_get();

	(void)state;
	/* A device at 1 GiB - 2 MiB, in the same level-2 table, which stays beside the image. */
	sample_arm64(&sample);
	sample_put64(&sample, S_L2 + 511 * 8, (511 * MIB2) | 0x401);
	sample_put64(&sample, S_TABLES + 16, 0x3000);
	must_be(load_at(0x400000), IGVM_OK);
	read_tables(guest, true);
	assert_int_equal(mapping_count, 3);
	must_map(2, 511 * MIB2, MIB2, 0x401);
}

/* Blocks of 1 GiB: they stay when the distance is smaller, and must then still cover what moved. */
static void test_large_leaves(void **state)
{
	struct guest *guest = guest_get();

	(void)state;
	sample_arm64(&sample);
	sample_put64(&sample, S_L1, A64_LEAF);
	must_be(load_at(0x400000), IGVM_OK);
	read_tables(guest, true);
	assert_int_equal(mapping_count, 1);
	must_map(0, 0, GIB, A64_LEAF);
}

static void test_leaf_size(void **state)
{
	(void)state;
	/* A distance of 2 MiB and a half is possible when the file says 4 KiB are enough. */
	sample_arm64(&sample);
	sample_put64(&sample, S_REGION + 8, 0x1000);
	must_be(load_at(S_BASE + MIB2 + 0x1000), IGVM_BAD_PT_LEAF_SIZE);
	/* A block larger than the distance stays, and what moved up leaves its end. */
	must_be(load_at(S_BASE + 0x1000), IGVM_BAD_PT_LOST);
	/* Downwards it leaves its begin. */
	must_be(load_at(S_BASE - 0x1000), IGVM_BAD_PT_LOST);
}

static void test_lost_and_found(void **state)
{
	struct guest *guest = guest_get();

	(void)state;
	/* The same, with a neighbour that happens to map the rest. */
	sample_arm64(&sample);
	sample_put64(&sample, S_REGION + 8, 0x1000);
	sample_put64(&sample, S_L2 + 66 * 8, (S_BASE + 2 * MIB2) | A64_LEAF);
	must_be(load_at(S_BASE + 0x1000), IGVM_OK);
	read_tables(guest, true);
	assert_int_equal(mapping_count, 3);
}

static void test_no_room(void **state)
{
	struct guest *guest = guest_get();
	uint64_t size;

	(void)state;
	/* A region that is one table too small for what the moved mappings need. */
	for (size = 0x3000; size <= 0x5000; size += 0x1000) {
		sample_arm64(&sample);
		sample_put64(&sample, S_TABLES + 16, size);
		put_small_pages(0, 8, A64_LEAF | 2);
		if (size == 0x3000) {
			must_be(load_at(0x400000), IGVM_BAD_PT_SIZE);
			continue;
		}
		/* Nothing but the small pages, and the first instruction in them. */
		sample_put64(&sample, S_REGION + 8, 0x1000);
		sample_put64(&sample, S_L2 + 32 + 64 * 8, 0);
		sample_put64(&sample, S_PAGE_IMAGE, S_BASE + MIB2);
		sample_put64(&sample, S_REGS + 32 + 20, S_BASE + MIB2);
		/* Moved by 2 MiB - 16 KiB, the 8 pages lie in two tables: one more than filed. */
		guest_poison(guest, S_BASE + MIB2 - 0x4000, S_MEMORY_SIZE);
		must_be(load_at(S_BASE + MIB2 - 0x4000),
			size == 0x4000 ? IGVM_BAD_PT_NO_ROOM : IGVM_OK);
	}
	read_tables(guest, true);
	assert_int_equal(mapping_count, 8);
	must_map(0, S_BASE + 2 * MIB2 - 0x4000, 0x1000, A64_LEAF | 2);
	must_map(7, S_BASE + 2 * MIB2 + 0x3000, 0x1000, A64_LEAF | 2);
}

static void test_range(void **state)
{
	struct guest *guest = guest_get();

	(void)state;
	/* 31 bits of addresses, three levels: beyond 2 GiB nothing can be mapped. */
	sample_arm64(&sample);
	sample_put64(&sample, S_REGS + 7 * 32 + 20, 0x580803521); /* T0SZ 33 */
	sample_put64(&sample, S_REGS + 5 * 32 + 20, S_TABLES_GPA + 0x1000);
	must_be(load_at(S_BASE), IGVM_OK);
	must_be(load_at(0x400000), IGVM_OK);
	assert_true(guest_u64(guest, 0x7F1000) == (0x7F0000 | 3));
	assert_true(guest_u64(guest, 0x7F0000 + 2 * 8) == (0x400000 | A64_LEAF));
	guest->ram_claimed = 4 * GIB;
	sample_seal(&sample);
	must_be(guest_load_at(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64, 2 * GIB),
		IGVM_BAD_PT_RANGE);
}

static void test_x64(void **state)
{
	struct guest *guest = guest_get();
	uint64_t value = 0;

	(void)state;
	sample_x64(&sample);
	/* A second block that is NX and has the PAT bit of large pages. */
	sample_put64(&sample, S_L2 - 8 + 65 * 8, (S_BASE + MIB2) | 0x10E3 | 1ULL << 63);
	sample_seal(&sample);
	must_be(guest_load_at(guest, sample.bytes, sample.size, IGVM_ARCH_X64, 0x600000), IGVM_OK);
	read_tables(guest, false);
	assert_int_equal(mapping_count, 2);
	must_map(0, 0x600000, MIB2, 0xE3);
	must_map(1, 0x600000 + MIB2, MIB2, 0x10E3 | 1ULL << 63);
	assert_true(igvm_register(&guest->result, IGVM_REG_RIP, &value) && value == 0x600010);
	assert_true(igvm_register(&guest->result, 0x00020006, &value) && value == 0x1000);
	assert_true(guest->result.regs[8].high == 0x600008);
	assert_true(guest->result.regs[8].low == 0x001F000000000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moved),	     cmocka_unit_test(test_bad_base),
		cmocka_unit_test(test_pc_stays),     cmocka_unit_test(test_without_tables),
		cmocka_unit_test(test_others_stay),  cmocka_unit_test(test_small_pages),
		cmocka_unit_test(test_other_tables), cmocka_unit_test(test_large_leaves),
		cmocka_unit_test(test_leaf_size),    cmocka_unit_test(test_lost_and_found),
		cmocka_unit_test(test_no_room),	     cmocka_unit_test(test_range),
		cmocka_unit_test(test_x64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
