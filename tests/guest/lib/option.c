/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the command line say? Words "name=0x...".
 */
#include "tests/guest/lib/guest.h"

static bool hex_digit(char c, uint64_t *digit)
{
	if (c >= '0' && c <= '9') {
		*digit = (uint64_t)(c - '0');
	} else if (c >= 'a' && c <= 'f') {
		*digit = (uint64_t)(c - 'a') + 10;
	} else if (c >= 'A' && c <= 'F') {
		*digit = (uint64_t)(c - 'A') + 10;
	} else {
		return false;
	}
	return true;
}

uint64_t option(const char *name, uint64_t otherwise)
{
	const char *text = machine_command_line();
	size_t length = strlen(name);

	for (size_t i = 0; text != NULL && text[i] != '\0'; i++) {
		uint64_t value = 0;
		uint64_t digit = 0;

		if ((i != 0 && text[i - 1] != ' ') || !starts_with(text + i, name) ||
		    !starts_with(text + i + length, "=0x")) {
			continue;
		}
		i += length + 3;
		while (hex_digit(text[i], &digit)) {
			value = value << 4 | digit;
			i++;
		}
		return value;
	}
	return otherwise;
}
