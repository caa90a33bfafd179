/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the checker take the hand-written good files, and refuse each bad one by the rule that the
 * file names? Is there a file for every rule?
 *
 * Run from the root of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/tools/hex.h"
#include "tools/igvmcheck/check.h"
#include "tools/igvmcheck/dump.h"

#define FOLDER "tests/igvm/"
#define REFUSED FOLDER "refused/"

static void read_hex(const char *path, struct hex *hex)
{
	if (!hex_read(path, hex)) {
		fail_msg("%s", hex->error);
	}
}

static void check_good(const char *path, enum arch arch, uint32_t version)
{
	struct image image;
	struct hex hex;

	read_hex(path, &hex);
	if (!check_bytes(&image, hex.bytes, hex.size)) {
		fail_msg("%s: %s: %s", path, rule_name(image.verdict.rule), image.verdict.text);
	}
	assert_int_equal(image.arch, arch);
	assert_int_equal(image.version, version);
	assert_int_equal(image.header_count, 12);
	check_free(&image);
	free(hex.bytes);
}

static void test_good_files(void **state)
{
	(void)state;
	check_good(FOLDER "arm64-v2.hex", ARCH_AARCH64, 2);
	check_good(FOLDER "x64-v1.hex", ARCH_X64, 1);
}

/* What a refused file is refused by; also dumps it, which must not crash either. */
static enum rule refused_by(const char *path, const struct hex *hex)
{
	struct image image;
	enum rule rule;
	FILE *sink = fopen("/dev/null", "w");

	assert_non_null(sink);
	if (check_bytes(&image, hex->bytes, hex->size)) {
		fail_msg("%s: not refused", path);
	}
	dump_image(&image, sink);
	rule = image.verdict.rule;
	check_free(&image);
	fclose(sink);
	return rule;
}

static void test_refused_files(void **state)
{
	unsigned int files_of[RULE_COUNT] = { 0 };
	DIR *folder = opendir(REFUSED);
	struct dirent *entry;
	unsigned int i;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		char path[512];
		struct hex hex;
		enum rule rule;

		if (strstr(entry->d_name, ".hex") == NULL) {
			continue;
		}
		snprintf(path, sizeof(path), REFUSED "%s", entry->d_name);
		read_hex(path, &hex);
		rule = refused_by(path, &hex);
		if (strcmp(rule_name(rule), hex.refused) != 0) {
			fail_msg("%s: refused by %s", path, rule_name(rule));
		}
		/* The name of the file begins with that of the rule. */
		assert_memory_equal(entry->d_name, hex.refused, strlen(hex.refused));
		files_of[rule]++;
		free(hex.bytes);
	}
	closedir(folder);
	for (i = 0; i < RULE_COUNT; i++) {
		if (files_of[i] == 0) {
			fail_msg("no file in " REFUSED " breaks the rule %s",
				 rule_name((enum rule)i));
		}
	}
}

/* The reader of the hand-written files, on a file whose bytes are known. */
static void test_reader(void **state)
{
	static const uint8_t expected[] = { 0x01, 0x02, 0, 0, 0xAA, 0xAA, 0xAA, 0, 0x01, 0x02 };
	char path[] = "/tmp/hex_test.XXXXXX";
	int fd = mkstemp(path);
	FILE *stream;
	struct hex hex;

	(void)state;
	assert_true(fd >= 0);
	stream = fdopen(fd, "w");
	assert_non_null(stream);
	fputs("# 99 in a comment\n01 02# 98\n@0x4 AA*3 size 10\nrefused some-rule\nmove 0 2 8\n",
	      stream);
	fclose(stream);
	read_hex(path, &hex);
	assert_int_equal(hex.size, sizeof(expected));
	assert_memory_equal(hex.bytes, expected, sizeof(expected));
	assert_string_equal(hex.refused, "some-rule");
	free(hex.bytes);
	remove(path);
	assert_false(hex_read(path, &hex));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reader),
		cmocka_unit_test(test_good_files),
		cmocka_unit_test(test_refused_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
