/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a test make a tree with one defect?
 *
 * May assume that the starting tree is good. Uses libfdt's read-write half, which the firmware
 * never does; a failing edit is a mistake in the test and fails it.
 */
#include "tests/unit/dt/tree_edit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <setjmp.h>
#include <cmocka.h>

#include <libfdt.h>

static char folder[] = "/tmp/dt-test-XXXXXX";
static bool folder_made;

const char *tree_folder(void)
{
	if (!folder_made) {
		assert_non_null(mkdtemp(folder));
		folder_made = true;
	}
	return folder;
}

void tree_tool(const char *format, ...)
{
	char command[4096];
	va_list args;
	int size;

	size = snprintf(command, sizeof(command), "cd %s && ", tree_folder());
	va_start(args, format);
	size += vsnprintf(command + size, sizeof(command) - (size_t)size, format, args);
	va_end(args);
	assert_true((size_t)size < sizeof(command));
	/* NOLINTNEXTLINE(cert-env33-c): a program of this test in a folder of its own */
	if (system(command) != 0) {
		fail_msg("command failed: %s", command);
	}
}

void tree_remove_folder(void)
{
	if (folder_made) {
		tree_tool("rm -rf %s", folder);
	}
}

void *tree_load(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	void *bytes;

	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	*size = (size_t)ftell(file);
	rewind(file);
	bytes = malloc(*size);
	assert_non_null(bytes);
	assert_int_equal(fread(bytes, 1, *size, file), *size);
	fclose(file);
	return bytes;
}

void *tree_copy(const void *tree, size_t size)
{
	void *copy = malloc(size);

	assert_non_null(copy);
	memcpy(copy, tree, size);
	return copy;
}

void *tree_compile(const char *dts_path)
{
	char path[64];
	size_t size;

	tree_tool("dtc -q -I dts -O dtb -o tree.dtb '%s'", dts_path);
	snprintf(path, sizeof(path), "%s/tree.dtb", tree_folder());
	return tree_load(path, &size);
}

static int node_of(const void *fdt, const char *path)
{
	int node = fdt_path_offset(fdt, path);

	if (node < 0) {
		fail_msg("edit: no node %s", path);
	}
	return node;
}

static void rename_property(void *fdt, const struct edit *edit)
{
	struct fdt_property *property;
	fdt32_t offset;
	int length;

	/* The new name must be in the strings block: any property that has it will do. */
	assert_int_equal(fdt_setprop(fdt, 0, edit->data, "", 1), 0);
	offset = fdt_get_property(fdt, 0, edit->data, &length)->nameoff;
	assert_int_equal(fdt_delprop(fdt, 0, edit->data), 0);
	property = fdt_get_property_w(fdt, node_of(fdt, edit->path), edit->property, &length);
	assert_non_null(property);
	property->nameoff = offset;
}

static int set_cells(void *fdt, int node, const struct edit *edit)
{
	const uint32_t *cells = edit->data;
	int error = fdt_setprop(fdt, node, edit->property, NULL, 0);
	size_t i;

	for (i = 0; error == 0 && i < edit->count; i++) {
		error = fdt_appendprop_u32(fdt, node, edit->property, cells[i]);
	}
	return error;
}

static int fill(void *fdt, int node, const struct edit *edit)
{
	void *place;
	int error =
		fdt_setprop_placeholder(fdt, node, edit->property, (int)edit->count + 1, &place);

	if (error == 0) {
		memset(place, 'x', edit->count);
		((char *)place)[edit->count] = '\0';
	}
	return error;
}

static void apply(void *fdt, const struct edit *edit)
{
	int node = node_of(fdt, edit->path);
	int error = 0;

	switch (edit->kind) {
	case EDIT_SET:
		error = fdt_setprop(fdt, node, edit->property, edit->data, (int)edit->count);
		break;
	case EDIT_CELLS:
		error = set_cells(fdt, node, edit);
		break;
	case EDIT_FILL:
		error = fill(fdt, node, edit);
		break;
	case EDIT_DELETE:
		error = edit->property != NULL ? fdt_delprop(fdt, node, edit->property) :
						 fdt_del_node(fdt, node);
		break;
	case EDIT_ADD:
		error = fdt_add_subnode(fdt, node, edit->property) < 0;
		break;
	case EDIT_RENAME:
		error = fdt_set_name(fdt, node, edit->property);
		break;
	case EDIT_RENAME_PROP:
		rename_property(fdt, edit);
		break;
	case EDIT_BOOT_CPU:
		fdt_set_boot_cpuid_phys(fdt, (uint32_t)edit->count);
		break;
	case EDIT_NONE:
		break;
	}
	if (error != 0) {
		fail_msg("edit of %s %s failed", edit->path, edit->property);
	}
}

void *tree_edited(const void *tree, const struct edit *edits)
{
	int room = (int)fdt_totalsize(tree) + 16384;
	void *work = malloc((size_t)room);
	void *exact;
	int i;

	assert_non_null(work);
	assert_int_equal(fdt_open_into(tree, work, room), 0);
	for (i = 0; i < MAX_EDITS && edits[i].kind != EDIT_NONE; i++) {
		apply(work, &edits[i]);
	}
	assert_int_equal(fdt_pack(work), 0);
	exact = tree_copy(work, fdt_totalsize(work));
	free(work);
	return exact;
}

static unsigned int unexpected;

void tree_expect(const char *area, const char *name, enum err e, const struct dt_defect *defect,
		 const struct refusal *wanted)
{
	bool refused = e != OK;

	if (refused != (wanted->what != NULL) ||
	    (refused && (strcmp(defect->node, wanted->node) != 0 ||
			 strcmp(defect->property, wanted->property) != 0 ||
			 strcmp(defect->what, wanted->what) != 0))) {
		print_error("wrong | %s | %s | %s | %s | %s\n", area, name,
			    refused ? defect->node : "accepted", refused ? defect->property : "",
			    refused ? defect->what : "");
		unexpected++;
	} else if (refused) {
		print_message("refused | %s | %s | %s | %s | %s\n", area, name, defect->node,
			      defect->property, defect->what);
	}
}

int tree_verdict(void **state)
{
	unsigned int count = unexpected;

	(void)state;
	unexpected = 0;
	return count == 0 ? 0 : -1;
}

uint64_t tree_seed(void)
{
	const char *given = getenv("SEED");
	uint64_t seed = given != NULL ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);

	print_message("SEED=%llu\n", (unsigned long long)seed);
	return seed;
}

/* splitmix64 */
uint64_t tree_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}
