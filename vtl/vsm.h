/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which features of Virtual Secure Mode exist, and how is the partition configured?
 */
#ifndef VTL_VSM_H
#define VTL_VSM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

struct vsm_features {
	bool intercept_page; /* messages arrive in the VP assist page, otherwise by SINT0 */
	bool intercept_not_present;
	bool intercept_reset;
	bool intercept_hypercall; /* calls that the hypervisor does not own come to us */
	uint64_t capabilities;
};

/* Which VTL is this? Needs the channel. ERR_*: the hypervisor knows no VTLs. */
__must_check enum err vsm_active_vtl(uint32_t *vtl);

/*
 * Reads the capabilities, writes the partition's configuration and installs the intercepts that
 * are to be had. Boot VP, once. ERR_DENIED and others: the configuration itself was refused.
 */
__must_check enum err vsm_configure(void);

__must_check enum err vsm_install_intercept(uint32_t type, uint32_t access, uint64_t parameter);

/* What was agreed; only read after vsm_configure(). */
const struct vsm_features *vsm_features(void);

#endif
