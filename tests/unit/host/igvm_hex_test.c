/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the loader say to the files that were written by hand for every reader of the format?
 *
 * Reads tests/igvm/ (its README explains the notation) with a reader of its own, so that a mistake
 * in the tool that makes real files of them is not ours too.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/host/igvm_guest.h"
#include "tests/unit/host/test.h"

#define FOLDER "tests/igvm/"
#define FILE_MAX 0x40000U
#define RULE_MAX 64U

struct file {
	uint8_t bytes[FILE_MAX];
	size_t size;
	size_t at;
	char rule[RULE_MAX]; /* empty: a good file */
};

static struct file file;

static void put(size_t count, uint8_t value)
{
	assert_true(count <= FILE_MAX && file.at <= FILE_MAX - count);
	memset(file.bytes + file.at, value, count);
	file.at += count;
	file.size = file.at > file.size ? file.at : file.size;
}

static size_t number(const char *word)
{
	char *end;
	size_t value = strtoul(word, &end, 0);

	assert_true(end != word && *end == '\0');
	return value;
}

/* HH or HH*N. */
static void put_bytes(const char *word)
{
	char *end;
	unsigned long value = strtoul(word, &end, 16);

	assert_true(end == word + 2 && (*end == '\0' || *end == '*'));
	put(*end == '*' ? number(end + 1) : 1, (uint8_t)value);
}

static void move_up(size_t from, size_t end, size_t by)
{
	assert_true(from <= end && end <= FILE_MAX && by <= FILE_MAX - end);
	memmove(file.bytes + from + by, file.bytes + from, end - from);
	file.size = end + by > file.size ? end + by : file.size;
}

static const char *next_word(char **rest)
{
	const char *word = strtok_r(NULL, " \t\n", rest);

	assert_non_null(word);
	return word;
}

/* One line. A base was read before. */
static void read_line(char *line)
{
	char *rest = NULL;
	char *comment = strchr(line, '#');
	const char *word;

	if (comment != NULL) {
		*comment = '\0';
	}
	for (word = strtok_r(line, " \t\n", &rest); word != NULL;
	     word = strtok_r(NULL, " \t\n", &rest)) {
		if (word[0] == '@') {
			file.at = number(word + 1);
			put(0, 0);
		} else if (strcmp(word, "size") == 0) {
			file.size = number(next_word(&rest));
			assert_true(file.size <= FILE_MAX);
		} else if (strcmp(word, "move") == 0) {
			size_t from = number(next_word(&rest));
			size_t end = number(next_word(&rest));

			move_up(from, end, number(next_word(&rest)));
		} else if (strcmp(word, "refused") == 0) {
			(void)snprintf(file.rule, sizeof(file.rule), "%s", next_word(&rest));
		} else if (strcmp(word, "base") == 0) {
			(void)next_word(&rest);
		} else {
			put_bytes(word);
		}
	}
}

static void read_lines(FILE *stream)
{
	char line[1024];

	while (fgets(line, sizeof(line), stream) != NULL) {
		read_line(line);
	}
	(void)fclose(stream);
}

/* The base of a file, if it has one. */
static void read_base(FILE *stream, const char *folder)
{
	char line[1024];
	char name[512];
	char path[1024];

	while (fgets(line, sizeof(line), stream) != NULL) {
		if (sscanf(line, " base %511s", name) == 1) {
			FILE *base;

			(void)snprintf(path, sizeof(path), "%s%s", folder, name);
			base = fopen(path, "r");
			assert_non_null(base);
			read_lines(base);
		}
	}
	rewind(stream);
}

static void read_file(const char *folder, const char *name)
{
	char path[1024];
	FILE *stream;

	memset(&file, 0, sizeof(file));
	(void)snprintf(path, sizeof(path), "%s%s", folder, name);
	stream = fopen(path, "r");
	assert_non_null(stream);
	read_base(stream, folder);
	read_lines(stream);
}

/* The architecture that the file claims: bytes, not the loader's opinion. */
static enum igvm_err load(void)
{
	bool arm = file.bytes[4] == 2 && file.bytes[0x18] == 1;

	return guest_load(guest_get(), file.bytes, file.size,
			  arm ? IGVM_ARCH_ARM64 : IGVM_ARCH_X64);
}

static void test_good(void **state)
{
	static const char *const names[] = { "arm64-v2.hex", "x64-v1.hex" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		enum igvm_err err;

		read_file(FOLDER, names[i]);
		assert_string_equal(file.rule, "");
		err = load();
		if (err != IGVM_OK) {
			fail_msg("%s: %s at 0x%lx", names[i], igvm_err_text(err),
				 (unsigned long)guest_get()->result.where);
		}
	}
}

static void test_refused(void **state)
{
	DIR *folder = opendir(FOLDER "refused");
	struct dirent *entry;
	int bad = 0;

	(void)state;
	assert_non_null(folder);
	for (entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
		enum igvm_err err;

		if (strstr(entry->d_name, ".hex") == NULL) {
			continue;
		}
		read_file(FOLDER "refused/", entry->d_name);
		err = load();
		assert_true(file.rule[0] != '\0');
		if (err == IGVM_OK) {
			print_message("%s is loaded: %s\n", entry->d_name, file.rule);
			bad++;
		}
	}
	(void)closedir(folder);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
