/* SPDX-License-Identifier: BSD-2-Clause */
/* What did the log say? */
#include "tests/fake/console.h"

#include "core/log.h"

#include <stdlib.h>
#include <string.h>

static char text[128 * 1024];
static size_t used;

void log_console_put(uint64_t base, char c)
{
	if (base != FAKE_CONSOLE) {
		abort();
	}
	if (used < sizeof(text) - 1) {
		text[used++] = c;
	}
}

void fake_console_empty(void)
{
	memset(text, 0, used);
	used = 0;
}

void fake_console_reset(void)
{
	log_console_set(FAKE_CONSOLE);
	/* The log shows a new console all that it holds. */
	fake_console_empty();
}

const char *fake_console_text(void)
{
	return text;
}

size_t fake_console_lines(void)
{
	size_t lines = 0;
	size_t i;

	for (i = 0; i < used; i++) {
		lines += text[i] == '\n';
	}
	return lines;
}

bool fake_console_has(const char *wanted)
{
	return strstr(text, wanted) != NULL;
}
