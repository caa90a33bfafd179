/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a call of the checker carried out: arguments, file, verdict, exit status?
 */
#include "tools/igvmcheck/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tools/igvmcheck/check.h"
#include "tools/igvmcheck/dump.h"

static const char usage[] = "usage: igvmcheck [--dump] FILE\n"
			    "       igvmcheck --rules\n";

/* Reads a whole stream; NULL: errno says why. A byte more than a u32 can tell is enough to be
 * refused, so nothing beyond it is read. */
static uint8_t *read_stream(FILE *stream, size_t *size)
{
	size_t room = 1 << 16;
	uint8_t *bytes = malloc(room);

	*size = 0;
	while (bytes != NULL) {
		size_t got = fread(bytes + *size, 1, room - *size, stream);
		uint8_t *grown;

		*size += got;
		if (*size < room || *size > UINT32_MAX) {
			break;
		}
		room *= 2;
		grown = realloc(bytes, room);
		if (grown == NULL) {
			free(bytes);
		}
		bytes = grown;
	}
	if (bytes != NULL && ferror(stream)) {
		free(bytes);
		bytes = NULL;
	}
	return bytes;
}

static uint8_t *read_file(const char *name, size_t *size, FILE *errors)
{
	FILE *stream = fopen(name, "rb");
	uint8_t *bytes = NULL;

	if (stream != NULL) {
		bytes = read_stream(stream, size);
	}
	if (bytes == NULL) {
		fprintf(errors, "igvmcheck: %s: %s\n", name, strerror(errno));
	}
	if (stream != NULL) {
		fclose(stream);
	}
	return bytes;
}

static int judge(const char *name, bool dump, FILE *out, FILE *errors)
{
	struct image image;
	size_t size;
	uint8_t *bytes = read_file(name, &size, errors);
	bool good;

	if (bytes == NULL) {
		return RUN_REFUSED;
	}
	good = check_bytes(&image, bytes, size);
	if (dump) {
		dump_image(&image, out);
	}
	if (good) {
		fprintf(out, "%s: good: %zu headers, %zu bytes\n", name, image.header_count, size);
	} else {
		fprintf(out, "%s: refused: %s: %s (offset 0x%zx)\n", name,
			rule_name(image.verdict.rule), image.verdict.text, image.verdict.offset);
	}
	check_free(&image);
	free(bytes);
	return good ? RUN_GOOD : RUN_REFUSED;
}

static void list_rules(FILE *out)
{
	int rule;

	for (rule = 0; rule < RULE_COUNT; rule++) {
		fprintf(out, "%s\n", rule_name((enum rule)rule));
	}
}

int run_check(int argc, char **argv, FILE *out, FILE *errors)
{
	bool dump = argc == 3 && strcmp(argv[1], "--dump") == 0;

	if (argc == 2 && strcmp(argv[1], "--rules") == 0) {
		list_rules(out);
		return RUN_GOOD;
	}
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, out);
		return RUN_GOOD;
	}
	if (!dump && (argc != 2 || argv[1][0] == '-')) {
		fputs(usage, errors);
		return RUN_USAGE;
	}
	return judge(argv[argc - 1], dump, out, errors);
}
