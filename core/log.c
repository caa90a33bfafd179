/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do we tell the operator?
 *
 * May assume: called from any VP at any time after entry. Must never: format text that came from
 * outside (log_text cleans it), or wait for anything but the console's own room.
 */
#include "core/log.h"

#include <string.h>

#include "core/fmt.h"
#include "core/kconfig.h"
#include "core/lock.h"

static struct {
	struct lock lock;
	bool seized;
	uint64_t console; /* 0: none yet */
	uint64_t written; /* characters ever put into the ring */
	char ring[CONFIG_LOG_BUF_SIZE];
} state;

static const char level_letter[] = { 'E', 'W', 'I', 'D' };

static void console_char(char c)
{
	if (c == '\n') {
		log_console_put(state.console, '\r');
	}
	log_console_put(state.console, c);
}

static void ring_char(char c)
{
	state.ring[state.written % sizeof(state.ring)] = c;
	state.written++;
}

static void emit(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		ring_char(text[i]);
	}
	for (i = 0; i < size && state.console != 0; i++) {
		console_char(text[i]);
	}
}

void log_console_set(uint64_t base)
{
	uint64_t at = 0;

	lock_take(&state.lock);
	state.console = base;
	if (state.written > sizeof(state.ring)) {
		at = state.written - sizeof(state.ring);
	}
	for (; at < state.written && base != 0; at++) {
		console_char(state.ring[at % sizeof(state.ring)]);
	}
	lock_release(&state.lock);
}

void log_seize(void)
{
	__atomic_store_n(&state.seized, true, __ATOMIC_RELAXED);
}

static void line(enum log_level level, const char *text, size_t size)
{
	const char head[] = { level_letter[level], ' ' };
	bool locked = !__atomic_load_n(&state.seized, __ATOMIC_RELAXED);

	if (locked) {
		lock_take(&state.lock);
	}
	emit(head, sizeof(head));
	emit(text, size);
	emit("\n", 1);
	if (locked) {
		lock_release(&state.lock);
	}
}

void log_print(enum log_level level, const char *fmt, ...)
{
	char text[LOG_LINE_MAX];
	va_list ap;
	size_t n;

	if (level > CONFIG_LOG_LEVEL) {
		return;
	}
	va_start(ap, fmt);
	n = fmt_vprint(text, sizeof(text), fmt, ap);
	va_end(ap);
	line(level, text, n);
}

void log_text(enum log_level level, const char *from, const char *text, size_t size)
{
	char clean[LOG_LINE_MAX];
	size_t n;
	size_t i;

	if (level > CONFIG_LOG_LEVEL) {
		return;
	}
	n = fmt_print(clean, sizeof(clean), "%s: ", from);
	for (i = 0; i < size && n < sizeof(clean); i++) {
		clean[n++] = (char)(text[i] >= ' ' && text[i] <= '~' ? text[i] : '?');
	}
	line(level, clean, n);
}
