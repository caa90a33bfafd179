/* SPDX-License-Identifier: BSD-2-Clause */
/* Does TRNG give exactly the bits that were asked for, where DEN0098 has them, or nothing? */
#include "core/handlers.h"

#include <string.h>

#include "paravane/services.h"
#include "smccc/trng.h"

#include "tests/unit/test.h"

static struct vp vp;
static uint64_t out[SERVICE_OUT_MAX];

static int setup(void **state)
{
	static const uint8_t seed[48] = { 4, 5, 6 };

	(void)state;
	service_open_doors(DOOR_ANY);
	memset(&vp, 0, sizeof(vp));
	return (int)crypto_drbg_seed(&vp.drbg, seed, sizeof(seed), 0);
}

static enum err ask(service_handler *handler, uint64_t argument)
{
	const uint64_t in[SERVICE_IN_MAX] = { argument };

	memset(out, 0, sizeof(out));
	return handler(&vp, in, out);
}

static uint64_t mask_of(uint64_t bits)
{
	return bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

/* Bits of the n-th register from the right when N are asked for. */
static uint64_t bits_in(uint64_t bits, uint32_t n, uint32_t width)
{
	uint64_t before = (uint64_t)n * width;

	return bits <= before ? 0 : bits - before < width ? bits - before : width;
}

/* Over many calls every bit below N was seen, and none above. */
static void check_bits(service_handler *rnd, uint32_t width, uint64_t bits)
{
	uint64_t seen[3] = { 0 };
	uint64_t all[3] = { UINT64_MAX, UINT64_MAX, UINT64_MAX };
	uint64_t before = vp.stats.count[PARAVANE_STAT_ENTROPY_BYTES];
	uint32_t n;
	int i;

	for (i = 0; i < 200; i++) {
		assert_int_equal(ask(rnd, bits), OK);
		assert_int_equal(out[0], 0);
		for (n = 0; n < 3; n++) {
			seen[n] |= out[3 - n];
			all[n] &= out[3 - n];
		}
	}
	for (n = 0; n < 3; n++) {
		assert_int_equal(seen[n], mask_of(bits_in(bits, n, width)));
		assert_int_equal(all[n], 0);
	}
	assert_int_equal(vp.stats.count[PARAVANE_STAT_ENTROPY_BYTES],
			 before + 200 * ((bits + 7) / 8));
}

static void test_bits(void **state)
{
	static const uint64_t counts[] = { 1,  2,  7,  8,  9,	31,  32,  33,  63, 64,
					   65, 95, 96, 97, 127, 128, 129, 191, 192 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		check_bits(trng_rnd64, 64, counts[i]);
		if (counts[i] <= 96) {
			check_bits(trng_rnd32, 32, counts[i]);
		}
	}
}

static void test_bad_counts(void **state)
{
	static const uint64_t bad64[] = {
		0, 193, 194, 256, UINT64_C(1) << 32, (UINT64_C(1) << 32) + 8, UINT64_MAX
	};
	static const uint64_t bad32[] = { 0, 97, 128, 192, UINT32_MAX };
	static const uint64_t nothing[SERVICE_OUT_MAX];
	struct drbg before = vp.drbg;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad64); i++) {
		assert_int_equal(ask(trng_rnd64, bad64[i]), ERR_INVALID);
		assert_memory_equal(out, nothing, sizeof(out));
	}
	for (i = 0; i < ARRAY_SIZE(bad32); i++) {
		assert_int_equal(ask(trng_rnd32, bad32[i]), ERR_INVALID);
		assert_memory_equal(out, nothing, sizeof(out));
	}
	assert_int_equal(vp.stats.count[PARAVANE_STAT_ENTROPY_BYTES], 0);
	assert_memory_equal(&vp.drbg, &before, sizeof(before));
}

static void test_no_entropy(void **state)
{
	static const uint64_t nothing[SERVICE_OUT_MAX];

	(void)state;
	memset(&vp.drbg, 0, sizeof(vp.drbg));
	assert_int_equal(ask(trng_rnd64, 64), ERR_NO_ENTROPY);
	assert_memory_equal(out, nothing, sizeof(out));
	assert_int_equal(ask(trng_rnd32, 32), ERR_NO_ENTROPY);
	assert_memory_equal(out, nothing, sizeof(out));
	assert_int_equal(vp.stats.count[PARAVANE_STAT_ENTROPY_BYTES], 0);
	/* A wrong count is wrong before there is anything to give. */
	assert_int_equal(ask(trng_rnd64, 0), ERR_INVALID);
	assert_int_equal(ask(trng_version, 0), OK);
}

static void test_discovery(void **state)
{
	uint32_t i;

	(void)state;
	assert_int_equal(ask(trng_version, 0), OK);
	assert_int_equal(out[0], 0x10000);
	for (i = 0; i < service_count; i++) {
		assert_int_equal(ask(trng_features, services[i].id),
				 services[i].codes == CODES_TRNG ? OK : ERR_NOT_SUPPORTED);
		assert_int_equal(out[0], 0);
	}
	assert_int_equal(ask(trng_features, 0x84000054), ERR_NOT_SUPPORTED);
	assert_int_equal(ask(trng_features, 0), ERR_NOT_SUPPORTED);
	service_open_doors(0);
	assert_int_equal(ask(trng_features, TRNG_RND64), ERR_NOT_SUPPORTED);
}

/* 8eb0d05c-e9a8-47a0-923b-588dac729a80, never all ones (that would be "not supported"). */
static void test_uuid(void **state)
{
	static const uint8_t uuid[16] = { 0x8e, 0xb0, 0xd0, 0x5c, 0xe9, 0xa8, 0x47, 0xa0,
					  0x92, 0x3b, 0x58, 0x8d, 0xac, 0x72, 0x9a, 0x80 };
	uint32_t i;

	(void)state;
	assert_int_equal(ask(trng_get_uuid, 0), OK);
	for (i = 0; i < 16; i++) {
		assert_int_equal((uint8_t)(out[i / 4] >> (8 * (i % 4))), uuid[i]);
	}
	assert_int_not_equal((uint32_t)out[0], UINT32_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_bits, setup),
		cmocka_unit_test_setup(test_bad_counts, setup),
		cmocka_unit_test_setup(test_no_entropy, setup),
		cmocka_unit_test_setup(test_discovery, setup),
		cmocka_unit_test_setup(test_uuid, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
