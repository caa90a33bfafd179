/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the command line ask for?
 */
#ifndef TOOLS_IGVM_ARGS_H
#define TOOLS_IGVM_ARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/igvm/failure.h"

#define ARGS_USAGE                                                                                 \
	"usage: igvm --arch arm64|x86_64 --image FILE --output FILE\n"                             \
	"            [--payload FILE] [--payload-gpa ADDRESS] [--base ADDRESS] [--memory SIZE]\n"  \
	"Numbers are decimal or 0x hexadecimal; a suffix K, M or G multiplies.\n"

#define ARGS_DEFAULT_BASE UINT64_C(0x08000000)
#define ARGS_DEFAULT_MEMORY UINT64_C(0x00400000)
#define ARGS_DEFAULT_PAYLOAD_GPA UINT64_C(0x0C000000)

enum args_arch {
	ARGS_ARCH_ARM64,
	ARGS_ARCH_X86_64
};

struct args {
	bool help;
	enum args_arch arch;
	const char *image; /* file names point into argv */
	const char *output;
	const char *payload; /* NULL: no payload */
	uint64_t payload_gpa;
	uint64_t base;
	uint64_t memory;
};

/* False: the sentence in *f says which option is wrong. */
bool args_parse(int argc, char **argv, struct args *out, struct failure *f);

#endif
