/* SPDX-License-Identifier: BSD-2-Clause */
/* Is what the writer writes a device tree, and does the reader stay inside whatever it reads? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/host/common/fdt_read.h"
#include "tests/host/common/fdt_write.h"
#include "tests/unit/host/judge.h"
#include "tests/unit/host/test.h"

#define CAP 1024U

/*
 * The tree that build() makes, byte for byte, written by hand from the Devicetree Specification:
 * header, one reservation and the ending one, structure, names.
 */
static const uint8_t expected[] = {
	0xD0, 0x0D, 0xFE, 0xED, 0x00, 0x00, 0x00, 0xB4, /* magic, totalsize */
	0x00, 0x00, 0x00, 0x48, 0x00, 0x00, 0x00, 0xA4, /* structure, names */
	0x00, 0x00, 0x00, 0x28, 0x00, 0x00, 0x00, 0x11, /* reservations, version */
	0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x05, /* compatible with, boot processor */
	0x00, 0x00, 0x00, 0x0D, 0x00, 0x00, 0x00, 0x5C, /* sizes of names and structure */
	0x00, 0x00, 0x00, 0x00, 0x40, 0x00, 0x00, 0x00, /* reserved: 0x40000000, */
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10, 0x00, /* 0x1000 bytes */
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, /* none */
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, /* */
	0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, /* node "" */
	0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x04, /* property of 4 bytes, */
	0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03, 0x04, /* "num", value */
	0x00, 0x00, 0x00, 0x01, 0x61, 0x40, 0x31, 0x66, /* node "a@1f" */
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, /* its end; property */
	0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x04, /* of 3 bytes, "text" */
	0x68, 0x69, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, /* "hi"; property */
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x09, /* of no bytes, "non" */
	0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x02, /* property of 2 bytes, */
	0x00, 0x00, 0x00, 0x00, 0x77, 0x77, 0x00, 0x00, /* "num", value */
	0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, /* end, end */
	0x00, 0x00, 0x00, 0x09, 0x6E, 0x75, 0x6D, 0x00, /* last token; "num" */
	0x74, 0x65, 0x78, 0x74, 0x00, 0x6E, 0x6F, 0x6E, /* "text" "non" */
	0x00, 0x00, 0x00, 0x00,
};

static bool build(struct fdt_writer *w, void *buf, size_t cap, size_t *size)
{
	fdt_write_init(w, buf, cap, 5);
	fdt_write_reserve(w, 0x40000000, 0x1000);
	fdt_write_begin(w, "");
	fdt_write_u32(w, "num", 0x01020304);
	fdt_write_begin_at(w, "a", 0x1F);
	fdt_write_string(w, "text", "hi");
	fdt_write_prop(w, "non", NULL, 0);
	fdt_write_fill(w, "num", 0x77, 2);
	fdt_write_end(w);
	fdt_write_end(w);
	return fdt_write_finish(w, size);
}

static void test_bytes(void **state)
{
	static _Alignas(8) uint8_t buf[CAP];
	struct fdt_writer w;
	size_t size = 0;

	(void)state;
	memset(buf, 0xAA, sizeof(buf));
	assert_true(build(&w, buf, sizeof(buf), &size));
	assert_int_equal(size, sizeof(expected));
	assert_memory_equal(buf, expected, sizeof(expected));
	assert_int_equal(buf[size], 0xAA);
}

static void test_outside_judge(void **state)
{
	char text[2048];

	(void)state;
	if (!judge_present()) {
		skip();
	}
	assert_true(judge_reads(expected, sizeof(expected), text, sizeof(text)));
	assert_non_null(strstr(text, "/memreserve/\t0x0000000040000000 0x0000000000001000;"));
	assert_non_null(strstr(text, "a@1f {"));
	assert_non_null(strstr(text, "num = <0x1020304>;"));
	assert_non_null(strstr(text, "text = \"hi\";"));
	assert_non_null(strstr(text, "non;"));
}

static void test_no_room(void **state)
{
	size_t cap;

	(void)state;
	for (cap = 0; cap < sizeof(expected) + 8; cap += 4) {
		uint8_t *buf = malloc(cap > 0 ? cap : 1);
		struct fdt_writer w;
		size_t size = 0;

		assert_non_null(buf);
		assert_int_equal(build(&w, buf, cap, &size), cap >= sizeof(expected));
		assert_int_equal(w.error == NULL, cap >= sizeof(expected));
		free(buf);
	}
}

static void test_misuse(void **state)
{
	static _Alignas(8) uint8_t buf[CAP];
	char name[256];
	struct fdt_writer w;
	size_t size;
	int i;

	(void)state;
	fdt_write_init(&w, buf, sizeof(buf), 0);
	assert_false(fdt_write_finish(&w, &size));

	fdt_write_init(&w, buf, sizeof(buf), 0);
	fdt_write_begin(&w, "");
	assert_false(fdt_write_finish(&w, &size));

	fdt_write_init(&w, buf, sizeof(buf), 0);
	fdt_write_begin(&w, "");
	fdt_write_end(&w);
	fdt_write_end(&w);
	assert_non_null(w.error);

	fdt_write_init(&w, buf, sizeof(buf), 0);
	fdt_write_u32(&w, "a", 1);
	assert_non_null(w.error);

	fdt_write_init(&w, buf, sizeof(buf), 0);
	fdt_write_begin(&w, "");
	fdt_write_reserve(&w, 0, 0);
	assert_non_null(w.error);

	fdt_write_init(&w, buf, sizeof(buf), 0);
	fdt_write_begin(&w, "");
	fdt_write_u64s(&w, "a", NULL, SIZE_MAX / 8 + 2);
	assert_non_null(w.error);

	/* More names than the writer holds. */
	fdt_write_init(&w, buf, sizeof(buf), 0);
	fdt_write_begin(&w, "");
	for (i = 0; i < 10; i++) {
		memset(name, 'a' + i, sizeof(name) - 1);
		name[sizeof(name) - 1] = '\0';
		fdt_write_prop(&w, name, NULL, 0);
	}
	assert_string_equal(w.error, "too many names of properties");
}

static void test_read(void **state)
{
	struct fdt_value value;

	(void)state;
	assert_true(fdt_read_property(expected, sizeof(expected), "", "num", &value));
	assert_int_equal(value.size, 4);
	assert_memory_equal(value.data, "\1\2\3\4", 4);
	assert_true(fdt_read_property(expected, sizeof(expected), "a", "num", &value));
	assert_int_equal(value.size, 2);
	assert_true(fdt_read_property(expected, sizeof(expected), "a@1f", "non", &value));
	assert_int_equal(value.size, 0);
	assert_false(fdt_read_property(expected, sizeof(expected), "", "text", &value));
	assert_false(fdt_read_property(expected, sizeof(expected), "a@1", "text", &value));
	assert_false(fdt_read_property(expected, sizeof(expected), "b", "text", &value));
	assert_false(fdt_read_property(expected, sizeof(expected), "a", "tex", &value));
}

/* The value, if one is found, must lie inside; the sanitizer watches the rest. */
static void read_all(const uint8_t *fdt, size_t size)
{
	struct fdt_value value;

	if (fdt_read_property(fdt, size, "a", "text", &value)) {
		assert_true(value.data >= fdt && value.data + value.size <= fdt + size);
	}
	if (fdt_read_property(fdt, size, "", "none", &value)) {
		assert_true(value.data >= fdt && value.data + value.size <= fdt + size);
	}
}

static void test_read_truncated(void **state)
{
	size_t size;

	(void)state;
	for (size = 0; size < sizeof(expected); size++) {
		uint8_t *copy = malloc(size > 0 ? size : 1);
		size_t i;

		assert_non_null(copy);
		memcpy(copy, expected, size);
		read_all(copy, size);
		/* And with a totalsize that agrees. */
		for (i = 0; size >= 8 && i < 4; i++) {
			copy[4 + i] = (uint8_t)(size >> (24 - 8 * i));
		}
		read_all(copy, size);
		free(copy);
	}
}

static void test_read_flipped(void **state)
{
	uint8_t *copy = malloc(sizeof(expected));
	size_t bit;

	(void)state;
	assert_non_null(copy);
	for (bit = 0; bit < sizeof(expected) * 8; bit++) {
		memcpy(copy, expected, sizeof(expected));
		copy[bit / 8] ^= (uint8_t)(1U << bit % 8);
		read_all(copy, sizeof(expected));
	}
	free(copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),	     cmocka_unit_test(test_outside_judge),
		cmocka_unit_test(test_no_room),	     cmocka_unit_test(test_misuse),
		cmocka_unit_test(test_read),	     cmocka_unit_test(test_read_truncated),
		cmocka_unit_test(test_read_flipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
