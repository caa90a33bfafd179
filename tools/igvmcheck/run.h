/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does one call of the checker do?
 */
#ifndef TOOLS_IGVMCHECK_RUN_H
#define TOOLS_IGVMCHECK_RUN_H

#include <stdio.h>

#define RUN_GOOD 0
#define RUN_REFUSED 1 /* by a rule, or the file cannot be read */
#define RUN_USAGE 2

/* The exit status. The verdict goes to `out`: exactly one line, after the dump where one is
 * asked for. What stops the checker from judging goes to `errors`. */
int run_check(int argc, char **argv, FILE *out, FILE *errors);

#endif
