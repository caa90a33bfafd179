/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the builder's program read its command line, name what is wrong, and leave no partial
 * output behind?
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/igvm/args.h"
#include "tools/igvm/run.h"
#include "tools/igvmcheck/check.h"

#define ARGUMENTS_MAX 16

/* A folder of the test's own, removed at the end; the working folder while it runs. */
static char folder[] = "/tmp/igvm_run_test.XXXXXX";
static char start[4096];

static void write_file(const char *name, size_t size)
{
	FILE *stream = fopen(name, "wb");
	size_t i;

	assert_non_null(stream);
	for (i = 0; i < size; i++) {
		fputc('x', stream);
	}
	assert_int_equal(fclose(stream), 0);
}

static int enter_folder(void **state)
{
	(void)state;
	if (getcwd(start, sizeof(start)) == NULL || mkdtemp(folder) == NULL || chdir(folder) != 0) {
		return -1;
	}
	write_file("image", 5000);
	write_file("payload", 100);
	write_file("empty", 0);
	write_file("large", 0x400000);
	return mkdir("sub", 0700);
}

static int leave_folder(void **state)
{
	static const char *const names[] = { "image", "payload", "empty", "large", "out", "sub" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		remove(names[i]);
	}
	/* Fails when something is left: a partial output, for one. */
	return chdir(start) != 0 || rmdir(folder) != 0 ? -1 : 0;
}

/* Runs with the words of a line; the status is returned, what was said is in `text`. */
static int run_line(const char *line, char *text, size_t text_size)
{
	char copy[512];
	char *argv[ARGUMENTS_MAX + 1] = { 0 };
	char *rest = NULL;
	char *word;
	int argc = 0;
	FILE *out = tmpfile();
	size_t got;
	int status;

	assert_non_null(out);
	assert_true(strlen(line) < sizeof(copy));
	memcpy(copy, line, strlen(line) + 1);
	for (word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
		assert_true(argc < ARGUMENTS_MAX);
		argv[argc++] = word;
	}
	status = run(argc, argv, out, out);
	rewind(out);
	got = fread(text, 1, text_size - 1, out);
	text[got] = '\0';
	fclose(out);
	return status;
}

static void check_refusal(const char *line, int status, const char *says)
{
	char text[1024];

	remove("out");
	if (run_line(line, text, sizeof(text)) != status) {
		fail_msg("%s: another status, and: %s", line, text);
	}
	if (strstr(text, says) == NULL || strncmp(text, "igvm: ", 6) != 0 ||
	    strchr(text, '\n') != text + strlen(text) - 1) {
		fail_msg("%s: says: %s", line, text);
	}
	assert_int_not_equal(access("out", F_OK), 0);
	assert_int_not_equal(access("out.part", F_OK), 0);
}

static void check_output(const char *line)
{
	static uint8_t bytes[1 << 20];
	struct image image;
	char text[1024];
	FILE *stream;
	size_t size;

	remove("out");
	if (run_line(line, text, sizeof(text)) != RUN_OK) {
		fail_msg("%s: %s", line, text);
	}
	assert_string_equal(text, "");
	stream = fopen("out", "rb");
	assert_non_null(stream);
	size = fread(bytes, 1, sizeof(bytes), stream);
	fclose(stream);
	assert_true(check_bytes(&image, bytes, size));
	check_free(&image);
	assert_int_not_equal(access("out.part", F_OK), 0);
}

static void test_builds(void **state)
{
	char text[1024];

	(void)state;
	check_output("igvm --arch arm64 --image image --output out");
	check_output("igvm --arch x86_64 --image image --output out --payload payload");
	check_output("igvm --arch=arm64 --image=image --output=out --payload payload");
	check_output("igvm --arch arm64 --image image --output out --payload payload "
		     "--payload-gpa 0x40000000 --base 256M --memory 0x800K");
	assert_int_equal(run_line("igvm --help", text, sizeof(text)), RUN_OK);
	assert_non_null(strstr(text, "usage: igvm --arch"));
}

static void test_command_line_refused(void **state)
{
	(void)state;
	check_refusal("igvm --arch x86_64", RUN_USAGE, "--image is missing");
	check_refusal("igvm", RUN_USAGE, "--arch is missing");
	check_refusal("igvm --arch mips", RUN_USAGE, "--arch mips");
	check_refusal("igvm --arch arm64 --output out", RUN_USAGE, "--image is missing");
	check_refusal("igvm --arch arm64 --image image", RUN_USAGE, "--output is missing");
	check_refusal("igvm --arch arm64 --image", RUN_USAGE, "--image: needs a value");
	check_refusal("igvm --no-such-option", RUN_USAGE, "--no-such-option: unknown");
	check_refusal("igvm --arch arm64 --image image --output out more", RUN_USAGE,
		      "more: unexpected");
	check_refusal("igvm --arch arm64 --image image --output out --base xyz", RUN_USAGE,
		      "--base xyz: not a number");
	check_refusal("igvm --arch arm64 --image image --output out --base 1T", RUN_USAGE,
		      "--base 1T: not a number");
	check_refusal("igvm --arch arm64 --image image --output out --base 1MM", RUN_USAGE,
		      "--base 1MM: not a number");
	check_refusal("igvm --arch arm64 --image image --output out --memory -4M", RUN_USAGE,
		      "--memory -4M: not a number");
	check_refusal("igvm --arch arm64 --image image --output out --memory 0x800000000000000G",
		      RUN_USAGE, "does not fit 64 bits");
	check_refusal("igvm --arch arm64 --image image --output out --memory "
		      "99999999999999999999",
		      RUN_USAGE, "does not fit 64 bits");
}

static void test_files_refused(void **state)
{
	(void)state;
	check_refusal("igvm --arch arm64 --image none --output out", RUN_FAILED,
		      "none: No such file");
	check_refusal("igvm --arch arm64 --image sub --output out", RUN_FAILED,
		      "sub: Is a directory");
	check_refusal("igvm --arch arm64 --image empty --output out", RUN_FAILED, "empty: empty");
	check_refusal("igvm --arch arm64 --image image --output out --payload none", RUN_FAILED,
		      "none: No such file");
	check_refusal("igvm --arch arm64 --image image --output out --payload empty", RUN_FAILED,
		      "empty: empty");
	check_refusal("igvm --arch arm64 --image large --output out", RUN_FAILED, "does not fit");
	check_refusal("igvm --arch arm64 --image image --output out --base 1M", RUN_FAILED,
		      "--base 0x100000");
	check_refusal("igvm --arch arm64 --image image --output nowhere/out", RUN_FAILED,
		      "nowhere/out: No such file");
	/* The last step fails: a folder has the name. */
	check_refusal("igvm --arch arm64 --image image --output sub", RUN_FAILED, "sub: ");
	assert_int_not_equal(access("sub.part", F_OK), 0);
}

/* An output that stands already stays as it is when the build fails. */
static void test_old_output_stays(void **state)
{
	char text[1024];
	struct stat info;

	(void)state;
	write_file("out", 7);
	assert_int_equal(run_line("igvm --arch arm64 --image large --output out", text,
				  sizeof(text)),
			 RUN_FAILED);
	assert_int_equal(stat("out", &info), 0);
	assert_int_equal(info.st_size, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_builds),
		cmocka_unit_test(test_command_line_refused),
		cmocka_unit_test(test_files_refused),
		cmocka_unit_test(test_old_output_stays),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
