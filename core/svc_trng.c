/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random numbers for VTL0, by the Arm TRNG firmware interface (DEN0098 1.0).
 *
 * Each VP has a generator of its own, so that no lock is taken. Without a seed every request ends
 * in NO_ENTROPY: a constant is never handed out as if it were random.
 */
#include <string.h>

#include "core/crypto.h"
#include "core/entropy.h"
#include "core/handlers.h"

#include "smccc/smccc.h"
#include "smccc/trng.h"

/* UUID 8eb0d05c-e9a8-47a0-923b-588dac729a80 (random): who answers here, as four words. */
#define TRNG_UUID_WORD0 0x5CD0B08E
#define TRNG_UUID_WORD1 0xA047A8E9
#define TRNG_UUID_WORD2 0x8D583B92
#define TRNG_UUID_WORD3 0x809A72AC

enum err trng_version(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
		      uint64_t out[SERVICE_OUT_MAX])
{
	(void)vp;
	(void)in;
	out[0] = TRNG_VERSION_1_0;
	return OK;
}

enum err trng_features(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
		       uint64_t out[SERVICE_OUT_MAX])
{
	uint32_t id = (uint32_t)in[0];
	const struct service *s = service_find(id);

	(void)vp;
	(void)out;
	return s != NULL && s->codes == CODES_TRNG ? service_offered(id) : ERR_NOT_SUPPORTED;
}

/* Four words of 32 bits, as SMCCC returns a UUID. */
enum err trng_get_uuid(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
		       uint64_t out[SERVICE_OUT_MAX])
{
	(void)vp;
	(void)in;
	out[0] = TRNG_UUID_WORD0;
	out[1] = TRNG_UUID_WORD1;
	out[2] = TRNG_UUID_WORD2;
	out[3] = TRNG_UUID_WORD3;
	return OK;
}

/*
 * DEN0098: N bits, right-aligned in the concatenation of the third, second and first result
 * register (X3 is the lowest); bits above N are zero.
 */
static enum err random_words(struct vp *vp, uint64_t bits, uint32_t word_bits, uint64_t bits_max,
			     uint64_t out[SERVICE_OUT_MAX])
{
	uint64_t words[3] = { 0 };
	uint64_t left = bits;
	enum err err;
	int reg;

	if (bits == 0 || bits > bits_max) {
		return ERR_INVALID;
	}
	err = entropy_for_vp(vp, words, sizeof(words));
	if (err != OK) {
		return err;
	}
	for (reg = 3; reg >= 1 && left > 0; reg--) {
		uint64_t take = left < word_bits ? left : word_bits;
		uint64_t mask = take == 64 ? UINT64_MAX : (UINT64_C(1) << take) - 1;

		out[reg] = words[reg - 1] & mask;
		left -= take;
	}
	crypto_wipe(words, sizeof(words));
	vp->stats.count[PARAVANE_STAT_ENTROPY_BYTES] += (bits + 7) / 8;
	return OK;
}

enum err trng_rnd32(struct vp *vp, const uint64_t in[SERVICE_IN_MAX], uint64_t out[SERVICE_OUT_MAX])
{
	return random_words(vp, in[0], 32, TRNG_RND32_MAX_BITS, out);
}

enum err trng_rnd64(struct vp *vp, const uint64_t in[SERVICE_IN_MAX], uint64_t out[SERVICE_OUT_MAX])
{
	return random_words(vp, in[0], 64, TRNG_RND64_MAX_BITS, out);
}
