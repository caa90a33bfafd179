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

static struct {
	uint32_t open_doors;
	uint32_t when;
} now = { DOOR_PAGE, WHEN_RUNNING };

/* The only row that can be that id's. */
static inline const struct service *row_of(uint32_t id)
{
	return &services[service_slots[SERVICE_SLOT(id)]];
}

const struct service *service_find(uint32_t id)
{
	const struct service *s = row_of(id);

	return s->id == id ? s : NULL;
}

uint32_t service_doors(uint32_t id)
{
	const struct service *s = service_find(id);

	return s == NULL || s->handler == NULL ? 0 : s->doors & now.open_doors;
}

void service_open_doors(uint32_t doors)
{
	now.open_doors = doors;
}

uint32_t service_open_doors_get(void)
{
	return now.open_doors;
}

void service_set_ending(void)
{
	__atomic_store_n(&now.when, WHEN_ENDING, __ATOMIC_RELEASE);
}

static bool is_allowed(const struct service *s, uint32_t id, enum door door)
{
	return s->id == id && s->handler != NULL &&
	       (s->doors & now.open_doors & (uint32_t)door) != 0 &&
	       (s->when & __atomic_load_n(&now.when, __ATOMIC_RELAXED)) != 0;
}

static void serve(struct vp *vp, const struct service *s)
{
	uint64_t *in = vp->call_in;
	uint64_t *out = vp->call_out;
	enum err err;
	uint32_t i;

	vp->stats.count[PARAVANE_STAT_REQUESTS]++;
	for (i = 0; i < s->in_max; i++) {
		uint64_t arg = arch_call_arg(&vp->regs, i);

		in[i] = (s->id & SMCCC_CALL_64BIT) != 0 ? arg : (uint32_t)arg;
	}
	for (i = 0; i < SERVICE_OUT_MAX; i++) {
		out[i] = 0;
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
	/* The SVE hint says nothing about which function is meant (SMCCC 1.3). The upper half of
	 * the id register is not part of the id (DEN0028: function ID is W0). */
	uint32_t id = (uint32_t)arch_call_id(&vp->regs) & ~SMCCC_SVE_HINT;
	const struct service *s = row_of(id);

	if (!is_allowed(s, id, door)) {
		uint64_t refusal = status_for_guest(CODES_SMCCC, ERR_NOT_SUPPORTED).x0;

		vp->stats.count[PARAVANE_STAT_REFUSED]++;
		arch_call_finish(&vp->regs, &refusal, 1);
		return;
	}
	serve(vp, s);
}
