/* SPDX-License-Identifier: BSD-2-Clause */
/* Somebody else's reader; judge.h says which. */
#include "tests/unit/host/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool judge_present(void)
{
	/* NOLINTNEXTLINE(cert-env33-c): always the same command */
	return system("command -v dtc >/dev/null 2>&1") == 0;
}

bool judge_reads(const void *fdt, size_t size, char *out, size_t out_size)
{
	char path[] = "/tmp/host-tree-XXXXXX";
	char command[128];
	char rest[256];
	size_t used;
	FILE *pipe;
	int file = mkstemp(path);

	if (file < 0 || write(file, fdt, size) != (ssize_t)size || close(file) != 0) {
		return false;
	}
	(void)snprintf(command, sizeof(command), "dtc -q -I dtb -O dts %s 2>/dev/null", path);
	/* NOLINTNEXTLINE(cert-env33-c): always the same program, on a file made here */
	pipe = popen(command, "r");
	if (pipe == NULL) {
		return false;
	}
	if (out != NULL) {
		used = fread(out, 1, out_size - 1, pipe);
		out[used] = '\0';
	}
	while (fread(rest, 1, sizeof(rest), pipe) > 0) {
		/* The program must not meet a closed pipe: that would look like a refusal. */
	}
	(void)remove(path);
	return pclose(pipe) == 0;
}
