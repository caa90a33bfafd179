/* SPDX-License-Identifier: BSD-2-Clause */
/* What did the log say? */
#include "tests/fake/console.h"

#include "core/log.h"

#include <string.h>

static char text[128 * 1024];
static size_t used;

static void put(uint64_t base, char c)
{
	(void)base;
	if (used < sizeof(text) - 1) {
		text[used++] = c;
	}
}

void fake_console_reset(void)
{
	log_console_set((struct log_console){ put, 0 });
	/* The log shows a new console all that it holds. */
	memset(text, 0, used);
	used = 0;
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
