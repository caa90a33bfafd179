/* SPDX-License-Identifier: BSD-2-Clause */
/* The two ways to stop, for tests that do not link vtl/end.c. */
#include "core/check.h"

#include "tests/fake/stop.h"

#include <stdarg.h>

_Noreturn void fatal(const char *where, const char *fmt, ...)
{
	va_list ap;

	(void)where;
	va_start(ap, fmt);
	fake_stop_now(STOP_FATAL, fmt, ap);
	va_end(ap);
}

_Noreturn void not_started(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fake_stop_now(STOP_NOT_STARTED, fmt, ap);
	va_end(ap);
}
