/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does randomness come from?
 *
 * Must never: hand out a seed as it came, or keep one after use. The root generator stays: what it
 * gave out cannot be computed from what it is now.
 */
#include "core/entropy.h"

#include <string.h>

#include "core/arch.h"
#include "core/crypto.h"
#include "core/kconfig.h"
#include "core/lock.h"
#include "core/log.h"

/* The processor's words are mixed in, up to this many: with the host's all of it fits a seed. */
#define CPU_WORDS 15

/* What each VP's generator is seeded with. */
#define VP_SEED_SIZE 48

static struct drbg root;
static struct lock root_lock;

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

/* At a VP's first request: most never ask, and a boot would wait for all of them. */
static enum err seed_vp(struct vp *vp)
{
	uint8_t seed[VP_SEED_SIZE];
	enum err err;

	lock_take(&root_lock);
	err = crypto_drbg_generate(&root, seed, sizeof(seed));
	lock_release(&root_lock);
	if (err == OK) {
		err = crypto_drbg_seed(&vp->drbg, seed, sizeof(seed), vp->number);
	}
	crypto_wipe(seed, sizeof(seed));
	return err;
}

void entropy_init(struct platform *platform)
{
	uint8_t seed[PLATFORM_MAX_ENTROPY + CPU_WORDS * sizeof(uint64_t)];
	size_t used = IS_ENABLED(CONFIG_CRYPTO) ? gather(platform, seed, sizeof(seed)) : 0;

	if (IS_ENABLED(CONFIG_CRYPTO) && crypto_drbg_seed(&root, seed, used, UINT64_MAX) == OK) {
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
	return IS_ENABLED(CONFIG_CRYPTO) && crypto_drbg_generate(&root, out, size) == OK;
}

enum err entropy_for_vp(struct vp *vp, void *out, size_t size)
{
	enum err err = vp->drbg.seeded != 0 ? OK : seed_vp(vp);

	return err == OK ? crypto_drbg_generate(&vp->drbg, out, size) : err;
}

void entropy_close(void)
{
	crypto_wipe(&root, sizeof(root));
}
