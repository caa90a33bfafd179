/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hashes and random numbers on top of mbedTLS.
 *
 * May assume: one caller per struct drbg at a time (each VP has its own). Must never: allocate, or
 * keep a secret on the stack after return.
 */
#include "core/crypto.h"

#include <string.h>

#include "core/check.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/sha256.h>

/* Seed material that CTR_DRBG with AES-256 wants at least: entropy and nonce. */
#define SEED_MIN 48
/* and at most, beside the personal word. */
#define SEED_MAX (MBEDTLS_CTR_DRBG_MAX_SEED_INPUT - sizeof(uint64_t))

_Static_assert(sizeof(mbedtls_ctr_drbg_context) <= sizeof(((struct drbg *)0)->state),
	       "struct drbg must hold mbedTLS's context");

void mbedtls_platform_zeroize(void *buf, size_t len)
{
	crypto_wipe(buf, len);
}

void crypto_sha256(const void *data, uint64_t size, uint8_t digest[SHA256_SIZE])
{
	CHECK(mbedtls_sha256(data, size, digest, 0) == 0);
}

struct seed {
	const uint8_t *data;
	size_t size;
	size_t used;
};

/* mbedTLS asks for entropy by callback; ours hands out the seed once and then has no more. */
static int take_seed(void *context, unsigned char *out, size_t size)
{
	struct seed *seed = context;

	/* Asked again after 2^31 requests, when there is no more: the generator is used up. */
	if (seed == NULL || size > seed->size - seed->used) {
		return MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED;
	}
	memcpy(out, seed->data + seed->used, size);
	seed->used += size;
	return 0;
}

enum err crypto_drbg_seed(struct drbg *drbg, const uint8_t *data, size_t size, uint64_t personal)
{
	mbedtls_ctr_drbg_context *ctx = (void *)drbg->state;
	struct seed seed = { .data = data, .size = size };
	int rc;

	drbg->seeded = 0;
	if (size < SEED_MIN) {
		return ERR_NO_ENTROPY;
	}
	mbedtls_ctr_drbg_init(ctx);
	/* Everything that there is goes in, so that a weak first part does no harm. */
	mbedtls_ctr_drbg_set_entropy_len(ctx, size < SEED_MAX ? size : SEED_MAX);
	if (mbedtls_ctr_drbg_set_nonce_len(ctx, 0) != 0) {
		return ERR_NO_ENTROPY;
	}
	rc = mbedtls_ctr_drbg_seed(ctx, take_seed, &seed, (const unsigned char *)&personal,
				   sizeof(personal));
	/* The seed lies on our caller's stack and must not be reached again. */
	ctx->MBEDTLS_PRIVATE(p_entropy) = NULL;
	mbedtls_ctr_drbg_set_reseed_interval(ctx, INT32_MAX);
	if (rc != 0) {
		return ERR_NO_ENTROPY;
	}
	drbg->seeded = 1;
	return OK;
}

enum err crypto_drbg_generate(struct drbg *drbg, void *out, size_t size)
{
	if (drbg->seeded == 0 || mbedtls_ctr_drbg_random((void *)drbg->state, out, size) != 0) {
		return ERR_NO_ENTROPY;
	}
	return OK;
}
