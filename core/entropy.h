/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does randomness come from?
 */
#ifndef CORE_ENTROPY_H
#define CORE_ENTROPY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/platform.h"

/*
 * Seeds the boot generator from the host's entropy and the processor's own, then each VP's from
 * it; wipes the host's seed from *platform. No source at all: every generator stays unseeded and
 * answers NO_ENTROPY, which is said once. Boot VP, after vp_create_all().
 */
void entropy_init(struct platform *platform);

/* size random bytes for VTL0's own seeds. false: there are none. Boot VP. */
bool entropy_for_vtl0(void *out, size_t size);

/* VTL0 has its seeds: forgets the boot generator. Each VP's own goes on. Boot VP. */
void entropy_close(void);

#endif
