/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does fdt_check() refuse every blob that is not a device tree, name the defect, and stay inside?
 *
 * Blobs are put together here word by word: the tools that make trees cannot make these.
 */
#include "dt/fdt_check.h"

#include "core/types.h"
#include "tests/unit/dt/tree_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libfdt.h>

#define BEGIN 1, 0
#define NODE(c) 1, ((uint32_t)(c) << 24)
#define END 2
#define PROP(size, name) 3, size, name
#define NOP 4
#define LAST 9

/* Places in the strings block below. */
#define NAME_REG 0
#define NAME_EMPTY 3
#define NAME_UNENDED 4
static const char strings[8] = "reg\0tail";

/* Places in the header. */
enum {
	MAGIC,
	TOTALSIZE,
	OFF_STRUCT,
	OFF_STRINGS,
	OFF_RESERVED,
	VERSION,
	LAST_COMP,
	BOOT_CPU_ID
};
enum {
	SIZE_STRINGS = 8,
	SIZE_STRUCT = 9
};

#define MAX_WORDS 24
#define OFF_OF_STRUCT (40 + 16)

static const struct fdt_limits limits = { .size = 4096, .tags = 12 };
static struct fdt_index nodes;

struct blob_row {
	const char *name;
	uint32_t words[MAX_WORDS]; /* the structure block, up to and with LAST */
	int tail; /* so many words after LAST belong to it as well; -1: not even LAST does */
	struct refusal wanted;
};

static const struct blob_row structures[] = {
	{ "good", { BEGIN, PROP(5, NAME_REG), 0, 0, NOP, NODE('a'), END, END, LAST }, 0, { 0 } },
	{ "no root", { LAST }, 0, { "/", "", "structure block ends inside a node" } },
	{ "not closed",
	  { BEGIN, NODE('a'), END, LAST },
	  0,
	  { "/", "", "structure block ends inside a node" } },
	{ "closed twice",
	  { BEGIN, END, END, LAST },
	  0,
	  { "/", "", "more after the end of the root" } },
	{ "closed at once", { END, LAST }, 0, { "/", "", "more ends than nodes" } },
	{ "two roots",
	  { BEGIN, END, BEGIN, END, LAST },
	  0,
	  { "/", "", "more after the end of the root" } },
	{ "no last tag", { BEGIN, END, LAST }, -1, { "/", "", "structure block has no end" } },
	{ "words after the last tag",
	  { BEGIN, END, LAST },
	  1,
	  { "/", "", "bytes after the end of the structure block" } },
	{ "unknown tag",
	  { BEGIN, NODE('a'), 7, END, END, LAST },
	  0,
	  { "/a", "", "unknown tag in the structure block" } },
	{ "root with a name",
	  { NODE('r'), END, LAST },
	  0,
	  { "/", "", "root with a name, or sub node without" } },
	{ "node without a name",
	  { BEGIN, BEGIN, END, END, LAST },
	  0,
	  { "/", "", "root with a name, or sub node without" } },
	{ "name with a slash",
	  { BEGIN, 1, 0x612f6200, END, END, LAST },
	  0,
	  { "/", "", "a sub node's name has a character that names must not have" } },
	{ "name with an escape",
	  { BEGIN, 1, 0x1b5b4a00, END, END, LAST },
	  0,
	  { "/", "", "a sub node's name has a character that names must not have" } },
	{ "name without end",
	  { BEGIN, 1, 0x61616161, LAST },
	  -1,
	  { "/", "", "a sub node's name has no end or is too long" } },
	{ "property before the root",
	  { PROP(0, NAME_REG), BEGIN, END, LAST },
	  0,
	  { "/", "", "property outside of any node" } },
	{ "property cut off", { BEGIN, 3, 0, LAST }, -1, { "/", "", "a property is cut off" } },
	{ "property without a name",
	  { BEGIN, PROP(0, NAME_EMPTY), END, LAST },
	  0,
	  { "/", "", "a property's name is empty, has no end or is too long" } },
	{ "property with an endless name",
	  { BEGIN, PROP(0, NAME_UNENDED), END, LAST },
	  0,
	  { "/", "", "a property's name is empty, has no end or is too long" } },
	{ "property named outside",
	  { BEGIN, PROP(0, 8), END, LAST },
	  0,
	  { "/", "", "a property's name lies outside the strings block" } },
	{ "property named far outside",
	  { BEGIN, PROP(0, 0xffffffff), END, LAST },
	  0,
	  { "/", "", "a property's name lies outside the strings block" } },
	{ "property after a node",
	  { BEGIN, NODE('a'), END, PROP(0, NAME_REG), END, LAST },
	  0,
	  { "/", "reg", "property after a sub node" } },
	{ "value past the block",
	  { BEGIN, NODE('a'), NODE('b'), PROP(0x40, NAME_REG), END, END, END, LAST },
	  0,
	  { "/a/b", "reg", "value runs past the structure block" } },
	{ "value of 4 GiB",
	  { BEGIN, PROP(0xfffffffd, NAME_REG), END, LAST },
	  0,
	  { "/", "reg", "value runs past the structure block" } },
	{ "value to the last byte",
	  { BEGIN, PROP(8, NAME_REG), END, LAST },
	  0,
	  { "/", "", "structure block has no end" } },
	{ "too many tags",
	  { BEGIN, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, END, LAST },
	  0,
	  { "(header)", "size_dt_struct", "too many nodes and properties" } },
};

static void put(uint8_t *blob, uint32_t index, uint32_t value)
{
	fdt32_st(blob + 4 * index, value);
}

/* Header, one empty reservation, structure, strings; nothing between or behind. */
static uint8_t *make_blob(const uint32_t *words, uint32_t count, uint32_t *size)
{
	uint8_t *blob;
	uint32_t i;

	*size = OFF_OF_STRUCT + 4 * count + (uint32_t)sizeof(strings);
	blob = calloc(1, *size);
	assert_non_null(blob);
	put(blob, MAGIC, FDT_MAGIC);
	put(blob, TOTALSIZE, *size);
	put(blob, OFF_STRUCT, OFF_OF_STRUCT);
	put(blob, OFF_STRINGS, OFF_OF_STRUCT + 4 * count);
	put(blob, OFF_RESERVED, 40);
	put(blob, VERSION, 17);
	put(blob, LAST_COMP, 16);
	put(blob, SIZE_STRINGS, sizeof(strings));
	put(blob, SIZE_STRUCT, 4 * count);
	for (i = 0; i < count; i++) {
		put(blob, OFF_OF_STRUCT / 4 + i, words[i]);
	}
	memcpy(blob + OFF_OF_STRUCT + 4 * count, strings, sizeof(strings));
	return blob;
}

static uint8_t *make_row(const struct blob_row *row, uint32_t *size)
{
	uint32_t count = 0;

	while (row->words[count] != LAST) {
		count++;
	}
	return make_blob(row->words, count + 1 + (uint32_t)row->tail, size);
}

static void test_structure(void **state)
{
	struct dt_defect defect;
	uint32_t i, size;
	uint8_t *blob;
	enum err e;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(structures); i++) {
		blob = make_row(&structures[i], &size);
		e = fdt_check(blob, size, &limits, &nodes, &defect);
		tree_expect("blob", structures[i].name, e, &defect, &structures[i].wanted);
		free(blob);
	}
}

static const struct {
	const char *name;
	uint32_t index;
	uint32_t value;
	struct refusal wanted;
} headers[] = {
	{ "no tree", MAGIC, 0x00000001, { "(header)", "magic", "no device tree given" } },
	{ "another format", MAGIC, 0x7f454c46, { "(header)", "magic", "not a device tree" } },
	{ "version 16", VERSION, 16, { "(header)", "version", "older than 17" } },
	{ "version 18 only", LAST_COMP, 18, { "(header)", "last_comp_version", "newer than 17" } },
	{ "size 39", TOTALSIZE, 39, { "(header)", "totalsize", "smaller than the header" } },
	{ "size over the limit", TOTALSIZE, 4097, { "(header)", "totalsize", "over the limit" } },
	{ "size of 4 GiB", TOTALSIZE, 0xffffffff, { "(header)", "totalsize", "over the limit" } },
	{ "size over the buffer",
	  TOTALSIZE,
	  1024,
	  { "(header)", "totalsize", "larger than the buffer" } },
	{ "structure in the header",
	  OFF_STRUCT,
	  36,
	  { "(header)", "off_dt_struct", "inside the header or misaligned" } },
	{ "structure misaligned",
	  OFF_STRUCT,
	  OFF_OF_STRUCT + 2,
	  { "(header)", "off_dt_struct", "inside the header or misaligned" } },
	{ "structure past the end",
	  OFF_STRUCT,
	  0xfffffffc,
	  { "(header)", "size_dt_struct", "past the blob or misaligned" } },
	{ "structure too large",
	  SIZE_STRUCT,
	  0xfffffffc,
	  { "(header)", "size_dt_struct", "past the blob or misaligned" } },
	{ "structure of 7 bytes",
	  SIZE_STRUCT,
	  7,
	  { "(header)", "size_dt_struct", "past the blob or misaligned" } },
	{ "structure of 0 bytes", SIZE_STRUCT, 0, { "/", "", "structure block has no end" } },
	{ "strings in the header",
	  OFF_STRINGS,
	  0,
	  { "(header)", "off_dt_strings", "inside the header" } },
	{ "strings past the end",
	  OFF_STRINGS,
	  0xffffffff,
	  { "(header)", "size_dt_strings", "past the blob" } },
	{ "strings large", SIZE_STRINGS, 9, { "(header)", "size_dt_strings", "past the blob" } },
	{ "strings wrap",
	  SIZE_STRINGS,
	  0xffffffff,
	  { "(header)", "size_dt_strings", "past the blob" } },
	{ "strings over the structure",
	  OFF_STRINGS,
	  OFF_OF_STRUCT,
	  { "(header)", "off_dt_struct", "blocks overlap" } },
	{ "reservations in the header",
	  OFF_RESERVED,
	  32,
	  { "(header)", "off_mem_rsvmap", "inside the header or misaligned" } },
	{ "reservations misaligned",
	  OFF_RESERVED,
	  44,
	  { "(header)", "off_mem_rsvmap", "inside the header or misaligned" } },
	{ "reservations without end",
	  OFF_RESERVED,
	  48,
	  { "(header)", "off_mem_rsvmap", "reservations run past the blob" } },
	{ "reservations past the end",
	  OFF_RESERVED,
	  0xfffffff8,
	  { "(header)", "off_mem_rsvmap", "reservations run past the blob" } },
};

static void test_header(void **state)
{
	struct dt_defect defect;
	uint32_t i, size;
	uint8_t *blob;
	enum err e;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(headers); i++) {
		blob = make_row(&structures[0], &size);
		put(blob, headers[i].index, headers[i].value);
		e = fdt_check(blob, size, &limits, &nodes, &defect);
		tree_expect("blob", headers[i].name, e, &defect, &headers[i].wanted);
		free(blob);
	}
}

static void test_buffer(void **state)
{
	static const struct refusal shorter = { "(header)", "", "buffer is shorter than a header" };
	static const struct refusal aligned = { "(header)", "", "blob is not 8-byte aligned" };
	struct dt_defect defect;
	uint8_t *blob, *moved;
	uint32_t size;

	(void)state;
	blob = make_row(&structures[0], &size);
	moved = tree_copy(blob, 39);
	tree_expect("blob", "buffer of 39 bytes", fdt_check(moved, 39, &limits, &nodes, &defect),
		    &defect, &shorter);
	free(moved);
	moved = malloc(size + 4);
	memcpy(moved + 4, blob, size);
	tree_expect("blob", "address ends in 4",
		    fdt_check(moved + 4, size, &limits, &nodes, &defect), &defect, &aligned);
	free(moved);
	free(blob);
}

/* Depth, lengths of names and reservations: the limit itself passes, one more does not. */
static void check_depth(uint32_t depth, bool good)
{
	static const struct fdt_limits large = { .size = 65536, .tags = 65536 };
	static const struct refusal deep = {
		"/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n/n", "",
		"nodes nested too deep"
	};
	static const struct refusal none = { 0 };
	uint32_t *words = calloc(3 * (size_t)depth + 1, 4);
	struct dt_defect defect;
	uint32_t i, size;
	uint8_t *blob;

	for (i = 0; i < depth; i++) {
		words[2 * i] = 1;
		words[2 * i + 1] = i == 0 ? 0 : (uint32_t)'n' << 24;
		words[2 * depth + i] = END;
	}
	words[3 * depth] = LAST;
	blob = make_blob(words, 3 * depth + 1, &size);
	tree_expect("blob", depth > 999 ? "1000 nodes deep" : "33 nodes deep",
		    fdt_check(blob, size, &large, &nodes, &defect), &defect, good ? &none : &deep);
	free(words);
	free(blob);
}

static void test_depth(void **state)
{
	(void)state;
	check_depth(FDT_CHECK_MAX_DEPTH, true);
	check_depth(FDT_CHECK_MAX_DEPTH + 1, false);
	check_depth(1000, false);
}

static void test_name_sizes(void **state)
{
	uint32_t words[MAX_WORDS] = { BEGIN, 1 };
	struct dt_defect defect;
	uint8_t *blob;
	uint32_t size;

	(void)state;
	/* 63 characters and their NUL: 16 words. Then 64. */
	memset(&words[3], 'n', 64);
	words[18] = 0x6e6e6e00;
	words[19] = END;
	words[20] = END;
	words[21] = LAST;
	blob = make_blob(words, 22, &size);
	assert_int_equal(fdt_check(blob, size, &limits, &nodes, &defect), OK);
	put(blob, OFF_OF_STRUCT / 4 + 18, 0x6e6e6e6e);
	put(blob, OFF_OF_STRUCT / 4 + 19, 0);
	assert_int_equal(fdt_check(blob, size, &limits, &nodes, &defect), ERR_INVALID);
	assert_string_equal(defect.what, "a sub node's name has no end or is too long");
	free(blob);
}

static void test_reservations(void **state)
{
	static const struct refusal many = { "(header)", "off_mem_rsvmap",
					     "too many memory reservations" };
	static const struct refusal none = { 0 };
	uint32_t count, size, at;
	struct dt_defect defect;
	uint8_t *blob;

	(void)state;
	for (count = FDT_CHECK_MAX_RESERVED; count <= FDT_CHECK_MAX_RESERVED + 1; count++) {
		uint8_t *small = make_row(&structures[0], &size);

		/* The list moves behind everything else. */
		at = (size + 7) & ~7u;
		blob = calloc(1, at + 16 * (count + 1));
		memcpy(blob, small, size);
		memset(blob + at, 1, (size_t)16 * count);
		put(blob, OFF_RESERVED, at);
		put(blob, TOTALSIZE, at + 16 * (count + 1));
		tree_expect("blob", "65 reservations",
			    fdt_check(blob, at + 16 * (count + 1), &limits, &nodes, &defect),
			    &defect, count > FDT_CHECK_MAX_RESERVED ? &many : &none);
		free(blob);
		free(small);
	}
}

/* OpenVMM's order of blocks: strings before the structure. */
static void test_other_order(void **state)
{
	struct dt_defect defect;
	uint8_t *blob, *other;
	uint32_t size, words;

	(void)state;
	blob = make_row(&structures[0], &size);
	other = tree_copy(blob, size);
	words = size - OFF_OF_STRUCT - (uint32_t)sizeof(strings);
	memcpy(other + OFF_OF_STRUCT, strings, sizeof(strings));
	memcpy(other + OFF_OF_STRUCT + sizeof(strings), blob + OFF_OF_STRUCT, words);
	put(other, OFF_STRINGS, OFF_OF_STRUCT);
	put(other, OFF_STRUCT, OFF_OF_STRUCT + sizeof(strings));
	assert_int_equal(fdt_check(other, size, &limits, &nodes, &defect), OK);
	assert_int_equal(fdt_check_full(other, size), 0);
	free(other);
	free(blob);
}

/* What we accept, libfdt's own full check accepts too. */
static void test_flips_agree_with_libfdt(void **state)
{
	uint64_t seed = tree_seed();
	struct dt_defect defect;
	uint32_t round, size, bit, i, taken = 0;
	uint8_t *good, *blob;

	(void)state;
	good = make_row(&structures[0], &size);
	for (round = 0; round < 100000; round++) {
		blob = tree_copy(good, size);
		for (i = 0; i <= round % 3; i++) {
			bit = (uint32_t)(tree_random(&seed) % (size * 8));
			blob[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
		if (fdt_check(blob, size, &limits, &nodes, &defect) == OK) {
			assert_int_equal(fdt_check_full(blob, size), 0);
			taken++;
		} else {
			assert_non_null(defect.what);
		}
		free(blob);
	}
	print_message("%u of %u flipped blobs were still good\n", taken, round);
	free(good);
}

static void test_defect_text(void **state)
{
	struct dt_defect defect;
	char longer[200];

	(void)state;
	memset(longer, 'n', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(defect_set(&defect, longer, longer, "x"), ERR_INVALID);
	assert_int_equal(strlen(defect.node), DEFECT_NODE_SIZE - 1);
	assert_int_equal(strlen(defect.property), DEFECT_PROPERTY_SIZE - 1);
	assert_int_equal(defect_set(&defect, "/a\x1b[2J\xff\n", "\t", "x"), ERR_INVALID);
	assert_string_equal(defect.node, "/a?[2J??");
	assert_string_equal(defect.property, "?");
	defect_clear(&defect);
	assert_null(defect.what);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_structure, tree_verdict),
		cmocka_unit_test_teardown(test_header, tree_verdict),
		cmocka_unit_test_teardown(test_buffer, tree_verdict),
		cmocka_unit_test_teardown(test_depth, tree_verdict),
		cmocka_unit_test_teardown(test_name_sizes, tree_verdict),
		cmocka_unit_test_teardown(test_reservations, tree_verdict),
		cmocka_unit_test_teardown(test_other_order, tree_verdict),
		cmocka_unit_test_teardown(test_flips_agree_with_libfdt, tree_verdict),
		cmocka_unit_test_teardown(test_defect_text, tree_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
