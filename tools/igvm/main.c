/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * igvm: how is a firmware image, with or without a payload, packed into an IGVM file?
 *
 * Everything is in run.c, where unit tests reach it.
 */
#include "tools/igvm/run.h"

int main(int argc, char **argv)
{
	return run(argc, argv, stdout, stderr);
}
