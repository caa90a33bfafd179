/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is the sentence about a failure kept? See failure.h. Never prints, never exits.
 */
#include "tools/igvm/failure.h"

#include <stdarg.h>
#include <stdio.h>

bool fail_with(struct failure *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
	return false;
}
