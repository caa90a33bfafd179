/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the checked payload fit, and where do its parts go?
 *
 * May assume: boot VP, VTL0 has not run, the payload's own range is VTL0's RAM. Must never: place a
 * part over the payload or over another part, or call a part good before it was hashed in place.
 */
#include "core/payload.h"

#include <string.h>

#include "core/kconfig.h"
#include "core/mem_map.h"

#define TREE_ALIGNMENT UINT64_C(0x200000)

#define TAKEN_MAX 6

struct taken {
	uint32_t count;
	struct range range[TAKEN_MAX];
};

/* Rounds up; alignment is a power of two. false: beyond the last address. */
static bool align_up(uint64_t v, uint64_t alignment, uint64_t *out)
{
	*out = (v + alignment - 1) & ~(alignment - 1);
	return *out >= v;
}

static const struct range *obstacle(const struct taken *taken, struct range r)
{
	uint32_t i;

	for (i = 0; i < taken->count; i++) {
		if (range_overlaps(taken->range[i], r)) {
			return &taken->range[i];
		}
	}
	return NULL;
}

/* The lowest free place at (multiple of alignment) + offset inside one range of VTL0's RAM. */
static bool find_in(struct range ram, const struct taken *taken, uint64_t size, uint64_t alignment,
		    uint64_t offset, uint64_t *found)
{
	uint64_t from = ram.base;
	uint64_t base;

	while (align_up(from > offset ? from - offset : 0, alignment, &base)) {
		struct range r = { base + offset, size };
		const struct range *o;

		if (r.base < base || range_end(r) < r.base || !range_contains(ram, r)) {
			return false;
		}
		o = obstacle(taken, r);
		if (o == NULL) {
			*found = r.base;
			return true;
		}
		from = range_end(*o);
	}
	return false;
}

static enum err place(struct taken *taken, uint64_t size, uint64_t alignment, uint64_t offset,
		      struct gpa_range *range)
{
	uint32_t i;
	uint64_t base;

	for (i = 0; i < mem_map_vtl0_count(); i++) {
		if (find_in(mem_map_vtl0(i), taken, size, alignment, offset, &base)) {
			taken->range[taken->count++] = (struct range){ base, size };
			return vtl0_mem_check((gpa_t){ base }, size, range);
		}
	}
	return ERR_NO_MEMORY;
}

enum err payload_plan(const struct payload_part *kernel, const struct payload_part *ramdisk,
		      struct range payload, uint64_t handover_size, uint64_t tables_size,
		      struct payload_plan *plan)
{
	struct taken taken = { .count = 1, .range = { payload } };
	struct arch_kernel k;
	enum err err;

	memset(plan, 0, sizeof(*plan));
	err = arch_kernel_check(kernel->data, kernel->size, &k);
	if (err != OK) {
		return err;
	}
	err = place(&taken, k.memory_size, k.alignment, k.offset, &plan->kernel);
	if (err == OK) {
		plan->entry = plan->kernel.checked_base + k.entry;
		/* Boot protocols read an address of 0 as "none": nothing else goes there. */
		taken.range[taken.count++] = (struct range){ 0, ARCH_LOW_MEMORY };
		err = place(&taken, handover_size, TREE_ALIGNMENT, 0, &plan->handover);
	}
	if (err == OK && tables_size != 0) {
		err = place(&taken, tables_size, HV_HYP_PAGE_SIZE, 0, &plan->tables);
	}
	if (err == OK && ramdisk->size != 0) {
		err = place(&taken, ramdisk->size, HV_HYP_PAGE_SIZE, 0, &plan->ramdisk);
	}
	return err;
}

enum err payload_put(const struct payload_part *part, struct gpa_range where,
		     uint8_t digest[SHA256_SIZE])
{
	struct gpa_range file = where;

	file.checked_size = part->size;
	vtl0_mem_write(file, part->data);
	arch_clean_to_memory(vtl0_mem_boot_view(file), file.checked_size);
	if (!IS_ENABLED(CONFIG_PAYLOAD_HASH)) {
		return OK;
	}
	crypto_sha256(vtl0_mem_boot_view(file), file.checked_size, digest);
	return memcmp(digest, part->sha256, SHA256_SIZE) == 0 ? OK : ERR_CORRUPT;
}

void payload_digest_text(const uint8_t digest[SHA256_SIZE], char text[2 * SHA256_SIZE + 1])
{
	size_t i;

	for (i = 0; i < SHA256_SIZE; i++) {
		text[2 * i] = "0123456789abcdef"[digest[i] >> 4];
		text[2 * i + 1] = "0123456789abcdef"[digest[i] & 0xF];
	}
	text[2 * i] = '\0';
}
