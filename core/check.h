/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When do we stop?
 *
 * fatal() is for boot, when what the loader gave cannot be used, and for our own faults. Never
 * for anything that VTL0 does: that ends in an error code and a counter.
 */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

/*
 * Stops VTL0 on every VP, says what, where and why on the console, tells the hypervisor by the
 * crash registers where they can be reached, and stops this VP or, with CONFIG_PANIC_RESET, resets
 * the machine; no VP is let back into VTL0.
 */
_Noreturn void fatal(const char *where, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * The first half of fatal(), for one who has more to say before it: VTL0 stands still on every VP,
 * and from here on a line of the log waits for nobody. Returns only on the VP that was the first.
 */
void fatal_begin(void);

/*
 * The image is in the wrong place: says so and stops, without calling that a crash.
 */
_Noreturn void not_started(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* fatal() with the place and the stack of its caller. */
_Noreturn void check_failed(const char *file, const char *condition);

/* For what can only be our own mistake. */
#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			check_failed(__FILE__, #condition);                                        \
		}                                                                                  \
	} while (0)

#endif
