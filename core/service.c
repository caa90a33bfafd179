/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a request reach its handler?
 *
 * The only indirect call for VTL0's requests is here. What every handler would have to do is done
 * here once: SVE hint, width of SMC32 arguments, unknown and disabled rows, results.
 * May assume: vp->regs are VTL0's registers. Must never: log above debug for a bad request.
 */
#include "core/service.h"

#include "smccc/smccc.h"

static uint32_t open_doors = DOOR_PAGE;
static uint32_t machine_state = WHEN_RUNNING;

const struct service *service_find(uint32_t id)
{
	uint32_t i;

	for (i = 0; i < service_count; i++) {
		if (services[i].id == id) {
			return &services[i];
		}
	}
	return NULL;
}

uint32_t service_doors(uint32_t id)
{
	const struct service *s = service_find(id);

	return s == NULL || s->handler == NULL ? 0 : s->doors & open_doors;
}

void service_open_doors(uint32_t doors)
{
	open_doors = doors;
}

uint32_t service_open_doors_get(void)
{
	return open_doors;
}

void service_set_ending(void)
{
	__atomic_store_n(&machine_state, WHEN_ENDING, __ATOMIC_RELEASE);
}

static bool is_allowed(const struct service *s, enum door door)
{
	return s != NULL && s->handler != NULL && (s->doors & open_doors & (uint32_t)door) != 0 &&
	       (s->when & __atomic_load_n(&machine_state, __ATOMIC_ACQUIRE)) != 0;
}

static void serve(struct vp *vp, const struct service *s, const struct arch_call *call)
{
	uint64_t in[SERVICE_IN_MAX] = { 0 };
	uint64_t out[SERVICE_OUT_MAX] = { 0 };
	uint64_t mask = (s->id & SMCCC_CALL_64BIT) != 0 ? UINT64_MAX : UINT32_MAX;
	enum err err;
	uint32_t i;

	vp->stats.count[PARAVANE_STAT_REQUESTS]++;
	for (i = 0; i < s->in_max; i++) {
		in[i] = call->arg[i] & mask;
	}
	err = s->handler(vp, in, out);
	if (err != OK) {
		for (i = 1; i < s->out; i++) {
			out[i] = 0;
		}
		out[0] = status_for_guest(s->codes, err).x0;
	}
	arch_call_finish(&vp->regs, out, s->out);
}

void service_dispatch(struct vp *vp, enum door door)
{
	struct arch_call call;
	const struct service *s;

	arch_call_start(&vp->regs, &call);
	/* The SVE hint says nothing about which function is meant (SMCCC 1.3). The upper half of
	 * the id register is not part of the id (DEN0028: function ID is W0). */
	s = service_find((uint32_t)call.id & ~SMCCC_SVE_HINT);
	if (!is_allowed(s, door)) {
		uint64_t refusal = status_for_guest(CODES_SMCCC, ERR_NOT_SUPPORTED).x0;

		vp->stats.count[PARAVANE_STAT_REFUSED]++;
		arch_call_finish(&vp->regs, &refusal, 1);
		return;
	}
	serve(vp, s, &call);
}
