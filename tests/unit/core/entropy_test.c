/* SPDX-License-Identifier: BSD-2-Clause */
/* Is every generator seeded from all sources, never twice alike, and not at all from too little? */
#include "core/entropy.h"

#include "core/vp.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define CPUS 3

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, CPUS);
	return 0;
}

static void host_entropy(uint32_t size, uint8_t first)
{
	uint32_t i;

	platform.entropy_size = size;
	for (i = 0; i < size; i++) {
		platform.entropy[i] = (uint8_t)(first + i);
	}
}

static void draw(uint32_t vp, uint64_t out[4])
{
	assert_int_equal(entropy_for_vp(vp_by_number(vp), out, 32), OK);
}

static bool is_seeded(void)
{
	uint64_t word;
	uint32_t seeded = 0;
	uint32_t i;

	for (i = 0; i < CPUS; i++) {
		seeded += entropy_for_vp(vp_by_number(i), &word, 8) == OK;
	}
	assert_true(seeded == 0 || seeded == CPUS);
	assert_int_equal(entropy_for_vtl0(&word, sizeof(word)), seeded == CPUS);
	return seeded == CPUS;
}

/* Enough is 48 bytes, from whatever source. */
static void test_how_much_is_enough(void **state)
{
	static const struct {
		uint32_t host;
		uint32_t words;
		bool enough;
	} rows[] = {
		{ 0, 0, false },  { 47, 0, false }, { 48, 0, true },
		{ 0, 5, false },  { 0, 6, true },   { 0, 16, true },
		{ 40, 0, false }, { 40, 1, true },  { 256, 16, true },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(setup(state), 0);
		host_entropy(rows[i].host, 1);
		fake_cpu.random_words = rows[i].words;
		fake_cpu.random_err = i % 2 == 0 ? ERR_NOT_SUPPORTED : ERR_NO_ENTROPY;
		entropy_init(&platform);
		assert_int_equal(is_seeded(), rows[i].enough);
		/* Said once, either way. */
		assert_int_equal(fake_console_lines(), 1);
		assert_int_equal(fake_console_has("random numbers are refused"), !rows[i].enough);
	}
}

static void test_vps_differ(void **state)
{
	uint64_t a[4], b[4], c[4], d[4];

	(void)state;
	host_entropy(64, 1);
	entropy_init(&platform);
	draw(0, a);
	draw(1, b);
	draw(2, c);
	assert_true(entropy_for_vtl0(d, sizeof(d)));
	assert_memory_not_equal(a, b, sizeof(a));
	assert_memory_not_equal(a, c, sizeof(a));
	assert_memory_not_equal(b, c, sizeof(a));
	assert_memory_not_equal(a, d, sizeof(a));
	assert_memory_not_equal(b, d, sizeof(a));
	assert_memory_not_equal(c, d, sizeof(a));
	assert_true(entropy_for_vtl0(a, sizeof(a)));
	assert_memory_not_equal(a, d, sizeof(a));
	entropy_close();
	assert_false(entropy_for_vtl0(a, sizeof(a)));
	/* What was seeded before goes on. */
	draw(0, a);
	assert_memory_not_equal(a, d, sizeof(a));
}

/* The same sources, the same streams; any source changed, all others. */
static void test_each_source_counts(void **state)
{
	static const struct {
		uint32_t host;
		uint8_t first;
		uint32_t words;
	} other[] = { { 64, 2, 4 }, { 63, 1, 4 }, { 64, 1, 3 }, { 256, 1, 0 }, { 256, 1, 4 } };
	uint64_t seen[ARRAY_SIZE(other) + 2][4];
	size_t i;
	size_t k;

	(void)state;
	host_entropy(64, 1);
	fake_cpu.random_words = 4;
	entropy_init(&platform);
	draw(1, seen[0]);
	assert_int_equal(setup(NULL), 0);
	host_entropy(64, 1);
	fake_cpu.random_words = 4;
	entropy_init(&platform);
	draw(1, seen[1]);
	assert_memory_equal(seen[0], seen[1], sizeof(seen[0]));
	for (i = 0; i < ARRAY_SIZE(other); i++) {
		assert_int_equal(setup(NULL), 0);
		host_entropy(other[i].host, other[i].first);
		fake_cpu.random_words = other[i].words;
		entropy_init(&platform);
		draw(1, seen[i + 2]);
		for (k = 0; k < i + 2; k++) {
			assert_memory_not_equal(seen[i + 2], seen[k], sizeof(seen[k]));
		}
	}
}

static void test_host_seed_is_wiped(void **state)
{
	static const uint8_t zeroes[PLATFORM_MAX_ENTROPY];

	(void)state;
	host_entropy(PLATFORM_MAX_ENTROPY, 1);
	entropy_init(&platform);
	assert_int_equal(platform.entropy_size, 0);
	assert_memory_equal(platform.entropy, zeroes, sizeof(zeroes));
	/* Too little is wiped as well. */
	host_entropy(16, 1);
	entropy_init(&platform);
	assert_int_equal(platform.entropy_size, 0);
	assert_memory_equal(platform.entropy, zeroes, sizeof(zeroes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_how_much_is_enough, setup),
		cmocka_unit_test_setup(test_vps_differ, setup),
		cmocka_unit_test_setup(test_each_source_counts, setup),
		cmocka_unit_test_setup(test_host_seed_is_wiped, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
