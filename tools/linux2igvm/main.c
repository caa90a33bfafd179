/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a Linux kernel become an IGVM file that starts it at VTL2?
 *
 * No code of ours runs: the file says where the kernel lies, where the host puts its device tree
 * and with which registers the first instruction begins, and these are what Linux's boot protocol
 * asks for. Nothing moves: that protocol wants addresses in registers, and a loader moves none.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/igvm/format.h"
#include "tools/igvm/headers.h"
#include "tools/linux2igvm/linux.h"

#define USAGE                                                                                      \
	"usage: linux2igvm --arch arm64|x86_64 --image FILE --output FILE [--memory SIZE]\n"       \
	"--image: arm64's Image, x86_64's vmlinux.\n"                                              \
	"--memory: VTL2's, a multiple of 2 MiB in bytes (0x04000000)\n"

#define BLOCK UINT64_C(0x200000)
#define MEMORY UINT64_C(0x04000000)
#define MEMORY_MAX UINT64_C(0x30000000) /* the x86_64 page tables reach no further than 1 GiB */

struct job {
	const struct linux_machine *machine;
	const char *image;
	const char *output;
	uint64_t memory;
};

static bool build(const struct job *job, struct failure *f)
{
	const struct linux_machine *machine = job->machine;
	struct place place = { machine->base, job->memory, 0 };
	struct machine_register registers[MACHINE_REGISTERS_MAX];
	struct file_bytes kernel = { 0 };
	struct writer w = { 0 };
	uint8_t *file = NULL;
	size_t size = 0;
	bool done = files_read(job->image, &kernel, f) && machine->check(&place, &kernel, f);

	if (done) {
		headers_platform(&w);
		headers_memory(&w, place.base, place.memory, IGVM_MEMORY_VTL2_PROTECTABLE);
		headers_context(&w, registers, machine->registers(&place, registers));
		machine->pages(&place, &kernel, &w);
		done = writer_finish(&w, machine->file_version, &file, &size, f) &&
		       files_write(job->output, file, size, f);
		writer_free(&w);
	}
	free(file);
	free(kernel.bytes);
	return done;
}

static bool parse_memory(const char *text, uint64_t *out)
{
	char *end;

	*out = strtoull(text, &end, 0);
	return text[0] >= '0' && text[0] <= '9' && *end == '\0' && *out % BLOCK == 0 &&
	       *out > KERNEL_OFFSET && *out <= MEMORY_MAX;
}

static bool parse_arch(const char *text, const struct linux_machine **out)
{
	*out = strcmp(text, linux_arm64.name) == 0 ? &linux_arm64 : NULL;
	if (strcmp(text, linux_x86_64.name) == 0) {
		*out = &linux_x86_64;
	}
	return *out != NULL;
}

static bool parse(int argc, char **argv, struct job *job)
{
	static const struct option options[] = {
		{ "arch", required_argument, NULL, 'a' },
		{ "image", required_argument, NULL, 'i' },
		{ "output", required_argument, NULL, 'o' },
		{ "memory", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	bool good = true;
	int id;

	while (good && (id = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (id) {
		case 'a':
			good = parse_arch(optarg, &job->machine);
			break;
		case 'i':
			job->image = optarg;
			break;
		case 'o':
			job->output = optarg;
			break;
		case 'm':
			good = parse_memory(optarg, &job->memory);
			break;
		default:
			good = false;
			break;
		}
	}
	return good && optind == argc && job->machine != NULL && job->image != NULL &&
	       job->output != NULL;
}

int main(int argc, char **argv)
{
	struct job job = { NULL, NULL, NULL, MEMORY };
	struct failure f = { { 0 } };

	if (!parse(argc, argv, &job)) {
		fputs(USAGE, stderr);
		return 2;
	}
	if (!build(&job, &f)) {
		fprintf(stderr, "linux2igvm: %s: %s\n", job.image, f.text);
		return 1;
	}
	return 0;
}
