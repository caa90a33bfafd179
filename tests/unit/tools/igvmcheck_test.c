/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the checker stay inside the file, whatever the bytes, and does its program say what it
 * should? Files are cut everywhere that matters and every bit of what the checker reads is
 * flipped; each copy lies in a block of its exact size, so that the sanitizer sees a read outside.
 *
 * Run from the root of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/tools/hex.h"
#include "tests/unit/tools/sum.h"
#include "tools/igvmcheck/check.h"
#include "tools/igvmcheck/dump.h"
#include "tools/igvmcheck/run.h"

#define AT_HEADERS_SIZE 12
#define AT_FILE_SIZE 16
#define AT_CHECKSUM 20

static const char *const good_files[] = { "tests/igvm/arm64-v2.hex", "tests/igvm/x64-v1.hex" };

static FILE *sink;

static int open_sink(void **state)
{
	(void)state;
	sink = fopen("/dev/null", "w");
	return sink == NULL ? -1 : 0;
}

static int close_sink(void **state)
{
	(void)state;
	return fclose(sink);
}

static void read_good(unsigned int i, struct hex *hex)
{
	if (!hex_read(good_files[i], hex)) {
		fail_msg("%s", hex->error);
	}
}

/* Checks and dumps; true: the file is good. *rule is set when it is not. */
static bool is_good(const uint8_t *bytes, size_t size, enum rule *rule)
{
	struct image image;
	bool good = check_bytes(&image, bytes, size);

	dump_image(&image, sink);
	*rule = image.verdict.rule;
	check_free(&image);
	return good;
}

static void put32_at(uint8_t *bytes, size_t at, uint32_t value)
{
	unsigned int i;

	for (i = 0; i < 4; i++) {
		bytes[at + i] = (uint8_t)(value >> (8 * i));
	}
}

/* A copy cut to `size`, refused as it is and with a fixed header that agrees with the cut. */
static void check_cut(const struct hex *hex, size_t size, size_t headers_size)
{
	uint8_t *copy = malloc(size == 0 ? 1 : size);
	enum rule rule;

	assert_non_null(copy);
	memcpy(copy, hex->bytes, size);
	assert_false(is_good(copy, size, &rule));
	if (size >= 32) {
		assert_int_equal(rule, RULE_FILE_SIZE);
		put32_at(copy, AT_FILE_SIZE, (uint32_t)size);
		put32_at(copy, AT_HEADERS_SIZE, (uint32_t)headers_size);
		sum_update(copy, size);
		assert_false(is_good(copy, size, &rule));
		assert_int_not_equal(rule, RULE_CRC);
	} else {
		assert_true(rule == RULE_SHORT || rule == RULE_FILE_SIZE);
	}
	free(copy);
}

/* Around one header's edge: headers up to the cut, up to this header, or as they were. */
static void cut_at_edge(const struct hex *hex, const struct image *image, size_t edge)
{
	const size_t all = image->data_start - image->headers_start;
	size_t size;

	for (size = edge - 8; size <= edge + 8; size++) {
		if (size >= 32) {
			check_cut(hex, size, (size - image->headers_start) / 8 * 8);
			check_cut(hex, size, edge - image->headers_start);
			check_cut(hex, size, all);
		}
	}
}

/* The data as they were, but only the headers before this one: none of the two files can spare
 * its last header, so each of these is refused. */
static void drop_headers(const struct hex *hex, const struct image *image, size_t edge)
{
	uint8_t *copy = malloc(hex->size);
	enum rule rule;

	assert_non_null(copy);
	memcpy(copy, hex->bytes, hex->size);
	put32_at(copy, AT_HEADERS_SIZE, (uint32_t)(edge - image->headers_start));
	sum_update(copy, hex->size);
	assert_false(is_good(copy, hex->size, &rule));
	assert_int_not_equal(rule, RULE_CRC);
	free(copy);
}

static void cut_file(const struct hex *hex)
{
	struct image image;
	size_t all;
	size_t size;
	size_t h;

	assert_true(check_bytes(&image, hex->bytes, hex->size));
	all = image.data_start - image.headers_start;
	for (size = 0; size < image.headers_start; size++) {
		check_cut(hex, size, 0);
	}
	for (h = 0; h < image.header_count; h++) {
		cut_at_edge(hex, &image, image.headers[h].at - 8);
		drop_headers(hex, &image, image.headers[h].at - 8);
	}
	/* From the end of the headers in steps of a page, and at page boundaries. */
	for (size = image.data_start; size < hex->size; size += 4096) {
		check_cut(hex, size, all);
	}
	for (size = 4096; size <= hex->size; size += 4096) {
		check_cut(hex, size - 1, all);
		if (size != hex->size) {
			check_cut(hex, size, all);
		}
	}
	check_free(&image);
}

static void test_cut(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct hex hex;

		read_good(i, &hex);
		cut_file(&hex);
		free(hex.bytes);
	}
}

/* Does the checker look at this byte of a hand-written file at all? Headers, register list, and the
 * first and the mapping entry of each page of tables. */
static bool is_read(size_t at, size_t headers_end)
{
	return at < headers_end || (at >= 0x800 && at < 0x960) ||
	       (at >= 0x1000 && (at & 0xFFF) < 8) || (at >= 0x4200 && at < 0x4208);
}

/* Every bit of what the checker reads: headers, register list, tables. Left alone, a flip in the
 * headers is always refused; with a new checksum it is refused or understood. */
static void test_flips(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		unsigned int understood = 0;
		size_t headers_end;
		struct hex hex;
		struct image image;
		enum rule rule;
		size_t bit;

		read_good(i, &hex);
		assert_true(check_bytes(&image, hex.bytes, hex.size));
		headers_end = image.data_start;
		check_free(&image);
		for (bit = 0; bit < 8 * hex.size; bit++) {
			const size_t at = bit / 8;
			uint8_t kept[4];

			if (!is_read(at, headers_end)) {
				continue;
			}
			hex.bytes[at] ^= (uint8_t)(1u << (bit & 7));
			if (at < headers_end) {
				assert_false(is_good(hex.bytes, hex.size, &rule));
				memcpy(kept, hex.bytes + AT_CHECKSUM, 4);
				sum_update(hex.bytes, hex.size);
				understood += is_good(hex.bytes, hex.size, &rule);
				memcpy(hex.bytes + AT_CHECKSUM, kept, 4);
			} else {
				understood += is_good(hex.bytes, hex.size, &rule);
			}
			hex.bytes[at] ^= (uint8_t)(1u << (bit & 7));
		}
		/* Some bits mean little: a limit, a register's value. */
		assert_true(understood > 0);
		assert_true(is_good(hex.bytes, hex.size, &rule));
		free(hex.bytes);
	}
}

/* The program on a file of these bytes: its exit status; what it printed is in `text`. */
static int run_on(const uint8_t *bytes, size_t size, const char *option, char *text,
		  size_t text_size)
{
	char path[] = "/tmp/igvmcheck_test.XXXXXX";
	char program[] = "igvmcheck";
	char option_copy[16] = { 0 };
	char *argv[4] = { program, path, NULL, NULL };
	int argc = 2;
	int fd = mkstemp(path);
	FILE *out = tmpfile();
	size_t got;
	int status;

	assert_true(fd >= 0 && out != NULL);
	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
	if (option != NULL) {
		strncpy(option_copy, option, sizeof(option_copy) - 1);
		argv[1] = option_copy;
		argv[2] = path;
		argc = 3;
	}
	status = run_check(argc, argv, out, sink);
	rewind(out);
	got = fread(text, 1, text_size - 1, out);
	text[got] = '\0';
	fclose(out);
	remove(path);
	return status;
}

static unsigned int count_lines(const char *text)
{
	unsigned int lines = 0;

	for (; *text != '\0'; text++) {
		lines += *text == '\n';
	}
	return lines;
}

static void test_program(void **state)
{
	char text[8192];
	struct hex hex;

	(void)state;
	read_good(0, &hex);
	assert_int_equal(run_on(hex.bytes, hex.size, NULL, text, sizeof(text)), RUN_GOOD);
	assert_non_null(strstr(text, ": good: 12 headers, 20480 bytes\n"));
	assert_int_equal(count_lines(text), 1);

	assert_int_equal(run_on(hex.bytes, hex.size, "--dump", text, sizeof(text)), RUN_GOOD);
	assert_non_null(strstr(text, "IGVM version 2, AArch64, 20480 bytes"));
	assert_non_null(strstr(text, "PAGE_TABLE_RELOCATION_REGION mask=0x1 vp=0x0 vtl=0x2"));
	assert_non_null(strstr(text, "VTL2 TTBR0_EL1          0x00040005 = 0x00000000081f0000"));
	/* The fixed header, 12 headers, 6 registers, the verdict. */
	assert_int_equal(count_lines(text), 20);

	hex.bytes[0x121] = 8;
	sum_update(hex.bytes, hex.size);
	assert_int_equal(run_on(hex.bytes, hex.size, NULL, text, sizeof(text)), RUN_REFUSED);
	assert_non_null(strstr(text, ": refused: page-gpa: page at 0x8000800 (offset 0x120)\n"));
	assert_int_equal(count_lines(text), 1);
	assert_int_equal(run_on(hex.bytes, hex.size, "--dump", text, sizeof(text)), RUN_REFUSED);
	assert_int_equal(count_lines(text), 20);

	assert_int_equal(run_on(hex.bytes, 0, NULL, text, sizeof(text)), RUN_REFUSED);
	assert_non_null(strstr(text, ": refused: short: "));
	free(hex.bytes);
}

static void test_program_arguments(void **state)
{
	char program[] = "igvmcheck";
	char none[] = "/nonexistent/file";
	char option[] = "--no-such-option";
	char rules[] = "--rules";
	char *argv[3] = { program, none, NULL };

	(void)state;
	assert_int_equal(run_check(2, argv, sink, sink), RUN_REFUSED);
	assert_int_equal(run_check(1, argv, sink, sink), RUN_USAGE);
	argv[1] = option;
	assert_int_equal(run_check(2, argv, sink, sink), RUN_USAGE);
	argv[1] = rules;
	assert_int_equal(run_check(2, argv, sink, sink), RUN_GOOD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_flips),
		cmocka_unit_test(test_program),
		cmocka_unit_test(test_program_arguments),
	};

	return cmocka_run_group_tests(tests, open_sink, close_sink);
}
