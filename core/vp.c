/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do we keep per VP?
 *
 * May assume: vp_create_all() runs once, on the boot VP, before any other VP. Must never: let one
 * VP's stack reach another's data: a guard page without a mapping lies below each.
 */
#include "core/vp.h"

#include <string.h>

#include "core/arch.h"
#include "core/log.h"
#include "core/page_pool.h"

/* What a VP has, in this order; what it reads before it wrote is cleared. */
#define GUARD_PAGES (ARCH_PAGE_SIZE / HV_HYP_PAGE_SIZE)
#define STACK_PAGES 4 /* above the guard */
#define HEAD_SIZE 640 /* of assist and message page: more than we ever read of them */
#define OTHER_PAGES 5 /* struct vp, assist, message, a hypercall's input and output */
#define PAGES (GUARD_PAGES + STACK_PAGES + OTHER_PAGES)

_Static_assert(sizeof(struct vp) <= HV_HYP_PAGE_SIZE, "struct vp has one page");

/* The word below the top of a VP's stack names its struct vp: a started VP finds itself there. */
#define STACK_HEAD 16

static struct {
	uint32_t count;
	struct vp *boot;
	struct vp *vp[CONFIG_MAX_VPS];
} all;

static enum err create(const struct platform_cpu *cpu, uint32_t number, struct vp **out)
{
	struct vp *vp;
	uint8_t *page;
	pa_t guard;
	enum err err;

	page_pool_align();
	err = page_pool_take_as_is(PAGES, &guard);
	if (err != OK) {
		return err;
	}
	page = (uint8_t *)(uintptr_t)guard.v + ARCH_PAGE_SIZE + STACK_PAGES * HV_HYP_PAGE_SIZE;
	vp = (struct vp *)(void *)page;
	memset(vp, 0, sizeof(*vp));
	vp->stack_top = (uintptr_t)page;
	*(struct vp **)(uintptr_t)(vp->stack_top - STACK_HEAD) = vp;
	vp->hw_id = cpu->hw_id;
	vp->numa_node = cpu->numa_node;
	vp->number = number;
	vp->assist_page = page + HV_HYP_PAGE_SIZE;
	vp->message_page = page + 2 * HV_HYP_PAGE_SIZE;
	memset(vp->assist_page, 0, HEAD_SIZE);
	memset(vp->message_page, 0, HEAD_SIZE);
	vp->hypercall_in = page + 3 * HV_HYP_PAGE_SIZE;
	vp->hypercall_out = page + 4 * HV_HYP_PAGE_SIZE;
	*out = vp;
	return arch_unmap_page(guard);
}

/* The boot VP is always among them, however long the tree. */
static bool is_wanted(const struct platform_cpu *cpu)
{
	uint32_t room = CONFIG_MAX_VPS - all.count;

	return cpu->hw_id.v == arch_this_hw_id().v || room > (all.boot == NULL ? 1U : 0U);
}

enum err vp_create_all(const struct platform *platform)
{
	uint32_t i;

	for (i = 0; i < platform->cpu_count; i++) {
		const struct platform_cpu *cpu = &platform->cpu[i];
		enum err err;

		if (!is_wanted(cpu)) {
			log_warn("processors: 0x%lx left out: this image takes %u", cpu->hw_id.v,
				 CONFIG_MAX_VPS);
			continue;
		}
		err = create(cpu, all.count, &all.vp[all.count]);
		if (err != OK) {
			return err;
		}
		if (cpu->hw_id.v == arch_this_hw_id().v) {
			all.boot = all.vp[all.count];
		}
		all.count++;
	}
	return all.boot == NULL ? ERR_NOT_FOUND : OK;
}

uint32_t vp_count(void)
{
	return all.count;
}

struct vp *vp_by_number(uint32_t number)
{
	return all.vp[number];
}

bool vp_stack_of(uint64_t sp, struct range *stack)
{
	const uint64_t size = STACK_PAGES * HV_HYP_PAGE_SIZE;
	uint32_t i;

	for (i = 0; i < all.count; i++) {
		uint64_t top = all.vp[i]->stack_top;

		if (sp >= top - size - ARCH_PAGE_SIZE && sp < top) {
			*stack = (struct range){ top - size, size };
			return true;
		}
	}
	return false;
}

struct vp *vp_boot(void)
{
	return all.boot;
}

enum vp_state vp_state(const struct vp *vp)
{
	return (enum vp_state)__atomic_load_n(&vp->state, __ATOMIC_ACQUIRE);
}

void vp_set_state(struct vp *vp, enum vp_state state)
{
	__atomic_store_n(&vp->state, (uint32_t)state, __ATOMIC_RELEASE);
	arch_wake_all();
}

bool vp_settle(struct vp *vp, enum vp_state state)
{
	uint32_t asked = VP_ASKED;
	bool first = __atomic_compare_exchange_n(&vp->state, &asked, (uint32_t)state, false,
						 __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);

	arch_wake_all();
	return first;
}
