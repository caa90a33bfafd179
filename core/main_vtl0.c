/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does VTL0 get its kernel, its command line and its tree?
 *
 * May assume: VTL0's RAM is mapped, VTL0 has never run. Must never: believe the payload's own words
 * before the digest in our measured page vouches for all of it.
 */
#include "core/main_vtl0.h"

#include <string.h>

#include "core/arch.h"
#include "core/crypto.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/payload.h"
#include "core/vtl0_acpi.h"
#include "core/vtl0_facts.h"
#include "dt/fit.h"
#include "dt/vtl0_tree.h"

static enum err check_blob(const struct image *image, const uint8_t **blob)
{
	char text[2 * SHA256_SIZE + 1];
	uint8_t digest[SHA256_SIZE];
	struct gpa_range range;

	if (image->payload.size == 0) {
		log_error("payload: the image carries none");
		return ERR_NOT_FOUND;
	}
	if (vtl0_mem_check((gpa_t){ image->payload.base }, image->payload.size, &range) != OK) {
		log_error("payload: 0x%lx, %lu bytes: not in VTL0's RAM", image->payload.base,
			  image->payload.size);
		return ERR_RANGE;
	}
	*blob = vtl0_mem_boot_view(range);
	if (!IS_ENABLED(CONFIG_PAYLOAD_HASH)) {
		log_warn("payload: this image does not check it");
		return OK;
	}
	crypto_sha256(*blob, range.checked_size, digest);
	payload_digest_text(digest, text);
	log_info("payload: %lu bytes, sha256 %s", range.checked_size, text);
	if (memcmp(digest, image->payload_sha256, SHA256_SIZE) != 0) {
		log_error("payload: not the one this image was built for");
		return ERR_CORRUPT;
	}
	return OK;
}

static enum err put(const struct payload_part *part, struct gpa_range where)
{
	char text[2 * SHA256_SIZE + 1];
	uint8_t digest[SHA256_SIZE];
	enum err err;

	if (part->size == 0) {
		return OK;
	}
	err = payload_put(part, where, digest);
	if (!IS_ENABLED(CONFIG_PAYLOAD_HASH)) {
		log_info("payload: %s at 0x%lx, %lu bytes", part->name, where.checked_base,
			 part->size);
		return err;
	}
	payload_digest_text(digest, text);
	log_info("payload: %s at 0x%lx, %lu bytes, sha256 in VTL0's memory %s", part->name,
		 where.checked_base, part->size, text);
	if (err != OK) {
		log_error("payload: %s: its digest is another one", part->name);
	}
	return err;
}

/* Whole pages around the tree, as memory maps count. */
static struct range tree_pages(const struct payload_plan *plan)
{
	return (struct range){ plan->handover.checked_base, plan->handover.checked_size };
}

/* EFI and ACPI tables, for kernels that recognise Hyper-V only there. */
static enum err write_tables(const struct vtl0_facts *facts, const struct payload_plan *plan,
			     struct vtl0_tree_efi *efi)
{
	struct vtl0_acpi_layout layout;
	struct vtl0_acpi_input in = {
		.block_gpa = plan->tables.checked_base,
		.memory = facts->memory,
		.memory_count = facts->memory_count,
		.tree = tree_pages(plan),
		.cpus = facts->cpus,
		.cpu_count = facts->cpu_count,
		.gicd_base = facts->gicd_base,
		.gicr_base = facts->gicr_base,
		.gicr_count = facts->gicr_count,
		.timer_intid = facts->timer_intid,
		.has_uart = facts->has_uart,
		.uart_base = facts->uart_base,
		.uart_intid = facts->uart_intid,
		.door_page = facts->door_page.v,
		.has_vtl_call = facts->has_vtl_call,
	};
	enum err err = vtl0_acpi_build(&in, vtl0_mem_boot_view(plan->tables), &layout);

	if (err != OK) {
		log_error("payload: no ACPI tables for VTL0 (error %d)", (int)err);
		return err;
	}
	arch_clean_to_memory(vtl0_mem_boot_view(plan->tables), plan->tables.checked_size);
	*efi = (struct vtl0_tree_efi){
		.system_table = layout.system_table,
		.memory_map = layout.memory_map,
		.memory_map_size = layout.memory_map_size,
		.descriptor_size = VTL0_ACPI_DESCRIPTOR_SIZE,
		.descriptor_version = VTL0_ACPI_DESCRIPTOR_VERSION,
	};
	return OK;
}

static enum err write_tree(const struct vtl0_facts *facts, const struct payload_plan *plan,
			   const char *bootargs)
{
	struct vtl0_tree_input in = {
		.memory = facts->memory,
		.memory_count = facts->memory_count,
		.cpus = facts->cpus,
		.cpu_count = facts->cpu_count,
		.boot_cpu = facts->cpus[0],
		.gicd_base = facts->gicd_base,
		.gicr_base = facts->gicr_base,
		.gicr_count = facts->gicr_count,
		.timer_intid = facts->timer_intid,
		.has_uart = facts->has_uart,
		.uart_base = facts->uart_base,
		.uart_intid = facts->uart_intid,
		.door_page = facts->door_page.v,
		.has_vtl_call = facts->has_vtl_call,
		.initrd = { plan->ramdisk.checked_base, plan->ramdisk.checked_size },
		.bootargs = bootargs,
		.kaslr_seed = facts->kaslr_seed,
		.rng_seed = facts->rng_seed,
		.rng_seed_size = facts->rng_seed_size,
	};
	uint32_t used;
	enum err err = IS_ENABLED(CONFIG_VTL0_ACPI) ? write_tables(facts, plan, &in.efi) : OK;

	if (err == OK) {
		err = vtl0_tree_build(&in, vtl0_mem_boot_view(plan->handover),
				      plan->handover.checked_size, &used);
	}
	if (err != OK) {
		log_error("payload: no tree for VTL0 (error %d)", (int)err);
		return err;
	}
	arch_clean_to_memory(vtl0_mem_boot_view(plan->handover), used);
	return OK;
}

/* Static, because a stack of ours has four pages; wiped, because seeds are in it. */
static enum err describe(const struct platform *platform, const struct payload_plan *plan,
			 const char *bootargs, gpa_t door)
{
	static struct vtl0_facts facts;
	enum err err;

	vtl0_facts_collect(platform, door, &facts);
	err = IS_ENABLED(CONFIG_VTL0_TREE) ? write_tree(&facts, plan, bootargs) :
					     arch_hand_over(&facts, plan, bootargs);
	crypto_wipe(&facts, sizeof(facts));
	return err;
}

/* The payload's place becomes ordinary memory of VTL0, without a trace of what lay there. */
static void give_back(const struct image *image)
{
	struct gpa_range range;

	if (vtl0_mem_check((gpa_t){ image->payload.base }, image->payload.size, &range) == OK) {
		vtl0_mem_zero(range);
		arch_clean_to_memory(vtl0_mem_boot_view(range), range.checked_size);
	}
}

enum err main_start_vtl0(const struct image *image, const struct platform *platform, gpa_t door,
			 struct vtl0_start *start)
{
	struct payload_part kernel = { .name = "kernel" };
	struct payload_part ramdisk = { .name = "ramdisk" };
	struct fit_payload fit;
	struct payload_plan plan;
	struct dt_defect defect;
	const uint8_t *blob;
	enum err err;

	err = check_blob(image, &blob);
	if (err != OK) {
		return err;
	}
	err = fit_read(blob, image->payload.size, (uint32_t)image->payload.size, ARCH_FIT_NAME,
		       &fit, &defect);
	if (err != OK) {
		log_error("payload: %s %s: %s", defect.node, defect.property, defect.what);
		return err;
	}
	kernel.data = fit.kernel.data;
	kernel.size = fit.kernel.size;
	kernel.sha256 = fit.kernel.sha256;
	if (fit.has_ramdisk) {
		ramdisk.data = fit.ramdisk.data;
		ramdisk.size = fit.ramdisk.size;
		ramdisk.sha256 = fit.ramdisk.sha256;
	}
	err = payload_plan(&kernel, &ramdisk, image->payload, VTL0_TREE_SIZE,
			   IS_ENABLED(CONFIG_VTL0_ACPI) ? VTL0_ACPI_SIZE : 0, &plan);
	if (err != OK) {
		log_error("payload: %s", err == ERR_NO_MEMORY ?
						 "no room in VTL0's RAM" :
						 "the kernel is no image of this boot protocol");
		return err;
	}
	if ((err = put(&kernel, plan.kernel)) != OK || (err = put(&ramdisk, plan.ramdisk)) != OK ||
	    (err = describe(platform, &plan, fit.bootargs, door)) != OK) {
		return err;
	}
	give_back(image);
	start->entry = plan.entry;
	start->handover = plan.handover.checked_base;
	return OK;
}
