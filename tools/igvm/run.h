/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does one call of the builder do?
 */
#ifndef TOOLS_IGVM_RUN_H
#define TOOLS_IGVM_RUN_H

#include <stdio.h>

#define RUN_OK 0
#define RUN_FAILED 1 /* a file or a layout */
#define RUN_USAGE 2  /* the command line, or an architecture that is not built yet */

/* The exit status; what goes wrong is said in one line on `errors`. */
int run(int argc, char **argv, FILE *output, FILE *errors);

#endif
