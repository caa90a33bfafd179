/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a part of the builder say why it could not do its work?
 *
 * One sentence that names the file or option and the reason. The part that fails writes it, main.c
 * prints it; nothing in between prints or exits.
 */
#ifndef TOOLS_IGVM_FAILURE_H
#define TOOLS_IGVM_FAILURE_H

#include <stdbool.h>

struct failure {
	char text[512];
};

/* Keeps the sentence and returns false, so that a caller can `return fail_with(...)`. */
bool fail_with(struct failure *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
