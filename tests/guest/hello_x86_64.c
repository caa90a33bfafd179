/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the first payload ask that only x86_64 has? What lies beside the door.
 */
#include "paravane/services.h"
#include "tests/guest/hello.h"
#include "tests/guest/lib/x86_64/x64.h"

bool hello_is_skipped(void)
{
	return false;
}

void forwarded_calls(void)
{
	struct exception seen;

	exception_expect();
	try_wrmsr(PARAVANE_DOOR_MSR + 1, 0);
	seen = exception_end();
	ok(seen.taken && seen.cause == GENERAL_PROTECTION, "the MSR behind the door is nobody's");
}
