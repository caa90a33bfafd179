/* SPDX-License-Identifier: BSD-2-Clause */
/* Does the loader survive what no builder writes: cut files, flipped bits, nonsense? */
#include "tests/unit/host/igvm_guest.h"
#include "tests/unit/host/igvm_sample.h"
#include "tests/unit/host/test.h"

#define FIXED_SIZE 32U

static struct sample sample;

/* Cut off at every byte: with the sizes as they were, with a file size that agrees, and so on. */
static void test_truncated(void **state)
{
	struct guest *guest = guest_get();
	size_t size;

	(void)state;
	for (size = 0; size < S_SIZE; size++) {
		enum igvm_err err;

		sample_arm64(&sample);
		assert_int_not_equal(guest_load(guest, sample.bytes, size, IGVM_ARCH_ARM64),
				     IGVM_OK);
		if (size < FIXED_SIZE) {
			continue;
		}
		sample.size = size;
		sample_seal(&sample);
		err = guest_load(guest, sample.bytes, size, IGVM_ARCH_ARM64);
		/* The sample's last page is its last data: every cut hurts. */
		assert_int_equal(err, size <= S_DATA ? IGVM_BAD_HEADER_SIZE : IGVM_BAD_DATA_CUT);
	}
}

/* Variable headers that end at every multiple of 8. */
static void test_headers_cut(void **state)
{
	struct guest *guest = guest_get();
	enum igvm_err err;
	uint32_t size;

	(void)state;
	for (size = 0; size < S_DATA - FIXED_SIZE; size += 8) {
		sample_arm64(&sample);
		sample_put32(&sample, 12, size);
		sample_seal(&sample);
		err = guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64);
		/* Without its last header, the payload's page, the file is a good one too. */
		assert_int_equal(err == IGVM_OK, size == S_PAGE_PAYLOAD - 8 - FIXED_SIZE);
	}
}

/* Each bit of headers and register list, with and without a checksum that agrees. */
static void test_flipped(void **state)
{
	struct guest *guest = guest_get();
	size_t end = S_REGS + 4 + S_REG_COUNT * 32;
	size_t good = 0;
	size_t bit;

	(void)state;
	for (bit = 0; bit < end * 8; bit++) {
		uint8_t flip = (uint8_t)(1U << bit % 8);

		sample_arm64(&sample);
		sample.bytes[bit / 8] ^= flip;
		if (bit / 8 < S_DATA) {
			assert_int_not_equal(guest_load(guest, sample.bytes, sample.size,
							IGVM_ARCH_ARM64),
					     IGVM_OK);
		}
		sample_seal(&sample);
		if (guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64) == IGVM_OK) {
			good++;
		}
	}
	/* Most of what stays allowed is a register's value or another page's address. */
	assert_true(good > 0 && good < end * 8 / 2);
}

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 8;
}

/* Several random changes at once, both architectures, moved and not: nothing may go wrong. */
static void test_random(void **state)
{
	struct guest *guest = guest_get();
	uint32_t seed = 20240501;
	uint32_t round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		enum igvm_arch arch = (round & 1) != 0 ? IGVM_ARCH_X64 : IGVM_ARCH_ARM64;
		uint32_t changes_left = 1 + random_next(&seed) % 4;

		if (arch == IGVM_ARCH_X64) {
			sample_x64(&sample);
		} else {
			sample_arm64(&sample);
		}
		while (changes_left-- > 0) {
			uint32_t what = random_next(&seed) % 4;
			size_t at = 24 + random_next(&seed) % (S_REGS + 340 - 24);

			if (what == 0) {
				at = S_L0 - 8 + (random_next(&seed) % (3 * 4096)) / 8 * 8;
				sample_put64(&sample, at,
					     S_TABLES_GPA + (random_next(&seed) % 4) * 0x1000 + 3);
			} else if (what == 1) {
				sample.bytes[at] ^= (uint8_t)(1U << random_next(&seed) % 8);
			} else if (what == 2) {
				sample.bytes[at] = (uint8_t)random_next(&seed);
			} else {
				sample.bytes[at] = 0xFF;
			}
		}
		sample_seal(&sample);
		if ((round & 2) != 0) {
			uint64_t base = (random_next(&seed) % 128) * 0x200000ULL;

			(void)guest_load_at(guest, sample.bytes, sample.size, arch, base);
		} else {
			(void)guest_load(guest, sample.bytes, sample.size, arch);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_headers_cut),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
