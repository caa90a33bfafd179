/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do the kept inputs still pass?
 *
 * Runs each file of each folder, or each file, that it is given; without any, those of FUZZ_SEEDS.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

#ifndef FUZZ_SEEDS
#define FUZZ_SEEDS "."
#endif

static unsigned int ran;

/* Nothing here mutates; the fuzzers' mutators only want it to exist. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size)
{
	(void)data;
	(void)max_size;
	return size;
}

static void run_file(const char *path, size_t size)
{
	uint8_t *bytes = malloc(size > 0 ? size : 1);
	FILE *stream = fopen(path, "rb");

	FUZZ_CHECK(bytes != NULL && stream != NULL);
	FUZZ_CHECK(fread(bytes, 1, size, stream) == size);
	(void)fclose(stream);
	/* Named first, so that the last line before a crash names the input. */
	fprintf(stderr, "replay: %s\n", path);
	(void)LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
	ran++;
}

static void run_folder(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;

	FUZZ_CHECK(folder != NULL);
	for (entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
		char name[4096];
		struct stat info;

		(void)snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (entry->d_name[0] != '.' && stat(name, &info) == 0 && S_ISREG(info.st_mode)) {
			run_file(name, (size_t)info.st_size);
		}
	}
	(void)closedir(folder);
}

int main(int argc, char **argv)
{
	int i;

	if (argc == 1) {
		run_folder(FUZZ_SEEDS);
	}
	for (i = 1; i < argc; i++) {
		struct stat info;

		FUZZ_CHECK(stat(argv[i], &info) == 0);
		if (S_ISDIR(info.st_mode)) {
			run_folder(argv[i]);
		} else {
			run_file(argv[i], (size_t)info.st_size);
		}
	}
	printf("%u inputs replayed\n", ran);
	/* An empty folder shows nothing. */
	return ran > 0 ? 0 : 1;
}
