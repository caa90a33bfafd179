/* SPDX-License-Identifier: BSD-2-Clause */
/* Do the payload's parts get places of their own, or a refusal, and is what lies there checked? */
#include "core/payload.h"

#include <string.h>

#include "core/mem_map.h"

#include "tests/fake/cpu.h"
#include "tests/fake/kernel.h"
#include "tests/fake/memory.h"
#include "tests/unit/test.h"

#define MIB UINT64_C(0x100000)
#define TREE_SIZE UINT64_C(0x10000)
#define TABLES_SIZE UINT64_C(0x4000)

/* Only named, never touched: ours lies at 1 TiB. */
static const struct range ours = { UINT64_C(1) << 40, 0x1000 };

static const struct payload_part kernel = { .name = "kernel", .size = 5000 };
static struct payload_part ramdisk = { .name = "ramdisk", .size = 3 * MIB + 5 };
static const struct range no_payload;

static int setup(void **state)
{
	(void)state;
	fake_cpu_reset();
	fake_kernel.err = OK;
	fake_kernel.kernel = (struct arch_kernel){
		.memory_size = 4 * MIB,
		.alignment = 2 * MIB,
		.offset = 0x80000,
		.entry = 0x40,
	};
	ramdisk.size = 3 * MIB + 5;
	return 0;
}

static void ram(const struct range *ranges, uint32_t count)
{
	static struct platform platform;
	uint32_t i;

	memset(&platform, 0, sizeof(platform));
	for (i = 0; i < count; i++) {
		platform.mem[i].range = ranges[i];
	}
	platform.mem[count].range = ours;
	platform.mem[count].type = MEM_VTL2;
	platform.mem_count = count + 1;
	assert_int_equal(mem_map_init(&platform, ours), OK);
}

static enum err plan_at(struct range payload, struct payload_plan *plan)
{
	return payload_plan(&kernel, &ramdisk, payload, TREE_SIZE, TABLES_SIZE, plan);
}

static struct range as_range(struct gpa_range r)
{
	return (struct range){ r.checked_base, r.checked_size };
}

/* Every part in RAM, aligned, and over nothing else. */
static void check_plan(const struct payload_plan *p, struct range payload)
{
	struct range part[5] = { as_range(p->kernel), as_range(p->handover), as_range(p->tables),
				 as_range(p->ramdisk), payload };
	uint32_t i;
	uint32_t k;

	for (i = 0; i < 4; i++) {
		assert_true(mem_map_is_vtl0(part[i]));
		for (k = i + 1; k < 5; k++) {
			assert_false(range_overlaps(part[i], part[k]));
		}
	}
	assert_int_equal((part[0].base - fake_kernel.kernel.offset) % fake_kernel.kernel.alignment,
			 0);
	assert_int_equal(part[1].base % (2 * MIB), 0);
	assert_int_equal(part[2].base % HV_HYP_PAGE_SIZE, 0);
	assert_int_equal(part[3].base % HV_HYP_PAGE_SIZE, 0);
	assert_int_equal(part[0].size, fake_kernel.kernel.memory_size);
	assert_int_equal(part[1].size, TREE_SIZE);
	assert_int_equal(part[2].size, TABLES_SIZE);
	assert_int_equal(part[3].size, ramdisk.size);
	assert_int_equal(p->entry, part[0].base + fake_kernel.kernel.entry);
}

static void test_plain(void **state)
{
	const struct range all = { 0, 64 * MIB };
	struct payload_plan plan;

	(void)state;
	ram(&all, 1);
	assert_int_equal(plan_at(no_payload, &plan), OK);
	check_plan(&plan, no_payload);
	assert_int_equal(plan.kernel.checked_base, 0x80000);
	assert_int_equal(plan.handover.checked_base, 6 * MIB);
	assert_int_equal(plan.tables.checked_base, 0x1000);
	ramdisk.size = 0;
	assert_int_equal(payload_plan(&kernel, &ramdisk, no_payload, TREE_SIZE, 0, &plan), OK);
	assert_int_equal(plan.ramdisk.checked_size, 0);
	assert_int_equal(plan.tables.checked_size, 0);
}

/* The payload itself lies at each place where a part would go. */
static void test_payload_in_the_way(void **state)
{
	const struct range all = { 0, 64 * MIB };
	uint64_t base;

	(void)state;
	ram(&all, 1);
	for (base = 0; base < 60 * MIB; base += MIB / 2) {
		struct range payload = { base, 4 * MIB };
		struct payload_plan plan;

		assert_int_equal(plan_at(payload, &plan), OK);
		check_plan(&plan, payload);
	}
}

/* Memory in pieces: each part in the first that holds it, none over a gap. */
static void test_pieces(void **state)
{
	static const struct range pieces[] = {
		{ 0x1000, 0x1000 },   /* too small for anything but tables */
		{ 0x80000, 0x3000 },  /* the kernel's offset, and no room */
		{ 2 * MIB, 4 * MIB }, /* as large as the kernel, but it begins at + 0x80000 */
		{ 8 * MIB, 2 * MIB }, { 16 * MIB, 5 * MIB }, { 24 * MIB, 4 * MIB },
	};
	struct payload_plan plan;

	(void)state;
	ram(pieces, ARRAY_SIZE(pieces));
	assert_int_equal(plan_at(no_payload, &plan), OK);
	check_plan(&plan, no_payload);
	assert_int_equal(plan.kernel.checked_base, 16 * MIB + 0x80000);
	assert_int_equal(plan.handover.checked_base, 2 * MIB);
}

static void test_exact_room(void **state)
{
	struct range r = { 32 * MIB, 4 * MIB };
	struct payload_plan plan;

	(void)state;
	ramdisk.size = 0;
	fake_kernel.kernel.offset = 0;
	ram(&r, 1);
	/* The kernel fits to the byte; the tree no longer does. */
	assert_int_equal(plan_at(no_payload, &plan), ERR_NO_MEMORY);
	assert_int_equal(plan.kernel.checked_base, 32 * MIB);
	r.size--;
	ram(&r, 1);
	assert_int_equal(plan_at(no_payload, &plan), ERR_NO_MEMORY);
	assert_int_equal(plan.kernel.checked_size, 0);
	/* With the tree's place behind it, to the byte again. */
	r.size = 4 * MIB + TREE_SIZE;
	ram(&r, 1);
	assert_int_equal(payload_plan(&kernel, &ramdisk, no_payload, TREE_SIZE, 0, &plan), OK);
	r.size--;
	ram(&r, 1);
	assert_int_equal(payload_plan(&kernel, &ramdisk, no_payload, TREE_SIZE, 0, &plan),
			 ERR_NO_MEMORY);
}

/* Rounding up, the offset or the size would go past 2^64: no room, and no turn without end. */
static void test_end_of_addresses(void **state)
{
	const uint64_t top = UINT64_MAX - 0xFFF;
	struct range r = { top - 3 * MIB, 3 * MIB };
	struct payload_plan plan;

	(void)state;
	ram(&r, 1);
	fake_kernel.kernel.memory_size = MIB;
	assert_int_equal(plan_at(no_payload, &plan), ERR_NO_MEMORY);
	fake_kernel.kernel.offset = UINT64_MAX - 2 * MIB + 1;
	assert_int_equal(plan_at(no_payload, &plan), ERR_NO_MEMORY);
	fake_kernel.kernel.offset = 0;
	fake_kernel.kernel.memory_size = UINT64_MAX;
	assert_int_equal(plan_at(no_payload, &plan), ERR_NO_MEMORY);
	fake_kernel.kernel.memory_size = UINT64_C(1) << 63;
	fake_kernel.kernel.alignment = UINT64_C(1) << 63;
	assert_int_equal(plan_at(no_payload, &plan), ERR_NO_MEMORY);
	/* The payload ends where no aligned address follows. */
	fake_kernel.kernel.memory_size = 0x1000;
	fake_kernel.kernel.alignment = 2 * MIB;
	assert_int_equal(plan_at((struct range){ r.base, 3 * MIB - 0x1000 }, &plan), ERR_NO_MEMORY);
}

static void test_not_a_kernel(void **state)
{
	static const struct payload_plan nothing;
	const struct range all = { 0, 64 * MIB };
	struct payload_plan plan;

	(void)state;
	ram(&all, 1);
	memset(&plan, 0x5A, sizeof(plan));
	fake_kernel.err = ERR_INVALID;
	assert_int_equal(plan_at(no_payload, &plan), ERR_INVALID);
	assert_memory_equal(&plan, &nothing, sizeof(plan));
	fake_kernel.err = ERR_NOT_SUPPORTED;
	assert_int_equal(plan_at(no_payload, &plan), ERR_NOT_SUPPORTED);
}

/* Random memory: a plan is sound; and where there is none, no free place was overlooked. */
static void test_random_memory(void **state)
{
	uint64_t seed = 11;
	int planned = 0;
	int round;

	(void)state;
	for (round = 0; round < 3000; round++) {
		struct range pieces[8];
		struct range payload = { 0x1000 * (test_random(&seed) % 0x8000),
					 1 + test_random(&seed) % (2 * MIB) };
		uint64_t at = 0;
		struct payload_plan plan;
		uint32_t i;

		for (i = 0; i < 8; i++) {
			at += 0x1000 * (1 + test_random(&seed) % 0x400);
			pieces[i] = (struct range){ at, 0x1000 * (1 + test_random(&seed) % 0x800) };
			at = range_end(pieces[i]);
		}
		ram(pieces, 8);
		ramdisk.size = test_random(&seed) % (4 * MIB) + 1;
		fake_kernel.kernel.memory_size = test_random(&seed) % (4 * MIB) + 1;
		fake_kernel.kernel.offset = 0x1000 * (test_random(&seed) % 0x200);
		if (plan_at(payload, &plan) == OK) {
			check_plan(&plan, payload);
			planned++;
		} else if (plan.kernel.checked_size == 0) {
			for (at = 0; at < 128 * MIB; at += 2 * MIB) {
				struct range r = { at + fake_kernel.kernel.offset,
						   fake_kernel.kernel.memory_size };

				assert_false(mem_map_is_vtl0(r) && !range_overlaps(r, payload));
			}
		}
	}
	/* Both kinds did occur. */
	assert_in_range(planned, 300, 2990);
}

static void test_put(void **state)
{
	static uint8_t data[5000];
	uint8_t right[SHA256_SIZE];
	uint8_t found[SHA256_SIZE];
	const struct payload_part part = { "kernel", data, sizeof(data), right };
	const struct range low = { FAKE_LOW, MIB };
	struct gpa_range where;

	(void)state;
	fake_memory_reset();
	ram(&low, 1);
	memset(data, 'k', sizeof(data));
	crypto_sha256(data, sizeof(data), right);
	assert_int_equal(vtl0_mem_check((gpa_t){ FAKE_LOW + 0x1000 }, 0x10000, &where), OK);
	memset(fake_at(FAKE_LOW), 'x', MIB);
	assert_int_equal(payload_put(&part, where, found), OK);
	assert_memory_equal(found, right, sizeof(found));
	assert_memory_equal(fake_at(FAKE_LOW + 0x1000), data, sizeof(data));
	assert_int_equal(*fake_at(FAKE_LOW + 0xFFF), 'x');
	assert_int_equal(*fake_at(FAKE_LOW + 0x1000 + sizeof(data)), 'x');
	/* VTL0 begins without caches: what it will run has left them. */
	assert_int_equal(fake_cpu.clean_count, 1);
	assert_int_equal(fake_cpu.clean[0].base, (uintptr_t)fake_at(FAKE_LOW + 0x1000));
	assert_int_equal(fake_cpu.clean[0].size, sizeof(data));
	/* One bit anywhere, in the data or in the digest. */
	data[4999] ^= 1;
	assert_int_equal(payload_put(&part, where, found), ERR_CORRUPT);
	assert_memory_not_equal(found, right, sizeof(found));
	data[4999] ^= 1;
	right[31] ^= 0x80;
	assert_int_equal(payload_put(&part, where, found), ERR_CORRUPT);
}

static void test_digest_text(void **state)
{
	uint8_t digest[SHA256_SIZE] = { 0x00, 0x9F, 0xA0, 0xFF };
	char text[2 * SHA256_SIZE + 2];

	(void)state;
	memset(text, '#', sizeof(text));
	payload_digest_text(digest, text);
	assert_int_equal(strlen(text), 64);
	assert_memory_equal(text, "009fa0ff00", 10);
	assert_int_equal(text[65], '#');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_plain, setup),
		cmocka_unit_test_setup(test_payload_in_the_way, setup),
		cmocka_unit_test_setup(test_pieces, setup),
		cmocka_unit_test_setup(test_exact_room, setup),
		cmocka_unit_test_setup(test_end_of_addresses, setup),
		cmocka_unit_test_setup(test_not_a_kernel, setup),
		cmocka_unit_test_setup(test_random_memory, setup),
		cmocka_unit_test_setup(test_put, setup),
		cmocka_unit_test_setup(test_digest_text, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
