/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest for the loader; igvm_guest.h says what it is. */
#include "tests/unit/host/igvm_guest.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/host/test.h"

static bool has_ram(void *ctx, uint64_t gpa, uint64_t size)
{
	const struct guest *guest = ctx;
	uint64_t ram = guest->ram_claimed != 0 ? guest->ram_claimed : GUEST_RAM;

	/* The loader must not ask for a range that wraps. */
	assert_true(size <= UINT64_MAX - gpa);
	return gpa <= ram && size <= ram - gpa;
}

static bool guest_write(void *ctx, uint64_t gpa, const void *data, uint64_t size)
{
	struct guest *guest = ctx;

	assert_true(gpa <= GUEST_RAM && size <= GUEST_RAM - gpa);
	guest->writes++;
	if (guest->writes == guest->fail_at) {
		return false;
	}
	if (data == NULL) {
		memset(guest->ram + gpa, 0, size);
	} else {
		memcpy(guest->ram + gpa, data, size);
	}
	return true;
}

static bool device_tree(void *ctx, const struct igvm_result *result, void *buf, uint64_t cap,
			uint64_t *size)
{
	struct guest *guest = ctx;

	assert_ptr_equal(result, &guest->result);
	*size = sizeof(GUEST_TREE_TEXT);
	if (guest->tree_fails) {
		return false;
	}
	if (cap >= sizeof(GUEST_TREE_TEXT)) {
		memcpy(buf, GUEST_TREE_TEXT, sizeof(GUEST_TREE_TEXT));
	}
	if (guest->tree_size != 0) {
		*size = guest->tree_size;
	}
	return true;
}

static bool memory_map(void *ctx, uint32_t n, struct igvm_map_entry *entry)
{
	struct guest *guest = ctx;

	entry->gpa = 0x100000ULL * n;
	entry->size = 0x100000;
	entry->type = n == 1 ? 3 : 0;
	return n < guest->map_lines;
}

struct guest *guest_get(void)
{
	static struct guest guest;

	if (guest.ram == NULL) {
		guest.ram = calloc(1, GUEST_RAM);
		assert_non_null(guest.ram);
	}
	guest.writes = 0;
	guest.fail_at = 0;
	guest.tree_size = 0;
	guest.ram_claimed = 0;
	guest.tree_fails = false;
	guest.map_lines = 0;
	guest.scratch_size = GUEST_SCRATCH;
	return &guest;
}

void guest_poison(struct guest *guest, uint64_t gpa, uint64_t size)
{
	memset(guest->ram + gpa, GUEST_POISON, size);
}

/* What an earlier load left in it is as good a poison as any. */
static uint8_t *make_scratch(struct guest *guest)
{
	if (guest->scratch_made != guest->scratch_size) {
		free(guest->scratch);
		guest->scratch = malloc(guest->scratch_size);
		assert_non_null(guest->scratch);
		memset(guest->scratch, GUEST_POISON, guest->scratch_size);
		guest->scratch_made = guest->scratch_size;
	}
	return guest->scratch;
}

static enum igvm_err load(struct guest *guest, const uint8_t *file, uint64_t size,
			  enum igvm_arch arch, const uint64_t *base)
{
	static const struct igvm_ops ops = {
		.has_ram = has_ram,
		.write = guest_write,
		.device_tree = device_tree,
		.memory_map = memory_map,
	};
	uint8_t *copy = malloc(size > 0 ? size : 1);
	struct igvm_request request = {
		.file = copy,
		.file_size = size,
		.arch = arch,
		.base_set = base != NULL,
		.base = base != NULL ? *base : 0,
		.vp_count = 7,
		.scratch = make_scratch(guest),
		.scratch_size = guest->scratch_size,
		.ops = &ops,
		.ctx = guest,
	};
	enum igvm_err err;

	assert_non_null(copy);
	memcpy(copy, file, size);
	memset(&guest->result, GUEST_POISON, sizeof(guest->result));
	err = igvm_load(&request, &guest->result);
	free(copy);
	return err;
}

enum igvm_err guest_load(struct guest *guest, const uint8_t *file, uint64_t size,
			 enum igvm_arch arch)
{
	return load(guest, file, size, arch, NULL);
}

enum igvm_err guest_load_at(struct guest *guest, const uint8_t *file, uint64_t size,
			    enum igvm_arch arch, uint64_t base)
{
	return load(guest, file, size, arch, &base);
}

uint64_t guest_u64(const struct guest *guest, uint64_t gpa)
{
	uint64_t value = 0;
	uint32_t i;

	for (i = 0; i < 8; i++) {
		value |= (uint64_t)guest->ram[gpa + i] << (8 * i);
	}
	return value;
}
