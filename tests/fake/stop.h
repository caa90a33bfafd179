/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a test come back from a function that does not return?
 *
 *	RUN_UNTIL_STOP(arch_halt());
 *	assert_int_equal(fake_stop.kind, STOP_HALT);
 *
 * A stop that no test waits for ends the program.
 */
#ifndef TESTS_FAKE_STOP_H
#define TESTS_FAKE_STOP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>

enum stop {
	STOP_NONE,	  /* it came back */
	STOP_FATAL,	  /* fatal(), where tests/fake/fatal.c stands in for vtl/crash.c */
	STOP_NOT_STARTED, /* not_started(), likewise */
	STOP_HALT,	  /* arch_halt() */
	STOP_STACK,	  /* arch_run_on_stack_of() */
	STOP_SWITCH,	  /* vtl_arch_run() with nothing left to enter for */
	STOP_END,	  /* end_machine(), where tests/fake/end.c stands in for vtl/end.c */
};

struct fake_stop {
	jmp_buf env;
	bool armed;
	enum stop kind;
	unsigned int crash_usable; /* calls of crash_registers_usable() */
	char text[256];		   /* what fatal() and not_started() said */
};
extern struct fake_stop fake_stop;

#define RUN_UNTIL_STOP(statement)                                                                  \
	do {                                                                                       \
		fake_stop.kind = STOP_NONE;                                                        \
		fake_stop.armed = true;                                                            \
		if (setjmp(fake_stop.env) == 0) {                                                  \
			statement;                                                                 \
		}                                                                                  \
		fake_stop.armed = false;                                                           \
	} while (0)

_Noreturn void fake_stop_now(enum stop kind, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
_Noreturn void fake_stop_plain(enum stop kind);

#endif
