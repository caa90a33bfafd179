/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does fit_read() take what mkimage makes, and refuse every other image by name?
 *
 * The image is made by the machine's own mkimage when the test runs, from payload.its.
 */
#include "dt/fit.h"

#include "core/types.h"
#include "tests/unit/dt/tree_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include <cmocka.h>

#include <libfdt.h>

#define MAX_SIZE (64u << 20)
#define KERNEL_SIZE 5001
#define RAMDISK_SIZE 3002

#define KERNEL "/images/kernel-1"
#define RAMDISK "/images/ramdisk-1"
#define CONF "/configurations/conf-1"

static void *good;

struct row {
	const char *name;
	struct edit edits[MAX_EDITS];
	struct refusal wanted;
};

static const struct row refused[] = {
	{ "no images", { DELETE("/images", NULL) }, { "/", "images", "no such node" } },
	{ "no configurations",
	  { DELETE("/configurations", NULL) },
	  { "/", "configurations", "no such node" } },
	{ "images at an address",
	  { RENAME("/images", "images@1") },
	  { "/images@1", "", "unit addresses are not allowed here" } },
	{ "two images nodes",
	  { ADD("/", "imagex"), RENAME("/imagex", "images") },
	  { "/images", "", "a second node of this name" } },
	{ "no default",
	  { DELETE("/configurations", "default") },
	  { "/configurations", "default", "missing" } },
	{ "default is a list",
	  { SET("/configurations", "default", "conf-1\0conf-2") },
	  { "/configurations", "default", "not one string" } },
	{ "default of nobody",
	  { SET("/configurations", "default", "conf-3") },
	  { "/configurations", "default", "names no configuration" } },
	{ "default is a path",
	  { SET("/configurations", "default", "/configurations/conf-1") },
	  { "/configurations", "default", "names no configuration" } },
	{ "a configuration at an address",
	  { RENAME("/configurations/conf-2", "conf-1@evil") },
	  { "/configurations/conf-1@evil", "", "unit addresses are not allowed here" } },
	{ "a configuration twice",
	  { RENAME("/configurations/conf-2", "conf-1") },
	  { CONF, "", "a second node of this name" } },
	{ "no kernel", { DELETE(CONF, "kernel") }, { CONF, "kernel", "missing" } },
	{ "kernel of nobody",
	  { SET(CONF, "kernel", "kernel") },
	  { CONF, "kernel", "names no image" } },
	{ "kernel named twice",
	  { SET(CONF, "kernel", "kernel-1\0ramdisk-1") },
	  { CONF, "kernel", "not one string" } },
	{ "kernel property twice",
	  { SET(CONF, "kernex", "ramdisk-1"), RENAME_PROP(CONF, "kernex", "kernel") },
	  { CONF, "kernel", "there twice" } },
	{ "ramdisk unnamed", { SET(CONF, "ramdisk", "") }, { CONF, "ramdisk", "names no image" } },
	{ "ramdisk is the kernel",
	  { SET(CONF, "ramdisk", "kernel-1") },
	  { KERNEL, "type", "wrong type for this use" } },
	{ "kernel at an address",
	  { RENAME("/images/other-1", "kernel-1@1") },
	  { "/images/kernel-1@1", "", "unit addresses are not allowed here" } },
	{ "kernel twice",
	  { RENAME("/images/other-1", "kernel-1") },
	  { KERNEL, "", "a second node of this name" } },
	{ "with a tree",
	  { SET(CONF, "fdt", "other-1") },
	  { CONF, "fdt", "parts of this kind are not supported" } },
	{ "with loadables",
	  { SET(CONF, "loadables", "other-1") },
	  { CONF, "loadables", "parts of this kind are not supported" } },
	{ "no type", { DELETE(KERNEL, "type") }, { KERNEL, "type", "missing" } },
	{ "kernel is a script",
	  { SET(KERNEL, "type", "script") },
	  { KERNEL, "type", "wrong type for this use" } },
	{ "kernel for another machine",
	  { SET(KERNEL, "arch", "x86_64") },
	  { KERNEL, "arch", "wrong architecture" } },
	{ "kernel of another system",
	  { SET(KERNEL, "os", "u-boot") },
	  { KERNEL, "os", "not linux" } },
	{ "kernel compressed",
	  { SET(KERNEL, "compression", "gzip") },
	  { KERNEL, "compression", "compressed parts are not supported" } },
	{ "ramdisk compressed",
	  { SET(RAMDISK, "compression", "lz4") },
	  { RAMDISK, "compression", "compressed parts are not supported" } },
	{ "no data", { DELETE(KERNEL, "data") }, { KERNEL, "data", "missing" } },
	{ "no bytes", { RAW(KERNEL, "data", "") }, { KERNEL, "data", "empty" } },
	{ "data twice",
	  { RENAME_PROP(KERNEL, "description", "data") },
	  { KERNEL, "data", "there twice" } },
	{ "data here and outside",
	  { CELLS(RAMDISK, "data-size", 5) },
	  { RAMDISK, "data-size", "external data (mkimage -E) is not supported" } },
	{ "data at a position",
	  { CELLS(KERNEL, "data-position", 5) },
	  { KERNEL, "data-position", "external data (mkimage -E) is not supported" } },
	{ "no hash",
	  { DELETE(KERNEL "/hash-1", NULL), DELETE(KERNEL "/hash-2", NULL) },
	  { KERNEL, "hash-1", "no such node" } },
	{ "hash at an address",
	  { RENAME(KERNEL "/hash-1", "hash-1@1") },
	  { KERNEL "/hash-1@1", "", "unit addresses are not allowed here" } },
	{ "hash twice",
	  { RENAME(KERNEL "/hash-2", "hash-1") },
	  { KERNEL "/hash-1", "", "a second node of this name" } },
	{ "hash of a weaker kind",
	  { SET(KERNEL "/hash-1", "algo", "sha1") },
	  { KERNEL "/hash-1", "algo", "not sha256" } },
	{ "hash without a kind",
	  { DELETE(RAMDISK "/hash-1", "algo") },
	  { RAMDISK "/hash-1", "algo", "missing" } },
	{ "hash without a value",
	  { DELETE(KERNEL "/hash-1", "value") },
	  { KERNEL "/hash-1", "value", "missing" } },
	{ "hash of 31 bytes",
	  { RAW(KERNEL "/hash-1", "value", "0123456789012345678901234567890") },
	  { KERNEL "/hash-1", "value", "not 32 bytes" } },
	{ "bootargs too long",
	  { FILL(CONF, "bootargs", FIT_MAX_BOOTARGS + 1) },
	  { CONF, "bootargs", "longer than supported" } },
	{ "bootargs with a hole",
	  { SET(CONF, "bootargs", "quiet\0init=/bin/sh") },
	  { CONF, "bootargs", "not one string" } },
};

static void test_refused(void **state)
{
	struct fit_payload payload;
	struct dt_defect defect;
	uint32_t i;
	void *fit;
	enum err e;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		fit = tree_edited(good, refused[i].edits);
		e = fit_read(fit, fdt_totalsize(fit), MAX_SIZE, "arm64", &payload, &defect);
		tree_expect("fit", refused[i].name, e, &defect, &refused[i].wanted);
		assert_null(payload.kernel.data);
		free(fit);
	}
}

/* The digest by another program than mkimage. */
static void check_digest(const char *name, const struct fit_part *part)
{
	char path[64], text[65], wanted[2 * FIT_SHA256_SIZE + 1];
	FILE *file;
	int i;

	tree_tool("sha256sum <%s >sum", name);
	snprintf(path, sizeof(path), "%s/sum", tree_folder());
	file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%64s", text), 1);
	fclose(file);
	for (i = 0; i < FIT_SHA256_SIZE; i++) {
		snprintf(wanted + 2 * i, 3, "%02x", part->sha256[i]);
	}
	assert_string_equal(text, wanted);
}

static void check_part(const char *name, const struct fit_part *part, uint64_t size)
{
	char path[64];
	size_t file_size;
	void *file;

	snprintf(path, sizeof(path), "%s/%s", tree_folder(), name);
	file = tree_load(path, &file_size);
	assert_int_equal(file_size, size);
	assert_int_equal(part->size, size);
	assert_memory_equal(part->data, file, size);
	free(file);
	check_digest(name, part);
}

static void test_good(void **state)
{
	struct fit_payload payload;
	struct dt_defect defect;

	(void)state;
	assert_int_equal(fit_read(good, fdt_totalsize(good), MAX_SIZE, "arm64", &payload, &defect),
			 OK);
	check_part("kernel", &payload.kernel, KERNEL_SIZE);
	assert_true(payload.has_ramdisk);
	check_part("ramdisk", &payload.ramdisk, RAMDISK_SIZE);
	assert_string_equal(payload.bootargs, "console=ttyAMA0 quiet");
	/* Everything points into the image. */
	assert_true(payload.kernel.data > (const uint8_t *)good);
	assert_true(payload.ramdisk.data + payload.ramdisk.size <
		    (const uint8_t *)good + fdt_totalsize(good));
}

static const struct edit plain[MAX_EDITS] = { DELETE(CONF, "ramdisk"), DELETE(CONF, "bootargs"),
					      DELETE(KERNEL, "load"),
					      CELLS(KERNEL, "entry", 0x80000) };
static const struct edit longest[MAX_EDITS] = { FILL(CONF, "bootargs", FIT_MAX_BOOTARGS) };

static void test_variants(void **state)
{
	static const struct refusal other = { KERNEL, "arch", "wrong architecture" };
	struct fit_payload payload;
	struct dt_defect defect;
	void *fit;

	(void)state;
	fit = tree_edited(good, plain);
	assert_int_equal(fit_read(fit, fdt_totalsize(fit), MAX_SIZE, "arm64", &payload, &defect),
			 OK);
	assert_false(payload.has_ramdisk);
	assert_string_equal(payload.bootargs, "");
	free(fit);

	fit = tree_edited(good, longest);
	assert_int_equal(fit_read(fit, fdt_totalsize(fit), MAX_SIZE, "arm64", &payload, &defect),
			 OK);
	assert_int_equal(strlen(payload.bootargs), FIT_MAX_BOOTARGS);
	tree_expect("fit", "for arm64 read by x86_64",
		    fit_read(fit, fdt_totalsize(fit), MAX_SIZE, "x86_64", &payload, &defect),
		    &defect, &other);
	free(fit);
}

static void test_sizes(void **state)
{
	static const struct refusal large = { "(header)", "totalsize", "over the limit" };
	static const struct refusal small = { "(header)", "totalsize", "larger than the buffer" };
	uint32_t size = fdt_totalsize(good);
	struct fit_payload payload;
	struct dt_defect defect;

	(void)state;
	tree_expect("fit", "over the limit",
		    fit_read(good, size, size - 1, "arm64", &payload, &defect), &defect, &large);
	tree_expect("fit", "cut short",
		    fit_read(good, size - 1, MAX_SIZE, "arm64", &payload, &defect), &defect,
		    &small);
}

/* mkimage -E, as it really comes out. */
static void test_external(void **state)
{
	static const struct refusal wanted = { KERNEL, "data-size",
					       "external data (mkimage -E) is not supported" };
	struct fit_payload payload;
	struct dt_defect defect;
	char path[64];
	size_t size;
	void *fit;

	(void)state;
	tree_tool("mkimage -q -E -f payload.its external.itb >log 2>&1");
	snprintf(path, sizeof(path), "%s/external.itb", tree_folder());
	fit = tree_load(path, &size);
	assert_true(size > fdt_totalsize(fit));
	tree_expect("fit", "made by mkimage -E",
		    fit_read(fit, size, MAX_SIZE, "arm64", &payload, &defect), &defect, &wanted);
	free(fit);
}

/* A kernel of 60 MiB whose bytes cannot be read at all: finding it must not touch it. */
static void test_does_not_read_data(void **state)
{
	const size_t data_size = 60u << 20, room = 61u << 20, page = 4096;
	struct fit_payload payload;
	struct dt_defect defect;
	uint8_t *fit, *first, *last;
	clock_t begun;
	void *place;
	int node;

	(void)state;
	fit = aligned_alloc(page, room);
	assert_non_null(fit);
	assert_int_equal(fdt_open_into(good, fit, (int)room), 0);
	node = fdt_path_offset(fit, KERNEL);
	assert_int_equal(fdt_setprop_placeholder(fit, node, "data", (int)data_size, &place), 0);
	first = fit + (((uint8_t *)place - fit + page - 1) & ~(page - 1));
	last = fit + (((uint8_t *)place - fit + data_size) & ~(page - 1));
	assert_int_equal(mprotect(first, (size_t)(last - first), PROT_NONE), 0);
	begun = clock();
	assert_int_equal(fit_read(fit, room, MAX_SIZE, "arm64", &payload, &defect), OK);
	assert_true(clock() - begun < CLOCKS_PER_SEC / 10);
	assert_int_equal(payload.kernel.size, data_size);
	assert_int_equal(mprotect(first, (size_t)(last - first), PROT_READ | PROT_WRITE), 0);
	free(fit);
}

static void test_many_nodes(void **state)
{
	static const struct refusal wanted = { "(header)", "size_dt_struct",
					       "too many nodes and properties" };
	struct fit_payload payload;
	struct dt_defect defect;
	char name[16];
	int i, images;
	void *fit = malloc(65536);

	(void)state;
	assert_int_equal(fdt_open_into(good, fit, 65536), 0);
	for (i = 0; i < FIT_MAX_TAGS / 2; i++) {
		images = fdt_path_offset(fit, "/images");
		snprintf(name, sizeof(name), "i%x", i);
		assert_true(fdt_add_subnode(fit, images, name) > 0);
	}
	tree_expect("fit", "512 images", fit_read(fit, 65536, MAX_SIZE, "arm64", &payload, &defect),
		    &defect, &wanted);
	free(fit);
}

static void test_truncated(void **state)
{
	static const struct edit none[MAX_EDITS] = { { EDIT_NONE, NULL, NULL, NULL, 0 } };
	/* Packed: mkimage leaves room behind the last block, which may well be cut off. */
	void *packed = tree_edited(good, none);
	uint32_t size = fdt_totalsize(packed);
	struct fit_payload payload;
	struct dt_defect defect;
	uint32_t cut;
	void *fit;

	(void)state;
	for (cut = 0; cut < size; cut += 4) {
		/* Shorter than it says, then shorter and saying so. */
		fit = tree_copy(packed, cut);
		assert_int_not_equal(fit_read(fit, cut, MAX_SIZE, "arm64", &payload, &defect), OK);
		if (cut >= 40) {
			fdt_set_totalsize(fit, cut);
			assert_int_not_equal(
				fit_read(fit, cut, MAX_SIZE, "arm64", &payload, &defect), OK);
		}
		assert_non_null(defect.what);
		free(fit);
	}
	free(packed);
}

static bool inside(const void *fit, uint32_t size, const struct fit_part *part)
{
	const uint8_t *start = fit;

	return part->size != 0 && part->data >= start && part->size <= size &&
	       (uint64_t)(part->data - start) <= size - part->size;
}

static void test_bit_flips(void **state)
{
	uint32_t size = fdt_totalsize(good);
	uint32_t first = fdt_off_dt_struct(good);
	uint8_t *fit = tree_copy(good, size);
	uint64_t seed = tree_seed();
	uint32_t round, bit, taken = 0;
	struct fit_payload payload;
	struct dt_defect defect;

	(void)state;
	for (round = 0; round < 20000; round++) {
		/* Half of them in the header and the first nodes, where most structure is. */
		bit = (uint32_t)(tree_random(&seed) % (8 * (round % 2 != 0 ? size : first + 400)));
		fit[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (fit_read(fit, size, MAX_SIZE, "arm64", &payload, &defect) == OK) {
			assert_true(inside(fit, size, &payload.kernel));
			assert_true(!payload.has_ramdisk || inside(fit, size, &payload.ramdisk));
			assert_true(strlen(payload.bootargs) <= FIT_MAX_BOOTARGS);
			taken++;
		} else {
			assert_non_null(defect.what);
		}
		fit[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	print_message("%u of %u flipped images were still well formed\n", taken, round);
	free(fit);
}

static int set_up(void **state)
{
	char path[64];
	size_t size;

	(void)state;
	tree_tool("cp %s/payload.its . && seq 1 2000 | head -c %d >kernel && "
		  "seq 7 1007 | head -c %d >ramdisk",
		  TEST_DIR, KERNEL_SIZE, RAMDISK_SIZE);
	tree_tool("mkimage -q -f payload.its payload.itb >log 2>&1");
	snprintf(path, sizeof(path), "%s/payload.itb", tree_folder());
	good = tree_load(path, &size);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(good);
	tree_remove_folder();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_good, tree_verdict),
		cmocka_unit_test_teardown(test_variants, tree_verdict),
		cmocka_unit_test_teardown(test_refused, tree_verdict),
		cmocka_unit_test_teardown(test_sizes, tree_verdict),
		cmocka_unit_test_teardown(test_external, tree_verdict),
		cmocka_unit_test_teardown(test_does_not_read_data, tree_verdict),
		cmocka_unit_test_teardown(test_many_nodes, tree_verdict),
		cmocka_unit_test_teardown(test_truncated, tree_verdict),
		cmocka_unit_test_teardown(test_bit_flips, tree_verdict),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
