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
 * Says what, where and why on the console, tells the hypervisor by the crash registers where they
 * can be reached, and stops this VP; the other VPs are never let back into VTL0.
 */
_Noreturn void fatal(const char *where, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * The image is in the wrong place: says so and stops, without calling that a crash.
 */
_Noreturn void not_started(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* For what can only be our own mistake. */
#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fatal(__FILE__, "broken assumption: " #condition);                         \
		}                                                                                  \
	} while (0)

#endif
