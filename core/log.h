/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do we tell the operator?
 *
 * Lines go to a ring in memory and, once log_console_set() was called, to a console. A VTL0 that
 * misbehaves never causes a line above debug level: counters are for that.
 */
#ifndef CORE_LOG_H
#define CORE_LOG_H

#include "core/types.h"

#include <stdarg.h>

enum log_level {
	LOG_ERROR = 0,
	LOG_WARN = 1,
	LOG_INFO = 2,
	LOG_DEBUG = 3,
};

#define LOG_LINE_MAX 192

/* From here on lines appear on the console at base, those before included; 0: on none. Boot VP,
 * boot only. */
void log_console_set(uint64_t base);

/* Writes one character to the console; may wait for room, never for the reader. Whoever sets the
 * console defines it: no pointer to code lies in memory that is written to. */
void log_console_put(uint64_t base, char c);

/* One line; the newline is added. Longer than LOG_LINE_MAX: cut. Any VP. */
void log_print(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A line with the name of what spoke, without formatting: for text that came from outside,
 * which is cleaned of control characters. */
void log_text(enum log_level level, const char *from, const char *text, size_t size);

/* A fault of our own is being reported, perhaps in the middle of a line: from here on no lock is
 * waited for, and lines are also kept for log_report(). The other VPs are on their way out. */
void log_seize(void);

/* The lines since then: at most 4096 bytes in one page, as the hypervisor takes a crash message;
 * 0 without CONFIG_CRASH_REPORT. */
size_t log_report(const char **text);

/* Text that is already clean, for the console and not for the ring. Boot VP. */
void log_console_only(const char *text, size_t size);

#define log_error(...) log_print(LOG_ERROR, __VA_ARGS__)
#define log_warn(...) log_print(LOG_WARN, __VA_ARGS__)
#define log_info(...) log_print(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_print(LOG_DEBUG, __VA_ARGS__)

#endif
