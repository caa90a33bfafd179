/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a test make a tree with one defect?
 *
 * From a good one, by edits that are data: a row of a table says what is changed and which
 * refusal must follow. Used by all tests of dt/.
 */
#ifndef TESTS_UNIT_DT_TREE_EDIT_H
#define TESTS_UNIT_DT_TREE_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dt/defect.h"

enum edit_kind {
	EDIT_NONE,
	EDIT_SET,	  /* property := bytes */
	EDIT_CELLS,	  /* property := 32-bit numbers */
	EDIT_FILL,	  /* property := count bytes of 'x' and a NUL */
	EDIT_DELETE,	  /* property, or the node where property is NULL */
	EDIT_ADD,	  /* sub node named by property */
	EDIT_RENAME,	  /* the node, to property, even if there is one already */
	EDIT_RENAME_PROP, /* property becomes what data names, even if there is one already */
	EDIT_BOOT_CPU,	  /* boot_cpuid_phys := count */
};

struct edit {
	enum edit_kind kind;
	const char *path;
	const char *property;
	const void *data;
	size_t count;
};

#define MAX_EDITS 6

#define SET(path, prop, text)                                                                      \
	{                                                                                          \
		EDIT_SET, path, prop, text, sizeof(text)                                           \
	}
#define RAW(path, prop, text)                                                                      \
	{                                                                                          \
		EDIT_SET, path, prop, text, sizeof(text) - 1                                       \
	}
#define FILL(path, prop, count)                                                                    \
	{                                                                                          \
		EDIT_FILL, path, prop, NULL, count                                                 \
	}
#define DELETE(path, prop)                                                                         \
	{                                                                                          \
		EDIT_DELETE, path, prop, NULL, 0                                                   \
	}
#define ADD(path, name)                                                                            \
	{                                                                                          \
		EDIT_ADD, path, name, NULL, 0                                                      \
	}
#define RENAME(path, name)                                                                         \
	{                                                                                          \
		EDIT_RENAME, path, name, NULL, 0                                                   \
	}
#define RENAME_PROP(path, from, to)                                                                \
	{                                                                                          \
		EDIT_RENAME_PROP, path, from, to, 0                                                \
	}
#define BOOT_CPU(n)                                                                                \
	{                                                                                          \
		EDIT_BOOT_CPU, "/", NULL, NULL, n                                                  \
	}
#define CELLS(path, prop, ...)                                                                     \
	{                                                                                          \
		EDIT_CELLS, path, prop, (const uint32_t[]){ __VA_ARGS__ },                         \
			sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4                              \
	}

/* What must be said, or NULL as what: the tree must be accepted. */
struct refusal {
	const char *node;
	const char *property;
	const char *what;
};

/* A new blob, exactly as large as its contents (so that the sanitizer sees the first byte after),
 * to be freed by the caller. */
void *tree_compile(const char *dts_path);
void *tree_edited(const void *tree, const struct edit *edits);
void *tree_copy(const void *tree, size_t size);

/* A folder of the test's own, and commands in it; tree_tool() fails the test if one fails. */
const char *tree_folder(void);
void tree_tool(const char *format, ...) __attribute__((format(printf, 1, 2)));
void tree_remove_folder(void);
void *tree_load(const char *path, size_t *size);

/* Compares, and prints the line that docs are made from, or what is wrong. A wrong row fails the
 * test at its end, in tree_verdict() as its teardown, so that every wrong row is seen. */
void tree_expect(const char *area, const char *name, enum err e, const struct dt_defect *defect,
		 const struct refusal *wanted);
int tree_verdict(void **state);

/* Numbers that repeat: the seed is printed, and can be given as SEED=n. */
uint64_t tree_seed(void);
uint64_t tree_random(uint64_t *state);

#endif
