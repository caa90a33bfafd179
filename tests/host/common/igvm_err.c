/* SPDX-License-Identifier: BSD-2-Clause */
/* Names and texts of refusals, from the one list in igvm_err.h. */
#include "tests/host/common/igvm_err.h"

#define IGVM_ERR_NAME(id, name, text) name,
#define IGVM_ERR_TEXT(id, name, text) text,

static const char *const names[IGVM_ERR_COUNT] = { "ok", IGVM_ERRORS(IGVM_ERR_NAME) };
static const char *const texts[IGVM_ERR_COUNT] = { "no error", IGVM_ERRORS(IGVM_ERR_TEXT) };

const char *igvm_err_name(enum igvm_err err)
{
	return (unsigned int)err < IGVM_ERR_COUNT ? names[err] : "unknown";
}

const char *igvm_err_text(enum igvm_err err)
{
	return (unsigned int)err < IGVM_ERR_COUNT ? texts[err] : "not a refusal of this loader";
}
