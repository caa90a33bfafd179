/* SPDX-License-Identifier: BSD-2-Clause */
/* The string functions of mem.h; in native builds too, which take their mem* from the C library. */
#include "tests/host/common/mem.h"

size_t host_strnlen(const char *text, size_t max)
{
	size_t i = 0;

	while (i < max && text[i] != '\0') {
		i++;
	}
	return i;
}

size_t host_strlen(const char *text)
{
	return host_strnlen(text, (size_t)-1);
}

bool host_streq(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] != '\0' && a[i] == b[i]) {
		i++;
	}
	return a[i] == b[i];
}
