/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which code does the guest see for this error?
 *
 * The trap of this field: "invalid parameter" is -3 in SMCCC, -2 in TRNG and in PSCI. Each
 * function's row in the services table says which document's codes it answers with, and the one
 * conversion per document is here.
 */
#ifndef CORE_STATUS_H
#define CORE_STATUS_H

#include <stdint.h>

#include "core/err.h"

enum status_codes {
	CODES_SMCCC, /* DEN0028: 0, -1, -2, -3 */
	CODES_TRNG,  /* DEN0098: 0, -1 NOT_SUPPORTED, -2 INVALID_PARAMETERS, -3 NO_ENTROPY */
};

/* X0 as the guest sees it: sign-extended to 64 bits. */
struct guest_status {
	uint64_t x0;
};

struct guest_status status_for_guest(enum status_codes codes, enum err err);

#endif
