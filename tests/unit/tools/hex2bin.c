/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hex2bin: which bytes does a hand-written file of tests/igvm stand for?
 *
 * hex2bin FILE.hex FILE.bin. For tests of loaders outside of the unit tests.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/tools/hex.h"

static bool write_file(const char *path, const struct hex *hex)
{
	FILE *stream = fopen(path, "wb");
	bool written;

	if (stream == NULL) {
		return false;
	}
	written = fwrite(hex->bytes, 1, hex->size, stream) == hex->size;
	written = fclose(stream) == 0 && written;
	if (!written) {
		remove(path);
	}
	return written;
}

int main(int argc, char **argv)
{
	struct hex hex;
	bool written;

	if (argc != 3) {
		fprintf(stderr, "usage: hex2bin FILE.hex FILE.bin\n");
		return 2;
	}
	if (!hex_read(argv[1], &hex)) {
		fprintf(stderr, "hex2bin: %s\n", hex.error);
		return 1;
	}
	written = write_file(argv[2], &hex);
	free(hex.bytes);
	if (!written) {
		fprintf(stderr, "hex2bin: %s: cannot be written\n", argv[2]);
		return 1;
	}
	return 0;
}
