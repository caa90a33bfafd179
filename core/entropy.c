/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does randomness come from?
 *
 * May assume: boot VP. Must never: hand out a seed as it came, or keep one after use.
 */
#include "core/entropy.h"

#include <string.h>

#include "core/arch.h"
#include "core/crypto.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/vp.h"

/* The processor's words are mixed in, up to this many: with the host's all of it fits a seed. */
#define CPU_WORDS 15

/* What each VP's generator is seeded with. */
#define VP_SEED_SIZE 64

static struct drbg boot_drbg;

static size_t gather(const struct platform *platform, uint8_t *seed, size_t room)
{
	size_t used = platform->entropy_size;
	uint32_t i;

	memcpy(seed, platform->entropy, used);
	for (i = 0; i < CPU_WORDS && used + sizeof(uint64_t) <= room; i++) {
		uint64_t word;

		if (arch_random(&word) == OK) {
			memcpy(seed + used, &word, sizeof(word));
			used += sizeof(word);
		}
	}
	return used;
}

static void seed_vps(void)
{
	uint8_t seed[VP_SEED_SIZE];
	uint32_t i;

	for (i = 0; i < vp_count(); i++) {
		struct vp *vp = vp_by_number(i);

		if (crypto_drbg_generate(&boot_drbg, seed, sizeof(seed)) != OK ||
		    crypto_drbg_seed(&vp->drbg, seed, sizeof(seed), i) != OK) {
			log_warn("entropy: VP %u has no generator", vp->index.v);
		}
	}
	crypto_wipe(seed, sizeof(seed));
}

void entropy_init(struct platform *platform)
{
	uint8_t seed[PLATFORM_MAX_ENTROPY + CPU_WORDS * sizeof(uint64_t)];
	size_t used = IS_ENABLED(CONFIG_CRYPTO) ? gather(platform, seed, sizeof(seed)) : 0;

	if (IS_ENABLED(CONFIG_CRYPTO) &&
	    crypto_drbg_seed(&boot_drbg, seed, used, UINT64_MAX) == OK) {
		seed_vps();
		log_info("entropy: %u bytes from the host, %u from the processor",
			 platform->entropy_size, (uint32_t)used - platform->entropy_size);
	} else {
		log_warn("entropy: no source: random numbers are refused");
	}
	crypto_wipe(seed, sizeof(seed));
	crypto_wipe(platform->entropy, sizeof(platform->entropy));
	platform->entropy_size = 0;
}

bool entropy_for_vtl0(void *out, size_t size)
{
	return IS_ENABLED(CONFIG_CRYPTO) && crypto_drbg_generate(&boot_drbg, out, size) == OK;
}

void entropy_close(void)
{
	crypto_wipe(&boot_drbg, sizeof(boot_drbg));
}
