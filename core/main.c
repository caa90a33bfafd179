/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order does it boot? One function, one line per step; everything else is elsewhere.
 *
 * With its neighbours main_*.c the composition root: the only files that know dt/ and vtl/ both
 * (docs/adr/0001-composition-root.md).
 */
#include "core/main.h"

#include "core/arch.h"
#include "core/check.h"
#include "core/crash_report.h"
#include "core/entropy.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/main_vtl0.h"
#include "core/mem_map.h"
#include "core/page_pool.h"
#include "vtl/channel.h"
#include "vtl/door.h"
#include "vtl/hypercall.h"
#include "vtl/protect.h"
#include "vtl/run.h"
#include "vtl/synic.h"
#include "vtl/vp_start.h"
#include "vtl/vsm.h"
#include "vtl/vtl_arch.h"

static struct platform platform;
static struct image image;

void main_must(const char *step, enum err err)
{
	if (err != OK) {
		fatal(step, "failed (error %d)", (int)err);
	}
}

static void place_memory(void)
{
	enum err err = mem_map_init(&platform, image.memory);

	if (err != OK) {
		fatal("memory", "%s",
		      err == ERR_RANGE ? "the tree does not give us all of our memory" :
					 "the tree has no memory for VTL0");
	}
}

static void take_memory(void)
{
	struct protect_result result = { 0 };
	uint32_t i;

	page_pool_close();
	if (!IS_ENABLED(CONFIG_PROTECT_VTL2)) {
		log_warn("memory: left to VTL0: this image keeps no promise");
		return;
	}
	for (i = 0; i < mem_map_vtl2_count(); i++) {
		if (protect_range(mem_map_vtl2(i), &result) != OK) {
			fatal("memory", "page 0x%lx not taken from VTL0: %s", result.failed_gpa,
			      hypercall_status_name(result.status));
		}
	}
	log_info("memory: %lu pages taken from VTL0 in %lu calls", result.pages, result.calls);
}

/* Everything that needs a page of ours: afterwards nothing allocates. */
static void map_devices_and_vtl0(void)
{
	uint32_t i;

	main_must("door", door_init());
	main_place_console(&platform);
	main_must("interrupts", vtl_arch_irq_map(&platform));
	for (i = 0; i < mem_map_vtl0_count(); i++) {
		main_must("map VTL0", arch_map_vtl0(mem_map_vtl0(i)));
	}
	if (IS_ENABLED(CONFIG_LOG_KEPT)) {
		main_must("map persistent memory", arch_map_vtl0(mem_map_kept()));
	}
}

static void init_boot_vp(void)
{
	struct vp *vp = vp_boot();

	main_must("interrupts", vtl_arch_irq_init(&platform, vp));
	vtl_arch_irq_enable(vp, vtl_arch_irq_kick_number());
	main_must("synic", synic_init_vp(&platform, vp));
	main_listen_console(&platform);
}

/* On the boot VP's own stack, with its guard page. */
static void boot_vtl0(void)
{
	struct vp *vp = vp_boot();
	struct vtl0_start start;

	main_must("payload", main_start_vtl0(&image, &platform, door_page(), &start));
	main_must("hand-over", vtl_arch_set_first_registers(vp, start.entry, start.handover));
	log_info("hand-over: VTL0 starts at 0x%lx", start.entry);
	vtl_arch_run(vp);
}

_Noreturn void main_boot(uint64_t image_base, uint64_t param_offset)
{
	main_must("image", image_read(image_base, param_offset, &image));
	if (IS_ENABLED(CONFIG_CRASH_REPORT)) {
		crash_report_init(image.file);
	}
	page_pool_init(image.free);
	main_must("page tables", arch_mmu_init(image.file, image.memory));
	main_read_tree(&image, &platform);
	log_info("Paravane at 0x%lx, %lu KiB", image_base, image.memory.size / 1024);
	place_memory();
	main_must("processors", vp_create_all(&platform));
	arch_set_this_vp(vp_boot());
	channel_open(&platform);
	main_ask_hypervisor();
	entropy_init(&platform);
	main_must("vsm", vsm_configure());
	main_must("processors", vp_start_find_indices());
	map_devices_and_vtl0();
	take_memory();
	if (IS_ENABLED(CONFIG_LOG_KEPT)) {
		main_keep_log();
	}
	main_must("processors", vp_start_enable_all());
	init_boot_vp();
	main_must("processors", vp_start_all(&platform));
	main_open_doors();
	arch_run_on_stack_of(vp_boot(), boot_vtl0);
}
