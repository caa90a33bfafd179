/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which code does the guest see for this error?
 *
 * Must never: let an error of ours become a success; what a document has no word for becomes its
 * "invalid parameter".
 */
#include "core/status.h"

#include "smccc/smccc.h"
#include "smccc/trng.h"

static int64_t smccc_status(enum err err)
{
	switch (err) {
	case OK:
		return SMCCC_RET_SUCCESS;
	case ERR_NOT_SUPPORTED:
		return SMCCC_RET_NOT_SUPPORTED;
	default:
		return SMCCC_RET_INVALID_PARAMETER;
	}
}

static int64_t trng_status(enum err err)
{
	switch (err) {
	case OK:
		return TRNG_RET_SUCCESS;
	case ERR_NOT_SUPPORTED:
		return TRNG_RET_NOT_SUPPORTED;
	case ERR_NO_ENTROPY:
		return TRNG_RET_NO_ENTROPY;
	default:
		return TRNG_RET_INVALID_PARAMETERS;
	}
}

struct guest_status status_for_guest(enum status_codes codes, enum err err)
{
	int64_t v = codes == CODES_TRNG ? trng_status(err) : smccc_status(err);

	return (struct guest_status){ .x0 = (uint64_t)v };
}
