/* SPDX-License-Identifier: BSD-2-Clause */
/* How does a test come back from a function that does not return? */
#include "tests/fake/stop.h"

#include <stdio.h>
#include <stdlib.h>

struct fake_stop fake_stop;

static _Noreturn void leave(enum stop kind)
{
	if (!fake_stop.armed) {
		fprintf(stderr, "stopped (%d) where no test expects it: %s\n", (int)kind,
			fake_stop.text);
		abort();
	}
	fake_stop.kind = kind;
	longjmp(fake_stop.env, 1);
}

_Noreturn void fake_stop_now(enum stop kind, const char *fmt, va_list ap)
{
	vsnprintf(fake_stop.text, sizeof(fake_stop.text), fmt, ap);
	leave(kind);
}

_Noreturn void fake_stop_plain(enum stop kind)
{
	fake_stop.text[0] = '\0';
	leave(kind);
}
