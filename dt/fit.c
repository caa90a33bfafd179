/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does this FIT image say, and is it well formed?
 *
 * May assume nothing about the bytes. Must never look at the data of a part (that is the work of
 * whoever hashes it), and never use libfdt's look-ups by name: they let "kernel-1" find
 * "kernel-1@evil", so that one tool checks one node and another tool starts the other.
 */
#include "dt/fit.h"

#include "core/types.h"
#include "dt/fdt_check.h"
#include "dt/prop.h"

#include <string.h>

#include <libfdt.h>

static int find_node(struct prop_reader *r, int parent, const char *name)
{
	int node = prop_child(r, parent, name);

	prop_require(r, parent, name, node >= 0, "no such node");
	return node;
}

/* No sub node may have a unit address, or the name of a sibling. Costs at most the square of
 * FIT_MAX_TAGS / 2 steps; real images have a handful of nodes. */
static void check_names(struct prop_reader *r, int parent)
{
	const char *name;
	int node;

	if (r->err != OK) {
		return;
	}
	for (node = 0; (node = prop_next(r, parent, node)) != 0;) {
		name = prop_name(r, node);
		prop_require(r, node, "", strchr(name, '@') == NULL,
			     "unit addresses are not allowed here");
		(void)prop_child(r, parent, name);
	}
}

static void expect(struct prop_reader *r, int node, const char *name, const char *wanted,
		   const char *what)
{
	prop_require(r, node, name,
		     prop_string_is(prop_string(r, node, name, PROP_REQUIRED), wanted), what);
}

static void refuse_each(struct prop_reader *r, int node, const char *const *names, uint32_t count,
			const char *what)
{
	uint32_t size, i;

	for (i = 0; i < count; i++) {
		prop_require(r, node, names[i],
			     prop_bytes(r, node, names[i], PROP_OPTIONAL, &size) == NULL, what);
	}
}

static void read_digest(struct prop_reader *r, int image, struct fit_part *part)
{
	const uint8_t *value;
	int hash;

	check_names(r, image);
	hash = find_node(r, image, "hash-1");
	expect(r, hash, "algo", "sha256", "not sha256");
	value = prop_exactly(r, hash, "value", PROP_REQUIRED, FIT_SHA256_SIZE, "not 32 bytes");
	if (value != NULL) {
		memcpy(part->sha256, value, FIT_SHA256_SIZE);
	}
}

static void read_part(struct prop_reader *r, int image, const char *type, const char *arch,
		      struct fit_part *part)
{
	/* mkimage -E puts the data behind the tree: named rather than half supported. */
	static const char *const external[] = { "data-size", "data-offset", "data-position" };
	uint32_t size;

	expect(r, image, "type", type, "wrong type for this use");
	expect(r, image, "arch", arch, "wrong architecture");
	expect(r, image, "os", "linux", "not linux");
	expect(r, image, "compression", "none", "compressed parts are not supported");
	refuse_each(r, image, external, ARRAY_SIZE(external),
		    "external data (mkimage -E) is not supported");
	part->data = prop_bytes(r, image, "data", PROP_REQUIRED, &size);
	part->size = size;
	prop_require(r, image, "data", size != 0, "empty");
	read_digest(r, image, part);
}

/* The image that the configuration names. */
static int find_image(struct prop_reader *r, int images, int config, const char *property)
{
	int image = prop_child(r, images, prop_string(r, config, property, PROP_REQUIRED));

	prop_require(r, config, property, image >= 0, "names no image");
	return image;
}

static void read_config(struct prop_reader *r, int images, int config, const char *arch,
			struct fit_payload *payload)
{
	/* A part that we would silently leave out is a part that somebody relied on. */
	static const char *const others[] = { "fdt", "loadables", "firmware", "fpga", "script" };
	uint32_t size;
	int image;

	refuse_each(r, config, others, ARRAY_SIZE(others), "parts of this kind are not supported");
	image = find_image(r, images, config, "kernel");
	/* Its load and entry are hints: a kernel goes where its own header allows it to go. */
	read_part(r, image, "kernel", arch, &payload->kernel);
	if (prop_bytes(r, config, "ramdisk", PROP_OPTIONAL, &size) != NULL) {
		payload->has_ramdisk = true;
		image = find_image(r, images, config, "ramdisk");
		read_part(r, image, "ramdisk", arch, &payload->ramdisk);
	}
	payload->bootargs = prop_string(r, config, "bootargs", PROP_OPTIONAL);
	prop_require(r, config, "bootargs", strlen(payload->bootargs) <= FIT_MAX_BOOTARGS,
		     "longer than supported");
}

static void read_tree(struct prop_reader *r, const char *arch, struct fit_payload *payload)
{
	int images, configurations, config;

	check_names(r, 0);
	images = find_node(r, 0, "images");
	configurations = find_node(r, 0, "configurations");
	check_names(r, images);
	check_names(r, configurations);
	config = prop_child(r, configurations,
			    prop_string(r, configurations, "default", PROP_REQUIRED));
	prop_require(r, configurations, "default", config >= 0, "names no configuration");
	read_config(r, images, config, arch, payload);
}

enum err fit_read(const void *fit, size_t size, uint32_t max_size, const char *arch,
		  struct fit_payload *payload, struct dt_defect *defect)
{
	/* libfdt counts in int: nothing may reach 2 GiB. */
	const struct fdt_limits limits = {
		.size = max_size < INT32_MAX ? max_size : INT32_MAX - 1,
		.tags = FIT_MAX_TAGS,
	};
	struct prop_reader r;

	memset(payload, 0, sizeof(*payload));
	prop_open(&r, fit, size, &limits, defect);
	if (r.err == OK) {
		read_tree(&r, arch, payload);
	}
	if (r.err != OK) {
		memset(payload, 0, sizeof(*payload));
	}
	return r.err;
}
