/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do the image file and the device tree get into the VM? The loader of common/ works through
 * these few operations on the VM's memory; the tree says what this machine is.
 */
#include "tests/host/common/load.h"

#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/restart.h"
#include "tests/host/common/rng.h"

#ifdef __aarch64__
#define IMAGE_ARCH IGVM_ARCH_ARM64
#else
#define IMAGE_ARCH IGVM_ARCH_X64
#endif
#define SCRATCH_SIZE (256u << 10)
#define LOW_END 0xE0000000ull
#define HIGH_START 0x100000000ull
#define RANGES_MAX 16
#define ENTROPY_SIZE 64
#define BLOCK (2ull << 20)
#define TRIES_MAX 64
/* Holes between RAM and the devices for the two VMBus roots. */
#define VMBUS_VTL0_BASE 0xE0000000ull
#define VMBUS_VTL2_BASE 0xE8000000ull
#define VMBUS_SIZE 0x07000000ull

static uint8_t scratch[SCRATCH_SIZE] __attribute__((aligned(4096)));

static bool has_ram(void *ctx, uint64_t gpa, uint64_t size)
{
	(void)ctx;
	return arch_ram(gpa, size) != NULL;
}

static bool write_ram(void *ctx, uint64_t gpa, const void *data, uint64_t size)
{
	void *to = arch_ram(gpa, size);

	(void)ctx;
	if (to == NULL) {
		return false;
	}
	if (data == NULL) {
		memset(to, 0, size);
	} else {
		memcpy(to, data, size);
	}
	return true;
}

uint32_t vm_ram(struct tree_range ram[2])
{
	uint64_t size = (uint64_t)vm.opt.ram_mib << 20;

	uint64_t end = size < LOW_END ? size : LOW_END;

	ram[0] = (struct tree_range){ vm.opt.ram_base, end - vm.opt.ram_base, TREE_MEMORY };
	if (size <= LOW_END) {
		return 1;
	}
	ram[1] = (struct tree_range){ HIGH_START, size - LOW_END, TREE_MEMORY };
	return 2;
}

/* VTL2's ranges, ascending and joined where they touch. */
static uint32_t vtl2_ranges(const struct igvm_result *image, struct tree_range *out)
{
	uint32_t count = 0;
	uint32_t n;

	for (n = 0; n < image->required_count; n++) {
		const struct igvm_required *from = &image->required[n];
		uint32_t place = count;

		if (!from->vtl2 || count == RANGES_MAX) {
			continue;
		}
		while (place > 0 && out[place - 1].base > from->gpa) {
			out[place] = out[place - 1];
			place--;
		}
		out[place] = (struct tree_range){ from->gpa, from->size, TREE_MEMORY_VTL2 };
		count++;
	}
	for (n = 1; n < count; n++) {
		if (out[n - 1].base + out[n - 1].size == out[n].base) {
			out[n - 1].size += out[n].size;
			memmove(&out[n], &out[n + 1], (count - n - 1) * sizeof(out[0]));
			count--;
			n--;
		}
	}
	return count;
}

/* Where it belongs: ascending. */
static void insert_range(struct tree_range *memory, uint32_t *count, struct tree_range range)
{
	uint32_t at = *count;

	while (at > 0 && memory[at - 1].base > range.base) {
		memory[at] = memory[at - 1];
		at--;
	}
	memory[at] = range;
	*count += 1;
}

static bool device_tree(void *ctx, const struct igvm_result *image, void *buf, uint64_t cap,
			uint64_t *size)
{
	struct tree_range ram[2];
	struct tree_range vtl2[RANGES_MAX];
	struct tree_range memory[2 * RANGES_MAX];
	uint64_t hw_id[OPTIONS_VPS_MAX];
	uint8_t entropy[ENTROPY_SIZE];
	struct tree_params params;
	struct tree_range kept;
	const char *error;
	size_t length = 0;
	uint32_t n;

	(void)ctx;
	for (n = 0; n < vm.opt.vps; n++) {
		hw_id[n] = vm_vp(n)->hw_id;
	}
	for (n = 0; n < ENTROPY_SIZE; n++) {
		entropy[n] = (uint8_t)rng_next();
	}
	params = (struct tree_params){
		.hw_id = hw_id,
		.vp_count = vm.opt.vps,
		.cpus_reversed = vm.opt.tree_reversed,
		.cpu_cells = vm.opt.tree_cpu_cells,
		.boot_cpuid = (uint32_t)hw_id[0],
		.memory = memory,
		.vmbus_vtl0 = { VMBUS_VTL0_BASE, VMBUS_SIZE, 0 },
		.vmbus_vtl2 = { VMBUS_VTL2_BASE, VMBUS_SIZE, 0 },
		.vmbus_size1 = vm.opt.vmbus_size1,
		.types_vtl2 = vm.opt.tree_types_vtl2,
		.entropy = entropy,
		.entropy_size = ENTROPY_SIZE,
		.bootargs = vm.opt.args,
		.defect = vm.opt.tree_defect,
	};
	arch_tree(&params);
	n = vm_ram(ram);
	kept = restart_kept(ram);
	ram[0].size -= kept.size;
	params.memory_count = tree_split_memory(ram, n, vtl2, vtl2_ranges(image, vtl2), memory,
						2 * RANGES_MAX - 1);
	if (params.memory_count == 0) {
		console_host("tree: VTL2's memory does not lie in RAM");
		return false;
	}
	if (kept.size != 0) {
		insert_range(memory, &params.memory_count, kept);
	}
	error = tree_build(&params, buf, cap, &length);
	if (error != NULL) {
		console_host("tree: %s", error);
		return false;
	}
	*size = length;
	return true;
}

static const struct igvm_result *loaded;

uint32_t arch_open_pages(void)
{
	struct tree_range vtl2[RANGES_MAX + 1];
	uint32_t count = vtl2_ranges(loaded, vtl2);
	struct tree_range ram[2];
	uint32_t open = 0;
	uint32_t n;

	(void)vm_ram(ram);
	vtl2[count++] = restart_kept(ram); /* whoever has use for it takes it */
	for (n = 0; n < count; n++) {
		uint64_t gpn = vtl2[n].base >> 12;

		for (; gpn < (vtl2[n].base + vtl2[n].size) >> 12; gpn++) {
			open += arch_access(0, gpn) != 0 ? 1 : 0;
		}
	}
	return open;
}

static const struct igvm_ops ops = {
	.has_ram = has_ram,
	.write = write_ram,
	.device_tree = device_tree,
};

void load_image(struct igvm_result *result)
{
	struct igvm_request request = {
		.file = (const uint8_t *)vm.opt.igvm_addr,
		.file_size = vm.opt.igvm_size,
		.arch = IMAGE_ARCH,
		.base_set = vm.opt.base_set,
		.base = vm.opt.base,
		.vp_count = vm.opt.vps,
		.scratch = scratch,
		.scratch_size = SCRATCH_SIZE,
		.ops = &ops,
	};
	enum igvm_err error = IGVM_BAD_RELOC_BASE;
	uint32_t tries;

	loaded = result;
	/* Not every place is allowed, or has room; a refused one leaves memory as it was. */
	for (tries = 0; vm.opt.base_random && error != IGVM_OK && tries < TRIES_MAX; tries++) {
		request.base = rng_next() % vm.opt.ram_mib << 20 & ~(BLOCK - 1);
		request.base_set = true;
		error = igvm_load(&request, result);
	}
	if (error != IGVM_OK) {
		request.base = vm.opt.base;
		request.base_set = vm.opt.base_set;
		error = igvm_load(&request, result);
	}
	if (error != IGVM_OK) {
		arch_fatal("igvm %s: %s (header at 0x%llx, value 0x%llx)", igvm_err_name(error),
			   igvm_err_text(error), (unsigned long long)result->where,
			   (unsigned long long)result->value);
	}
	console_host("image vtl=%u pages=%llu region=0x%llx+0x%llx delta=0x%llx", vm.opt.vtl,
		     (unsigned long long)result->page_count, (unsigned long long)result->region.gpa,
		     (unsigned long long)result->region.size, (unsigned long long)result->delta);
}
