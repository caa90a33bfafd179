/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does randomness come from?
 */
#ifndef CORE_ENTROPY_H
#define CORE_ENTROPY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/platform.h"
#include "core/vp.h"

/*
 * Seeds the root generator from the host's entropy and the processor's own; wipes the host's seed
 * from *platform. No source at all: every generator stays unseeded and answers NO_ENTROPY, which is
 * said once. Boot VP.
 */
void entropy_init(struct platform *platform);

/* size random bytes for VTL0's own seeds. false: there are none. Boot VP. */
bool entropy_for_vtl0(void *out, size_t size);

/* The machine ends: forgets the root generator. */
void entropy_close(void);

/* From the VP's own generator, which the root seeds at its first use. On that VP. */
__must_check enum err entropy_for_vp(struct vp *vp, void *out, size_t size);

#endif
