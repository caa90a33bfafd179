/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hashes and random numbers, behind one thin interface: the only door to mbedTLS.
 */
#ifndef CORE_CRYPTO_H
#define CORE_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define SHA256_SIZE 32

/* The digest of size bytes at data. Any VP; holds no state. */
void crypto_sha256(const void *data, uint64_t size, uint8_t digest[SHA256_SIZE]);

/* Room for one generator; its content is crypto.c's alone. */
struct drbg {
	uint64_t state[64];
	uint32_t seeded;
};

/*
 * Seeds a generator (CTR_DRBG, AES-256, NIST SP 800-90A) from size bytes of seed.
 * personal: what makes this generator different from the others, e.g. the VP.
 * ERR_NO_ENTROPY: fewer than 48 bytes of seed.
 */
__must_check enum err crypto_drbg_seed(struct drbg *drbg, const uint8_t *seed, size_t size,
				       uint64_t personal);

/* size random bytes, at most 1024. ERR_NO_ENTROPY: never seeded, or used up. */
__must_check enum err crypto_drbg_generate(struct drbg *drbg, void *out, size_t size);

/* Overwrites size bytes in a way that the compiler cannot leave out. */
void crypto_wipe(void *data, size_t size);

#endif
