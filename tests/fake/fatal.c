/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways to stop, for tests that do not link vtl/crash.c. */
#include "core/check.h"

#include "tests/fake/stop.h"
#include "vtl/crash.h"

#include <stdarg.h>

_Noreturn void fatal(const char *where, const char *fmt, ...)
{
	va_list ap;

	(void)where;
	va_start(ap, fmt);
	fake_stop_now(STOP_FATAL, fmt, ap);
	va_end(ap);
}

void crash_registers_usable(void)
{
	fake_stop.crash_usable++;
}

void fatal_begin(void)
{
}

_Noreturn void check_failed(const char *file, const char *condition)
{
	fatal(file, "broken assumption: %s", condition);
}

_Noreturn void not_started(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fake_stop_now(STOP_NOT_STARTED, fmt, ap);
	va_end(ap);
}
