/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How are whole files read and written? See files.h. Never leaves a partial output behind: the
 * bytes go to a temporary name beside it, which takes the name only when they are all there.
 */
#include "tools/igvm/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK 65536

static bool read_all(FILE *stream, struct file_bytes *out)
{
	size_t room = 0;
	size_t got;

	do {
		if (room - out->size < CHUNK) {
			uint8_t *bytes = realloc(out->bytes, room * 2 + CHUNK);

			if (bytes == NULL) {
				errno = ENOMEM;
				return false;
			}
			room = room * 2 + CHUNK;
			out->bytes = bytes;
		}
		got = fread(out->bytes + out->size, 1, room - out->size, stream);
		out->size += got;
	} while (got != 0);
	return ferror(stream) == 0;
}

bool files_read(const char *name, struct file_bytes *out, struct failure *f)
{
	FILE *stream;
	bool done;

	out->bytes = NULL;
	out->size = 0;
	stream = fopen(name, "rb");
	if (stream == NULL) {
		return fail_with(f, "%s: %s", name, strerror(errno));
	}
	done = read_all(stream, out);
	if (!done) {
		fail_with(f, "%s: %s", name, strerror(errno));
		free(out->bytes);
		out->bytes = NULL;
		out->size = 0;
	}
	fclose(stream);
	return done;
}

/* The temporary name lies in the same folder, so that rename() cannot cross file systems. */
static char *temporary_name(const char *name)
{
	static const char suffix[] = ".part";
	size_t size = strlen(name) + sizeof(suffix);
	char *made = malloc(size);

	if (made != NULL) {
		snprintf(made, size, "%s%s", name, suffix);
	}
	return made;
}

static bool write_all(const char *name, const uint8_t *bytes, size_t size)
{
	FILE *stream = fopen(name, "wb");
	bool written;

	if (stream == NULL) {
		return false;
	}
	written = fwrite(bytes, 1, size, stream) == size;
	/* A full disk may show only here. */
	return fclose(stream) == 0 && written;
}

bool files_write(const char *name, const uint8_t *bytes, size_t size, struct failure *f)
{
	char *temporary = temporary_name(name);

	if (temporary == NULL) {
		return fail_with(f, "%s: out of memory", name);
	}
	if (!write_all(temporary, bytes, size) || rename(temporary, name) != 0) {
		fail_with(f, "%s: %s", name, strerror(errno));
		remove(temporary);
		free(temporary);
		return false;
	}
	free(temporary);
	return true;
}
