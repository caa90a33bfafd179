/* SPDX-License-Identifier: BSD-2-Clause */
/* What did the log say? A console for core/log.c that keeps the text. */
#ifndef TESTS_FAKE_CONSOLE_H
#define TESTS_FAKE_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#define FAKE_CONSOLE 0x1234

void fake_console_empty(void);
/* The same, and makes it the log's console. */
void fake_console_reset(void);
const char *fake_console_text(void);
size_t fake_console_lines(void);
bool fake_console_has(const char *text);

#endif
