/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order does one call of the builder do its work? Read all, lay out, build, write: the
 * output is touched only when everything else has gone well.
 */
#include "tools/igvm/run.h"

#include <stdlib.h>

#include "tools/igvm/args.h"
#include "tools/igvm/files.h"
#include "tools/igvm/image.h"
#include "tools/igvm/layout.h"

static bool build(const struct args *a, const struct file_bytes *image,
		  const struct file_bytes *payload, struct failure *f)
{
	struct layout layout;
	uint8_t *file = NULL;
	size_t size = 0;
	bool done;

	if (!layout_make(a->base, a->memory, image->size, a->payload_gpa, payload->size, &layout,
			 f)) {
		return false;
	}
	done = image_build(a->arch == ARGS_ARCH_ARM64 ? &machine_arm64 : &machine_x86_64, &layout,
			   image->bytes, image->size, payload->bytes, &file, &size, f) &&
	       files_write(a->output, file, size, f);
	free(file);
	return done;
}

static bool read_and_build(const struct args *a, struct failure *f)
{
	struct file_bytes image = { 0 };
	struct file_bytes payload = { 0 };
	bool done = files_read(a->image, &image, f);

	if (done && image.size == 0) {
		done = fail_with(f, "%s: empty", a->image);
	}
	if (done && a->payload != NULL) {
		done = files_read(a->payload, &payload, f);
		/* An empty payload would silently build an image without one. */
		if (done && payload.size == 0) {
			done = fail_with(f, "%s: empty", a->payload);
		}
	}
	done = done && build(a, &image, &payload, f);
	free(image.bytes);
	free(payload.bytes);
	return done;
}

int run(int argc, char **argv, FILE *output, FILE *errors)
{
	struct failure f = { { 0 } };
	struct args a;

	if (!args_parse(argc, argv, &a, &f)) {
		fprintf(errors, "igvm: %s\n", f.text);
		return RUN_USAGE;
	}
	if (a.help) {
		fputs(ARGS_USAGE, output);
		return RUN_OK;
	}
	if (!read_and_build(&a, &f)) {
		fprintf(errors, "igvm: %s\n", f.text);
		return RUN_FAILED;
	}
	return RUN_OK;
}
