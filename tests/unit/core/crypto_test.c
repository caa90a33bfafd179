/* SPDX-License-Identifier: BSD-2-Clause */
/* Are the digests the known ones, and do generators start only with a seed and differ by it? */
#include "core/crypto.h"

#include <stdlib.h>
#include <string.h>

#include <mbedtls/ctr_drbg.h>

#include "tests/unit/test.h"

/* FIPS 180-4 examples; the last is a million times 'a'. */
static void test_sha256(void **state)
{
	static const struct {
		const char *text;
		uint8_t digest[SHA256_SIZE];
	} rows[] = {
		{ "", { 0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4,
			0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b,
			0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55 } },
		{ "abc", { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
			   0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
			   0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad } },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  { 0x24, 0x8d, 0x6a, 0x61, 0xd2, 0x06, 0x38, 0xb8, 0xe5, 0xc0, 0x26,
		    0x93, 0x0c, 0x3e, 0x60, 0x39, 0xa3, 0x3c, 0xe4, 0x59, 0x64, 0xff,
		    0x21, 0x67, 0xf6, 0xec, 0xed, 0xd4, 0x19, 0xdb, 0x06, 0xc1 } },
	};
	static const uint8_t million[SHA256_SIZE] = {
		0xcd, 0xc7, 0x6e, 0x5c, 0x99, 0x14, 0xfb, 0x92, 0x81, 0xa1, 0xc7,
		0xe2, 0x84, 0xd7, 0x3e, 0x67, 0xf1, 0x80, 0x9a, 0x48, 0xa4, 0x97,
		0x20, 0x0e, 0x04, 0x6d, 0x39, 0xcc, 0xc7, 0x11, 0x2c, 0xd0,
	};
	uint8_t digest[SHA256_SIZE];
	char *many = malloc(1000000);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		crypto_sha256(rows[i].text, strlen(rows[i].text), digest);
		assert_memory_equal(digest, rows[i].digest, SHA256_SIZE);
	}
	memset(many, 'a', 1000000);
	crypto_sha256(many, 1000000, digest);
	assert_memory_equal(digest, million, SHA256_SIZE);
	free(many);
}

static void make_seed(uint8_t *seed, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		seed[i] = (uint8_t)(7 * i + 3);
	}
}

/* Answers of an implementation of SP 800-90A (CTR_DRBG, AES-256, with derivation function) that
 * shares nothing with mbedTLS; the personalisation string is the number, little endian. */
static void test_known_answers(void **state)
{
	static const uint8_t first48[24] = {
		0x23, 0x06, 0xf5, 0xe2, 0x91, 0x49, 0x5a, 0x69, 0x18, 0xc6, 0xf3, 0x31,
		0x5b, 0x59, 0x55, 0x26, 0xe8, 0x3c, 0x5a, 0xa8, 0xbc, 0x33, 0xb7, 0x2d,
	};
	static const uint8_t second48[40] = {
		0xab, 0x12, 0x57, 0x11, 0x98, 0xd9, 0xe8, 0x68, 0x65, 0x80, 0x15, 0x0a, 0x05, 0x43,
		0xf9, 0x5a, 0xf2, 0xa2, 0x23, 0xa3, 0xae, 0xe4, 0xc0, 0x05, 0x80, 0x62, 0xe7, 0x71,
		0x3a, 0xc3, 0xe8, 0xe8, 0x11, 0xc0, 0x5f, 0xf0, 0x70, 0xd0, 0x3e, 0x37,
	};
	static const uint8_t first64[24] = {
		0xbd, 0x3a, 0x7e, 0x9b, 0x2a, 0x89, 0xd0, 0x0f, 0x45, 0x4c, 0xc3, 0xbb,
		0xc1, 0xf3, 0x05, 0x05, 0xdc, 0xde, 0xf3, 0xde, 0x47, 0x79, 0x35, 0x8c,
	};
	struct drbg drbg;
	uint8_t seed[64];
	uint8_t out[40];

	(void)state;
	make_seed(seed, sizeof(seed));
	assert_int_equal(crypto_drbg_seed(&drbg, seed, 48, 1), OK);
	assert_int_equal(crypto_drbg_generate(&drbg, out, sizeof(first48)), OK);
	assert_memory_equal(out, first48, sizeof(first48));
	assert_int_equal(crypto_drbg_generate(&drbg, out, sizeof(second48)), OK);
	assert_memory_equal(out, second48, sizeof(second48));
	assert_int_equal(crypto_drbg_seed(&drbg, seed, 64, 0x0123456789abcdef), OK);
	assert_int_equal(crypto_drbg_generate(&drbg, out, sizeof(first64)), OK);
	assert_memory_equal(out, first64, sizeof(first64));
}

/* Never seeded, or with too little: no number, and nothing written. */
static void test_no_seed(void **state)
{
	static const size_t sizes[] = { 0, 1, 32, 47 };
	uint8_t seed[64] = { 1 };
	uint8_t out[8];
	uint8_t untouched[8];
	struct drbg drbg = { .seeded = 0 };
	size_t i;

	(void)state;
	memset(out, 0x5A, sizeof(out));
	memset(untouched, 0x5A, sizeof(untouched));
	assert_int_equal(crypto_drbg_generate(&drbg, out, sizeof(out)), ERR_NO_ENTROPY);
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_int_equal(crypto_drbg_seed(&drbg, seed, 48, 0), OK);
		/* A failed new start does not leave the old one running. */
		assert_int_equal(crypto_drbg_seed(&drbg, seed, sizes[i], 0), ERR_NO_ENTROPY);
		assert_int_equal(crypto_drbg_generate(&drbg, out, sizeof(out)), ERR_NO_ENTROPY);
	}
	assert_memory_equal(out, untouched, sizeof(out));
}

static void first_words(const uint8_t *seed, size_t size, uint64_t personal, uint64_t out[4])
{
	struct drbg drbg;

	assert_int_equal(crypto_drbg_seed(&drbg, seed, size, personal), OK);
	assert_int_equal(crypto_drbg_generate(&drbg, out, 32), OK);
}

static void test_what_makes_streams_differ(void **state)
{
	uint8_t seed[64];
	uint64_t a[4], b[4];

	(void)state;
	make_seed(seed, sizeof(seed));
	first_words(seed, sizeof(seed), 0, a);
	first_words(seed, sizeof(seed), 0, b);
	assert_memory_equal(a, b, sizeof(a));
	first_words(seed, sizeof(seed), 1, b);
	assert_memory_not_equal(a, b, sizeof(a));
	first_words(seed, sizeof(seed) - 1, 0, b);
	assert_memory_not_equal(a, b, sizeof(a));
	seed[63] ^= 1;
	first_words(seed, sizeof(seed), 0, b);
	assert_memory_not_equal(a, b, sizeof(a));
}

/* Every byte of the largest seed that entropy.c may have counts. */
static void test_all_of_the_seed_counts(void **state)
{
	static const size_t places[] = { 0, 47, 48, 255, 256, 300, 375 };
	uint8_t seed[376];
	uint64_t a[4], b[4];
	size_t i;

	(void)state;
	make_seed(seed, sizeof(seed));
	first_words(seed, sizeof(seed), 0, a);
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		seed[places[i]] ^= 0x80;
		first_words(seed, sizeof(seed), 0, b);
		assert_memory_not_equal(a, b, sizeof(a));
		seed[places[i]] ^= 0x80;
	}
}

static void test_stream_goes_on(void **state)
{
	uint8_t seed[48] = { 9 };
	uint64_t a[4], b[4];
	struct drbg drbg;
	uint8_t big[1024];

	(void)state;
	assert_int_equal(crypto_drbg_seed(&drbg, seed, sizeof(seed), 0), OK);
	assert_int_equal(crypto_drbg_generate(&drbg, a, sizeof(a)), OK);
	assert_int_equal(crypto_drbg_generate(&drbg, b, sizeof(b)), OK);
	assert_memory_not_equal(a, b, sizeof(a));
	assert_int_equal(crypto_drbg_generate(&drbg, big, sizeof(big)), OK);
	/* More than the interface allows at once. */
	assert_int_equal(crypto_drbg_generate(&drbg, big, sizeof(big) + 1), ERR_NO_ENTROPY);
}

/* After as many requests as the algorithm allows there is nothing to start anew from: refused,
 * again and again, and never a look at the seed of long ago. */
static void test_used_up(void **state)
{
	uint8_t seed[48] = { 9 };
	struct drbg drbg;
	mbedtls_ctr_drbg_context *ctx = (void *)drbg.state;
	uint64_t out;

	(void)state;
	assert_int_equal(crypto_drbg_seed(&drbg, seed, sizeof(seed), 0), OK);
	ctx->MBEDTLS_PRIVATE(reseed_counter) = INT32_MAX - 1;
	assert_int_equal(crypto_drbg_generate(&drbg, &out, sizeof(out)), OK);
	assert_int_equal(crypto_drbg_generate(&drbg, &out, sizeof(out)), ERR_NO_ENTROPY);
	assert_int_equal(crypto_drbg_generate(&drbg, &out, sizeof(out)), ERR_NO_ENTROPY);
}

static void test_wipe(void **state)
{
	uint8_t bytes[34];
	uint8_t zeroes[32] = { 0 };

	(void)state;
	memset(bytes, 0xFF, sizeof(bytes));
	crypto_wipe(bytes + 1, 32);
	assert_memory_equal(bytes + 1, zeroes, 32);
	assert_int_equal(bytes[0], 0xFF);
	assert_int_equal(bytes[33], 0xFF);
	crypto_wipe(bytes, 0);
	assert_int_equal(bytes[0], 0xFF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256),
		cmocka_unit_test(test_known_answers),
		cmocka_unit_test(test_no_seed),
		cmocka_unit_test(test_what_makes_streams_differ),
		cmocka_unit_test(test_all_of_the_seed_counts),
		cmocka_unit_test(test_stream_goes_on),
		cmocka_unit_test(test_used_up),
		cmocka_unit_test(test_wipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
