/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is the command line read?
 *
 * Only its form is checked here: whether the numbers make a layout is layout.c's question. Opens
 * no file.
 */
#include "tools/igvm/args.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum option_id {
	OPT_ARCH = 1,
	OPT_IMAGE,
	OPT_OUTPUT,
	OPT_PAYLOAD,
	OPT_PAYLOAD_GPA,
	OPT_BASE,
	OPT_MEMORY,
	OPT_HELP
};

static const struct option options[] = {
	{ "arch", required_argument, NULL, OPT_ARCH },
	{ "image", required_argument, NULL, OPT_IMAGE },
	{ "output", required_argument, NULL, OPT_OUTPUT },
	{ "payload", required_argument, NULL, OPT_PAYLOAD },
	{ "payload-gpa", required_argument, NULL, OPT_PAYLOAD_GPA },
	{ "base", required_argument, NULL, OPT_BASE },
	{ "memory", required_argument, NULL, OPT_MEMORY },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 },
};

static unsigned int suffix_shift(const char *suffix, bool *known)
{
	static const char letters[] = "KMG";
	const char *at;

	*known = true;
	if (suffix[0] == '\0') {
		return 0;
	}
	at = strchr(letters, suffix[0]);
	*known = at != NULL && suffix[1] == '\0';
	return *known ? 10u * (unsigned int)(at - letters + 1) : 0;
}

static bool parse_number(const char *option, const char *text, uint64_t *out, struct failure *f)
{
	unsigned long long value;
	unsigned int shift;
	bool known;
	char *end;

	/* strtoull takes a sign and leading blanks; an address has neither. */
	if (text[0] < '0' || text[0] > '9') {
		return fail_with(f, "--%s %s: not a number", option, text);
	}
	errno = 0;
	value = strtoull(text, &end, 0);
	shift = suffix_shift(end, &known);
	if (end == text || !known) {
		return fail_with(f, "--%s %s: not a number", option, text);
	}
	if (errno != 0 || value > UINT64_MAX >> shift) {
		return fail_with(f, "--%s %s: does not fit 64 bits", option, text);
	}
	*out = (uint64_t)value << shift;
	return true;
}

static bool parse_arch(const char *text, enum args_arch *out, struct failure *f)
{
	if (strcmp(text, "arm64") == 0) {
		*out = ARGS_ARCH_ARM64;
		return true;
	}
	if (strcmp(text, "x86_64") == 0) {
		*out = ARGS_ARCH_X86_64;
		return true;
	}
	return fail_with(f, "--arch %s: must be arm64 or x86_64", text);
}

static bool parse_option(int id, struct args *out, bool *arch_seen, struct failure *f)
{
	switch (id) {
	case OPT_ARCH:
		*arch_seen = true;
		return parse_arch(optarg, &out->arch, f);
	case OPT_IMAGE:
		out->image = optarg;
		return true;
	case OPT_OUTPUT:
		out->output = optarg;
		return true;
	case OPT_PAYLOAD:
		out->payload = optarg;
		return true;
	case OPT_PAYLOAD_GPA:
		return parse_number("payload-gpa", optarg, &out->payload_gpa, f);
	case OPT_BASE:
		return parse_number("base", optarg, &out->base, f);
	case OPT_MEMORY:
		return parse_number("memory", optarg, &out->memory, f);
	default:
		out->help = true;
		return true;
	}
}

bool args_parse(int argc, char **argv, struct args *out, struct failure *f)
{
	bool arch_seen = false;
	int id;

	memset(out, 0, sizeof(*out));
	out->base = ARGS_DEFAULT_BASE;
	out->memory = ARGS_DEFAULT_MEMORY;
	out->payload_gpa = ARGS_DEFAULT_PAYLOAD_GPA;

	optind = 1;
	opterr = 0;
	while ((id = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (id == ':') {
			return fail_with(f, "%s: needs a value", argv[optind - 1]);
		}
		if (id == '?') {
			return fail_with(f, "%s: unknown option", argv[optind - 1]);
		}
		if (!parse_option(id, out, &arch_seen, f)) {
			return false;
		}
	}
	if (out->help) {
		return true;
	}
	if (optind < argc) {
		return fail_with(f, "%s: unexpected argument", argv[optind]);
	}
	if (!arch_seen) {
		return fail_with(f, "--arch is missing");
	}
	if (out->image == NULL) {
		return fail_with(f, "--image is missing");
	}
	if (out->output == NULL) {
		return fail_with(f, "--output is missing");
	}
	return true;
}
