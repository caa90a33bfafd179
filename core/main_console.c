/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where do lines go, and where does VTL0's console lie?
 *
 * The tree's first UART is ours; the second, where there is one, carries VTL0's console.
 */
#include "core/arch.h"
#include "core/check.h"
#include "core/dev_16550.h"
#include "core/devices.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/log_kept.h"
#include "core/main.h"
#include "core/mem_map.h"
#include "core/page_pool.h"
#include "core/uart.h"
#include "dt/bootinfo.h"
#include "vtl/vsm.h"
#include "vtl/vtl_arch.h"

#define UART_SIZE 0x1000

void log_console_put(uint64_t base, char c)
{
	uart_put(base, c);
}

static bool has_vtl0_console(const struct platform *platform)
{
	return IS_ENABLED(CONFIG_DEV_UART) && platform->uart_count > 0;
}

static const struct platform_uart *vtl0_uart(const struct platform *platform)
{
	return &platform->uart[platform->uart_count - 1];
}

/* Even a tree that is refused may have told where the console is. */
void main_read_tree(const struct image *image, struct platform *platform)
{
	struct dt_defect defect;
	void *tree = (void *)(uintptr_t)image->tree.base;
	enum err err = bootinfo_read(tree, image->tree.size, platform, &defect);
	uint32_t i;

	for (i = 0; i < platform->uart_count; i++) {
		/* Ports are there without a mapping. */
		if (IS_ENABLED(CONFIG_UART_PL011) &&
		    arch_map_device((struct range){ platform->uart[i].base, UART_SIZE }) != OK) {
			platform->uart_count = i;
		}
	}
	if (IS_ENABLED(CONFIG_CONSOLE_UART) && platform->uart_count > 0) {
		log_console_set(platform->uart[0].base);
	}
	if (err != OK) {
		fatal("tree", "%s %s: %s", defect.node, defect.property, defect.what);
	}
	bootinfo_wipe_entropy(tree);
}

void main_place_console(const struct platform *platform)
{
	uint64_t base;
	pa_t page;

	if (IS_ENABLED(CONFIG_DEV_16550)) {
		dev_16550_init(platform);
	}
	if (!has_vtl0_console(platform)) {
		return;
	}
	base = vtl0_uart(platform)->base;
	if (!vsm_features()->intercept_not_present) {
		main_must("console", page_pool_take(1, &page));
		base = page.v;
		log_warn("console: VTL0's lies at 0x%lx: accesses to nothing are not reported",
			 base);
	}
	dev_uart_init(platform, base);
}

void main_keep_log(void)
{
	struct range kept = mem_map_kept();

	if (kept.size != 0) {
		log_kept_init((void *)(uintptr_t)(kept.base + ARCH_VTL0_WINDOW), kept.size);
	}
}

void main_listen_console(const struct platform *platform)
{
	if (has_vtl0_console(platform)) {
		vtl_arch_irq_enable(vp_boot(), vtl0_uart(platform)->intid);
		uart_enable_rx_interrupt(vtl0_uart(platform)->base);
	}
}
