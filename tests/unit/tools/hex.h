/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are the hand-written files of tests/igvm read? Their form is described in the README there.
 */
#ifndef TESTS_UNIT_TOOLS_HEX_H
#define TESTS_UNIT_TOOLS_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hex {
	uint8_t *bytes; /* exactly `size` of them, to be freed by the caller */
	size_t size;
	char refused[64]; /* the rule that the file breaks; "": none */
	char error[256];  /* why it could not be read */
};

bool hex_read(const char *path, struct hex *out);

#endif
