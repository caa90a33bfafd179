/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is a rule called? See rules.h.
 */
#include "tools/igvmcheck/rules.h"

static const char *const names[RULE_COUNT] = {
#define RULE_NAME(symbol, name) [RULE_##symbol] = (name),
	RULES(RULE_NAME)
#undef RULE_NAME
};

const char *rule_name(enum rule rule)
{
	return names[rule];
}
