/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What may VTL0 know of its machine?
 *
 * Must never: name memory of ours, or a processor that is not ready in VTL2: VTL0 would start it
 * and wait for ever.
 */
#include "core/vtl0_facts.h"

#include <string.h>

#include "core/devices.h"
#include "core/entropy.h"
#include "core/kconfig.h"
#include "core/mem_map.h"
#include "core/service.h"
#include "core/vp.h"

static void collect_cpus(struct vtl0_facts *facts)
{
	uint32_t i;

	facts->cpus[facts->cpu_count++] = vp_boot()->hw_id;
	for (i = 0; i < vp_count(); i++) {
		const struct vp *vp = vp_by_number(i);

		if (vp != vp_boot() && vp_state(vp) == VP_UP) {
			facts->cpus[facts->cpu_count++] = vp->hw_id;
		}
	}
}

void vtl0_facts_collect(const struct platform *platform, gpa_t door_page, struct vtl0_facts *facts)
{
	memset(facts, 0, sizeof(*facts));
	for (; facts->memory_count < mem_map_vtl0_count(); facts->memory_count++) {
		facts->memory[facts->memory_count] = mem_map_vtl0(facts->memory_count);
	}
	collect_cpus(facts);
	facts->gicd_base = platform->gic.gicd_base;
	facts->gicr_base = platform->gic.gicr_base;
	facts->gicr_count = platform->cpu_count;
	facts->timer_intid = VTL0_TIMER_INTID;
	if (IS_ENABLED(CONFIG_DEV_UART) && dev_uart_registers().size != 0) {
		facts->has_uart = true;
		facts->uart_base = dev_uart_registers().base;
		facts->uart_intid = dev_uart_interrupt();
	}
	if ((service_open_doors_get() & DOOR_PAGE) != 0) {
		facts->door_page = door_page;
	}
	facts->has_forwarded = (service_open_doors_get() & DOOR_HVC0) != 0;
	facts->has_vtl_call = (service_open_doors_get() & DOOR_VTLCALL) != 0;
	if (entropy_for_vtl0(&facts->kaslr_seed, sizeof(facts->kaslr_seed)) &&
	    entropy_for_vtl0(facts->rng_seed, sizeof(facts->rng_seed))) {
		facts->rng_seed_size = sizeof(facts->rng_seed);
	}
}
