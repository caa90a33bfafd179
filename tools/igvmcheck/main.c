/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * igvmcheck: does an IGVM file keep the rules of the format, and what stands in it?
 *
 * Everything is in run.c, where unit tests reach it.
 */
#include "tools/igvmcheck/run.h"

int main(int argc, char **argv)
{
	return run_check(argc, argv, stdout, stderr);
}
