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
#include "core/log_kept.h"

static struct log_ring first_ring;

static struct {
	struct lock lock;
	bool seized;
	uint64_t console; /* 0: none yet */
	struct log_ring *ring;
	uint32_t reported; /* characters of the report */
} state = { .ring = &first_ring };

/* On a page of its own: the hypervisor reads it there. */
static char report[HV_HYP_PAGE_SIZE] __attribute__((aligned(4096)));

static const char level_letter[] = { 'E', 'W', 'I', 'D' };

static void console_char(char c)
{
	if (c == '\n') {
		log_console_put(state.console, '\r');
	}
	log_console_put(state.console, c);
}

static void ring_text(const char *text, size_t size)
{
	struct log_ring *ring = state.ring;
	uint64_t at = ring->written;
	size_t i;

	for (i = 0; i < size; i++) {
		ring->text[at++ % sizeof(ring->text)] = text[i];
	}
	ring->written = at;
	for (i = 0; IS_ENABLED(CONFIG_CRASH_REPORT) && state.seized && i < size; i++) {
		if (state.reported < sizeof(report)) {
			report[state.reported++] = text[i];
		}
	}
}

static void emit(const char *text, size_t size)
{
	size_t i;

	ring_text(text, size);
	for (i = 0; i < size && state.console != 0; i++) {
		console_char(text[i]);
	}
}

void log_console_set(uint64_t base)
{
	uint64_t at = 0;

	lock_take(&state.lock);
	state.console = base;
	if (state.ring->written > sizeof(state.ring->text)) {
		at = state.ring->written - sizeof(state.ring->text);
	}
	for (; at < state.ring->written && base != 0; at++) {
		console_char(state.ring->text[at % sizeof(state.ring->text)]);
	}
	lock_release(&state.lock);
}

void log_move(struct log_ring *to)
{
	lock_take(&state.lock);
	to->written = state.ring->written;
	memcpy(to->text, state.ring->text, sizeof(to->text));
	state.ring = to;
	lock_release(&state.lock);
}

void log_console_only(const char *text, size_t size)
{
	size_t i;

	lock_take(&state.lock);
	for (i = 0; i < size && state.console != 0; i++) {
		console_char(text[i]);
	}
	lock_release(&state.lock);
}

void log_seize(void)
{
	__atomic_store_n(&state.seized, true, __ATOMIC_RELAXED);
}

size_t log_report(const char **text)
{
	*text = IS_ENABLED(CONFIG_CRASH_REPORT) ? report : NULL;
	return IS_ENABLED(CONFIG_CRASH_REPORT) ? state.reported : 0;
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
